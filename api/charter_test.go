package api

import (
	"strings"
	"testing"
)

// The rules are shown to anyone, as they are in force and as a case runs under
// them; a version that never was is nowhere.
func TestCharterShowsWhatMayBeChosen(t *testing.T) {
	s := newStory(t)
	today := s.ask("", "GET", "/charter", "", "200")
	pinned := s.ask("", "GET", "/charter?version="+today.at("version"), "", "200")
	if string(today.raw) != string(pinned.raw) {
		t.Error("the version in force is shown in two ways")
	}
	for _, want := range []string{`"key":"people-centred"`, `"key":"object","name":{"ar":"معترض"`, `"least":1,"most":5`, `"kind":"grant"`, `"procedures":["consensus","no-objection"]`} {
		if !strings.Contains(string(today.raw), want) {
			t.Errorf("lacks %s", want)
		}
	}
	for _, version := range []string{"0", "99", "x"} {
		s.ask("", "GET", "/charter?version="+version, "", "404 not-found")
	}
}

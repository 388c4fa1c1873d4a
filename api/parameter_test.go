package api

import (
	"strings"
	"testing"

	"github.com/google/uuid"
)

// A misspelt parameter lists, counts and exports nothing: it is refused by its name and
// where it stands, as a member of a body that nothing is called.
func TestWhatNoListIsAskedForIsRefused(t *testing.T) {
	s := newStory(t)
	s.person("ana", "applicant", "IOM", "un")
	for path, at := range map[string]string{
		"/proposals?zzz=1":                            "/zzz",
		"/proposals?stages=draft":                     "/stages",
		"/proposals/counts?sort=ref":                  "/sort",
		"/proposals/export?format=json&Stage=draft":   "/Stage",
		"/statement?as_off=2026-01-01":                "/as_off",
		"/organisations/" + uuid.NewString() + "?a=1": "/a",
		"/charter?a%7Eb%2Fc=1":                        "/a~0b~1c",
	} {
		if got := s.ask("ana", "GET", path, "", "422 unknown-parameter").at("field"); got != at {
			t.Errorf("%s is refused at %q, not at %q", path, got, at)
		}
	}
	r := s.ask("ana", "GET", "/proposals?zzz=1&aaa=2&stage=draft", "", "422 unknown-parameter")
	if r.at("field") != "/aaa" || strings.Count(string(r.raw), `"field":"/zzz"`) != 1 || !strings.Contains(r.at("detail"), "stage, state") {
		t.Errorf("two unknown ones are refused as %s", r.raw)
	}
	s.ask("ana", "POST", "/calls/"+uuid.NewString()+"/proposals?dry_run=1", `{}`, "422 unknown-parameter")
	s.ask("", "GET", "/people?zzz=1", "", "401 sign-in-first") // who may not ask is told that first
	s.ask("ana", "GET", "/proposals?stage=draft&limit=3", "", "200")
	if r := s.page("/en/calls?utm_source=letter", "text/html"); r.status != 200 { // who links to a public page adds what they like
		t.Errorf("a public page with something added answers %d", r.status)
	}
}

package api

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"strings"
	"testing"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/replay"
)

// A decision of two versions ago is re-opened: it counts under its own rules, here and
// in its file, and would not count the same under today's.
func TestADecisionOfTwoVersionsAgoCountsUnderItsOwnRules(t *testing.T) {
	s, meeting := bodyOf13(t)
	number := s.adopt(meeting, strings.Replace(policyVote, "vote", "consensus", 1)).at("number") // one agrees, the others are silent and join
	_, id, _ := s.drafted(redrafting("null", "/body/consensus/silent_join", "false"))
	s.adopt(meeting, amendOf(id))
	d, id, tag := s.drafted(redrafting("null", "/body/quorum/per_constituency", "3"))
	q := s.listed(meeting, amendOf(id))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 some-have-not-spoken")
	for _, who := range s.members() {
		s.ask(who, "POST", q+"/positions", `{"position": "agree"}`, "201")
	}
	if got := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("state"); got != "adopted" {
		t.Fatalf("the third version is %s", got)
	}
	s.ask("sec", "POST", d+"/withdrawal", "", "412 changed-since", ifMatch(tag))
	if v := s.ask("", "GET", "/charter", "", "200"); v.at("version") != "3" {
		t.Fatalf("in force: %s", v.at("version"))
	}

	ctx := context.Background()
	f, err := s.Store.Decision(ctx, domain.Actor{}, number)
	must(t, err)
	if got := f.Item.Arithmetic(); f.CharterVersion != 1 || f.Item.Charter.Version != 1 || got.Outcome != domain.Adopted {
		t.Errorf("re-opened under version %d it is %s", f.Item.Charter.Version, got.Outcome)
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	verified := func(c charter.Charter) bool {
		rules := map[string]string{}
		for _, l := range c.Rules() {
			rules[l.Path] = l.Value
		}
		file, err := replay.Write(f.Record, rules, key, false)
		must(t, err)
		report, err := replay.Verify(file, key.Public().(ed25519.PublicKey))
		return err == nil && report.Holds()
	}
	for version, want := range map[int]bool{1: true, 2: false, 3: false} {
		c, err := s.Store.CharterVersion(ctx, domain.Actor{}, version)
		must(t, err)
		if verified(c) != want {
			t.Errorf("counted under version %d: holds is %t", version, !want)
		}
	}
}

// The public pages list the versions and compare any two.
func TestVersionsOfTheRulesArePublic(t *testing.T) {
	s, meeting := bodyOf13(t)
	_, id, _ := s.drafted(redrafting("null", "/terms/months", "24"))
	number := s.adopt(meeting, amendOf(id)).at("number")
	for _, language := range charter.Languages {
		page := string(s.page("/"+language+"/charter/versions", language).raw)
		for _, want := range []string{"/decisions/" + number, "<bdi>12</bdi>", "<bdi>24</bdi>"} {
			if !strings.Contains(page, want) {
				t.Errorf("in %s the page of the versions lacks %s", language, want)
			}
		}
	}
	if !strings.Contains(string(s.page("/en/charter/terms?version=1", "en").raw), ">12<") {
		t.Error("an earlier version is not shown")
	}
}

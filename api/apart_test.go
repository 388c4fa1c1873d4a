package api

import (
	"fmt"
	"testing"
)

// Rules of two people compare persons, not hats: whoever works on a proposal, or has, neither screens it, nor scores it,
// nor reads its scores, nor decides on its appeal.
func TestWhoWorksOnAProposalDoesNotJudgeIt(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("sue", "secretariat", "IOM-FMU", "un")
	s.person("cora", "coordinator", "IOM", "un")
	s.person("max", "member", "XD", "state")
	s.person("mia", "member", "XE", "state")
	s.seat("XD", "donors")
	s.seat("XE", "donors")
	p, other := s.submitted(call, "QM"), s.submitted(call, "QN")
	works := func(who, role, how string) {
		s.t.Helper()
		must(t, s.DB.Exec(`INSERT INTO team_entries (proposal, person, organisation, role, how, by_person, reason, at)
			SELECT id, ?, organisation, ?, ?, ?, 'Of the fixture.', '2026-03-02 09:00Z' FROM proposals WHERE id = ?`,
			s.ids[who], role, how, s.ids[who], p[len("/proposals/"):]).Error)
	}
	yes := finding("eligible", "", checks())
	for _, who := range []string{"sue", "cora", "max"} {
		works(who, "editor", "joined")
	}
	if s.offered("sue", p, "proposal.screen") || !s.offered("sec", p, "proposal.screen") {
		t.Error("who screens is wrongly offered")
	}
	s.ask("sue", "POST", p+"/screening", yes, "403 worked-on-it")
	works("sue", "", "left")
	s.ask("sue", "POST", p+"/screening", yes, "403 worked-on-it")
	s.ask("sue", "POST", other+"/screening", yes, "200")

	s.ask("sec", "POST", p+"/screening", finding("ineligible", "It is outside the call.", checks("within-the-call not-met")), "200")
	s.ask("applicant-qm", "POST", p+"/appeal", `{"reason":"It is in area 2."}`, "200")
	decide := func(who, want string) {
		s.ask(who, "POST", p+"/appeal-decision", `{"upheld":true,"reason":"It is inside."}`, want)
	}
	decide("cora", "403 worked-on-it")
	decide("sue", "403 worked-on-it")
	s.person("sam", "secretariat", "IOM-FMU", "un")
	decide("sam", "200")
	s.ask("sec", "POST", p+"/screening", yes, "200")

	s.ask("max", "POST", p+"/scores", points(3), "403 worked-on-it")
	s.ask("mia", "POST", p+"/scores", points(3), "201")
	s.ask("max", "GET", p+"/scores", "", "404 not-found")
	works("max", "", "removed")
	s.ask("max", "POST", p+"/scores", points(3), "403 worked-on-it")
	s.ask("max", "POST", other+"/scores", points(3), "201")
	if got := fmt.Sprint(s.offered("max", p, "score.submit"), s.offered("mia", p, "score.submit")); got != "false true" {
		t.Errorf("offered: %s", got)
	}
}

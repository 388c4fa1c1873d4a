package api

import (
	"fmt"
	"testing"
)

// Rules of two people compare persons, not hats: whoever works on a proposal, or has, neither screens it, nor scores it,
// nor reads its scores, nor decides on its appeal,
// nor gives it back, nor declines it, nor checks its papers.
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

	// Giving back comes last: it takes the proposal out of its stage.
	if got := fmt.Sprint(s.offered("sue", p, "proposal.reopen"), s.offered("sec", p, "proposal.reopen")); got != "false true" {
		t.Errorf("reopening is offered: %s", got)
	}
	if got := fmt.Sprint(s.offered("sue", p, "proposal.decline"), s.offered("sec", p, "proposal.decline")); got != "false true" {
		t.Errorf("declining is offered: %s", got)
	}
	mend := `{"reason":"Say who recruits."}`
	s.ask("sue", "POST", p+"/declining", `{"decision":"","reason":"No."}`, "403 worked-on-it")
	s.ask("sec", "POST", p+"/declining", `{"decision":"","reason":"No."}`, "409 body-has-not-declined")
	s.ask("sue", "POST", p+"/reopening", mend, "403 worked-on-it")
	s.ask("sec", "POST", p+"/reopening", mend, "200")

	hash := s.ask("sec", "GET", p+"/endorsements", "", "200").at("hash")
	s.ask("sec", "POST", p+"/papers", fmt.Sprintf(`{"kind":"sign-off","content_hash":"%s","signer":"R. Coordinator","title":"Resident Coordinator","body":"United Nations in QM","signed_on":"2026-03-01","reference":"Letter","document_hash":"%s"}`, hash, scan), "200")
	paper := fmt.Sprintf("/papers/%v", s.ask("sec", "GET", "/papers", "", "200").List()[0]["id"])
	s.attaches("sec", paper, "letter.pdf", aScan, "200")
	for who, want := range map[string]string{"sue": "[]", "sec": "[]", "sam": "[paper.check]"} {
		if got := fmt.Sprint(s.ask(who, "GET", "/papers", "", "200").List()[0]["may"]); got != want {
			t.Errorf("%s may %s", who, got)
		}
	}
	s.ask("sue", "POST", paper+"/check", `{"accepted":true}`, "403 worked-on-it")
	s.ask("sam", "POST", paper+"/check", `{"accepted":true}`, "200")
}

// Who wrote a programme's report, or its proposal, does not find on it as the secretariat.
func TestWhoWritesAReportDoesNotFindOnIt(t *testing.T) {
	s := granted(t)
	s.person("sue", "secretariat", "IOM-FMU", "un")
	s.runs("2026-04-01", "2028-03-31")
	s.on("2027-04-02")
	annual := s.programme + "/reports/annual-2026"
	r := s.ask("ana", "POST", annual+"/beginning", "", "200")
	s.ask("ana", "PUT", annual, text(s.said(r)), "200", ifMatch(r.tag()))
	s.ask("ana", "POST", annual+"/submission", "", "200")
	accepts := func(who, want string) {
		s.t.Helper()
		s.ask(who, "POST", annual+"/finding", `{"outcome":"accepted","remark":"","points":[]}`, want)
	}
	must(t, s.DB.Exec(`INSERT INTO team_entries (proposal, person, organisation, role, how, by_person, reason, at)
		SELECT proposal, ?, organisation, 'editor', 'joined', ?, 'Of the fixture.', now() FROM programmes JOIN proposals ON proposals.id = programmes.proposal LIMIT 1`,
		s.ids["sue"], s.ids["sue"]).Error)
	if got := fmt.Sprint(s.offered("sue", annual, "report.find"), s.offered("sec", annual, "report.find")); got != "false true" {
		t.Errorf("finding is offered: %s", got)
	}
	accepts("sue", "403 worked-on-it")
	accepts("sec", "200")
}

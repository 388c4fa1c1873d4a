package api

import (
	"fmt"
	"path"
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
	works := func(who, role string) { s.workedOn(p, who, role) }
	yes := finding("eligible", "", checks())
	for _, who := range []string{"sue", "cora", "max"} {
		works(who, "editor")
	}
	if s.offered("sue", p, "proposal.screen") || !s.offered("sec", p, "proposal.screen") {
		t.Error("who screens is wrongly offered")
	}
	s.ask("sue", "POST", p+"/screening", yes, "403 worked-on-it")
	works("sue", "")
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
	works("max", "")
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

// workedOn puts somebody in a proposal's team, or in that of a programme's, as only the record can: an invitation is refused to who holds an office.
func (s *story) workedOn(of, who, role string) {
	s.t.Helper()
	how := "joined"
	if role == "" {
		how = "left"
	}
	must(s.t, s.DB.Exec(`INSERT INTO team_entries (proposal, person, organisation, role, how, by_person, reason, at)
		SELECT id, ?, organisation, ?, ?, ?, 'Of the fixture.', '2026-03-02 09:00Z' FROM proposals WHERE id IN (?, (SELECT g.proposal FROM programmes g WHERE g.id = ?))`,
		s.ids[who], role, how, s.ids[who], path.Base(of), path.Base(of)).Error)
}

// Whoever of the body works, or ever worked, on a proposal takes no position on it, nor presides over it, nor counts
// as present for it. The alternate may come in; a seat with nobody left to speak for it is recused.
func TestWhoWorkedOnItTakesNoPositionOnIt(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	call := s.openCall()
	id := s.noted(call, "QM", "ILO 400000.00")
	for who, role := range map[string]string{"donors-1": "editor", "donors-2": "", "chair": ""} {
		s.workedOn(id, who, role)
	}
	s.person("deputy", "member/alternate", "DONORS-2", "state")
	q := s.listed(meeting, grantOf(id, ""))
	count := func(when, presides, want string) {
		t.Helper()
		a := s.ask("sec", "GET", q+"/arithmetic", "", "200").JSON()
		got := fmt.Sprintf("base %v present %v;", a["quorum"].(map[string]any)["base"], a["quorum"].(map[string]any)["present"])
		for _, x := range a["seats"].([]any) {
			if x := x.(map[string]any); x["organisation"] == "DONORS-1" || x["organisation"] == "DONORS-2" {
				got += fmt.Sprintf(" %v %v %v %v;", x["organisation"], x["recused"], x["reason"], x["present"])
			}
		}
		if who := a["presiding"]; who != s.ids[presides].String() {
			t.Errorf("%s: %v presides", when, who)
		}
		if got != want {
			t.Errorf("%s: %s", when, got)
		}
	}
	count("listed", "donors-3", "base 11 present 10; DONORS-1 true worked-on false; DONORS-2 false <nil> false;")
	s.ask("chair", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("donors-2", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("donors-3", "POST", q+"/opening", "", "200")
	for _, who := range []string{"donors-1", "donors-2"} {
		if got := s.ask(who, "GET", q, "", "200").JSON(); got["hidden"] != "worked-on" || got["text"] != nil {
			t.Errorf("%s reads %v", who, got)
		}
		s.ask(who, "GET", q+"/arithmetic", "", "404 not-found")
		s.ask(who, "POST", q+"/positions", `{"position": "agree"}`, "403 worked-on-it")
	}
	s.ask("sec", "POST", q+"/positions", fmt.Sprintf(`{"position": "agree", "seat": "%s"}`, s.ids["seat donors-1"]), "403 recused")
	s.ask("sec", "POST", q+"/positions", fmt.Sprintf(`{"position": "agree", "seat": "%s"}`, s.ids["seat donors-2"]), "409 not-present")
	for _, x := range s.ask("sec", "GET", meeting, "", "200").JSON()["room"].([]any) {
		if x := x.(map[string]any); x["organisation"] == "DONORS-2" {
			s.ask("donors-2", "POST", "/presences/"+x["id"].(string)+"/leaving", "", "204")
		}
	}
	s.ask("deputy", "POST", meeting+"/presences", `{}`, "201")
	count("put", "deputy", "base 11 present 11; DONORS-1 true worked-on false; DONORS-2 false <nil> true;")
	s.ask("deputy", "POST", q+"/positions", `{"position": "agree"}`, "201")

	// Who writes it from now on is out of it from now on; a secretary who does records nothing said on it.
	s.workedOn(id, "sec", "editor")
	s.ask("sec", "POST", q+"/positions", fmt.Sprintf(`{"position": "agree", "seat": "%s"}`, s.ids["seat donors-3"]), "403 worked-on-it")
	s.ask("chair", "POST", q+"/decision", `{}`, "403 not-presiding")
	s.ask("deputy", "POST", q+"/decision", `{}`, "201")

	// Another proposal is nobody's but its own writers'.
	other := s.listed(meeting, grantOf(s.noted(call, "QN", "ILO 300000.00"), ""))
	s.ask("chair", "POST", other+"/opening", "", "200")
	s.ask("donors-1", "POST", other+"/positions", `{"position": "agree"}`, "201")
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
	s.workedOn(s.programme, "sue", "editor")
	if got := fmt.Sprint(s.offered("sue", annual, "report.find"), s.offered("sec", annual, "report.find")); got != "false true" {
		t.Errorf("finding is offered: %s", got)
	}
	accepts("sue", "403 worked-on-it")
	accepts("sec", "200")
}

// A state's word is not given by who wrote what it is about; who handed a proposal in on its applicant's
// letter does not screen it.
func TestWhoWroteOrHandedItInNeitherEndorsesNorScreensIt(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("foc", "focal-point", "QM", "state")
	s.person("fee", "focal-point", "QM", "state")
	s.person("sam", "secretariat", "IOM-FMU", "un")
	r := s.ask("ana", "POST", call+"/proposals", text(s.note("QM")), "201")
	p := "/proposals/" + r.at("id")
	s.workedOn(p, "foc", "")
	if got := fmt.Sprint(s.offered("foc", p, "proposal.endorse"), s.offered("fee", p, "proposal.endorse")); got != "false true" {
		t.Errorf("endorsing is offered: %s", got)
	}
	s.ask("foc", "POST", p+"/endorsement", `{"note":"NV"}`, "403 worked-on-it", ifMatch(r.tag()))
	s.ask("fee", "POST", p+"/endorsement", `{"note":"NV"}`, "200", ifMatch(r.tag()))
	hash := s.ask("ana", "GET", p+"/endorsements", "", "200").at("hash")
	s.ask("sam", "POST", "/submissions-on-behalf", text(map[string]any{"proposal": r.at("ref"), "content_hash": hash, "reason": "Their line was cut.", "reference": "Letter 4"}), "201")
	if got := fmt.Sprint(s.offered("sam", p, "proposal.screen"), s.offered("sec", p, "proposal.screen")); got != "false true" {
		t.Errorf("screening is offered: %s", got)
	}
	s.ask("sam", "POST", p+"/screening", finding("eligible", "", checks()), "403 worked-on-it")
	s.ask("sec", "POST", p+"/screening", finding("eligible", "", checks()), "200")
	s.ask("sam", "GET", p+"/scores", "", "200") // handed in, and not written
}

// Nobody is brought into a team who holds an office of the fund, or is to: a lead could take whoever is to judge out of judging.
func TestNobodyWithAnOfficeIsBroughtIntoATeam(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.submitted(call, "QM")
	lead := "applicant-qm"
	invite := func(who, want string) {
		t.Helper()
		s.ask(lead, "POST", p+"/team", fmt.Sprintf(`{"email":"%s@example.org","name":"","organisation":%q,"role":"editor"}`, who, s.orgs["PMU-QM"]), want)
	}
	for who, hat := range map[string]string{"sam": "secretariat", "max": "member", "ada": "member/adviser", "cora": "coordinator", "pia": "agent-preparer", "rolf": "agent-releaser", "aud": "auditor", "adm": "administrator"} {
		s.person(who, hat, "PMU-QM", "un")
		invite(who, "409 holds-an-office")
	}
	s.person("next", "member", "XE", "state")
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2026-09-01,)' WHERE person = ?`, s.ids["next"]).Error)
	invite("next", "409 holds-an-office")
	s.person("old", "member", "XD", "state")
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2020-01-01,2025-01-01)' WHERE person = ?`, s.ids["old"]).Error)
	invite("old", "201")
	s.person("otto", "organisation", "PMU-QM", "un")
	invite("otto", "201")
}

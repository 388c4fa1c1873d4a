package api

import (
	"slices"
	"strings"
	"testing"
)

// What its applicant takes back is off every agenda from then on, listed or open.
func TestWhatIsTakenBackIsBeforeNobody(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "5000000.00")
	call := s.openCall()
	p, other := s.noted(call, "QZ"), s.noted(call, "RECIPIENTS-1")
	path := "/proposals/" + p
	open, listed, theirs := s.listed(meeting, grantOf(p, "")), s.listed(meeting, grantOf(p, "")), s.listed(meeting, grantOf(other, ""))
	paper := s.listed(meeting, policyVote)
	for _, q := range []string{open, theirs, paper} {
		s.ask("chair", "POST", q+"/opening", "", "200")
	}
	s.ask("stakeholders-1", "POST", open+"/positions", `{"position": "agree"}`, "201")
	states := func(want string, questions ...string) {
		t.Helper()
		for _, q := range questions {
			if r := s.ask("sec", "GET", q, "", "200"); r.at("state") != want {
				t.Errorf("%s is %s, want %s", q, r.at("state"), want)
			}
		}
	}

	// Whose it is not takes nothing off.
	for who, want := range map[string]string{"applicant-recipients-1": "404 not-found", "focal-qz": "403 not-permitted", "sec": "403 not-permitted",
		"chair": "403 not-permitted", "donors-1": "403 not-permitted", "": "401 sign-in-first"} {
		s.ask(who, "POST", path+"/withdrawal", "", want)
	}
	states("open", open, theirs, paper)
	states("listed", listed)

	s.ask("applicant-qz", "POST", path+"/withdrawal", "", "200")
	states("withdrawn", open, listed)
	for _, who := range []string{"donors-1", "chair", "sec"} { // two were before them: they are told once
		if got := s.told(who); strings.Count(strings.Join(got, " "), "question-withdrawn") != 1 {
			t.Errorf("%s was told %v", who, got)
		}
	}
	for _, who := range []string{"focal-qz", "applicant-recipients-1", "aud"} {
		if got := s.told(who); slices.Contains(got, "question-withdrawn") {
			t.Errorf("%s was told %v", who, got)
		}
	}
	states("open", theirs, paper)
	s.ask("donors-1", "POST", open+"/positions", `{"position": "agree"}`, "409 question-stage")
	s.ask("stakeholders-1", "POST", open+"/positions", `{"position": "object", "reason": "Late."}`, "409 question-stage")
	s.ask("chair", "POST", open+"/decision", `{}`, "409 question-stage")
	s.ask("chair", "POST", listed+"/opening", "", "409 question-stage")
	s.ask("sec", "POST", listed+"/withdrawal", `{"reason":"It is not ripe."}`, "409 question-stage")
	for who, act := range map[string]string{"chair": "decision.announce", "donors-1": "position.take", "sec": "question.withdraw"} {
		if s.offered(who, open, act) {
			t.Errorf("%s is offered to %s", act, who)
		}
	}
	if r := s.ask("sec", "GET", open, "", "200"); r.at("closed_at") == "" {
		t.Errorf("when it ended is not said: %s", r.raw)
	}

	// What is decided is no more the applicant's to take back.
	s.ask("stakeholders-1", "POST", theirs+"/positions", `{"position": "agree"}`, "201")
	s.ask("chair", "POST", theirs+"/decision", `{}`, "201")
	s.ask("applicant-recipients-1", "POST", "/proposals/"+other+"/withdrawal", "", "409 wrong-stage")
	states("adopted", theirs)
}

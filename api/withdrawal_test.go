package api

import (
	"strings"
	"testing"
)

// What the body was asked is taken back only by whoever presides, and for a reason: all who
// see the item read it, whoever was asked is told, and it stands.
func TestAnOpenQuestionIsTakenBackForAReason(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	back := func(who, reason, want string) reply {
		t.Helper()
		return s.ask(who, "POST", q+"/withdrawal", text(map[string]string{"reason": reason}), want)
	}
	back("donors-2", "Not ours.", "403 not-presiding")
	s.ask("donors-3", "POST", q+"/interests", `{"kind":"personal","note":"A brother."}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-2", "POST", q+"/positions", `{"position":"no","reason":"Too dear."}`, "201")
	back("sec", "It would fall.", "403 not-presiding") // nobody ends a vote over the body's head
	back("donors-2", "It would pass.", "403 not-presiding")
	back("chair", " ", "422 required")
	back("chair", strings.Repeat("x", 4001), "422 too-long")
	if s.offered("sec", q, "question.withdraw") || !s.offered("chair", q, "question.withdraw") {
		t.Error("it is offered to another than who presides")
	}
	back("chair", "The paper is not ripe.", "200")
	back("chair", "Again.", "409 question-stage")
	if r := s.ask("donors-1", "GET", q, "", "200"); r.at("withdrawal", "reason") != "The paper is not ripe." || r.at("withdrawal", "by") != "chair" {
		t.Errorf("it is shown as %s", r.raw)
	}
	for who, want := range map[string]bool{"donors-2": true, "donors-1": true, "sec": true, "donors-3": false} {
		told := string(s.ask(who, "GET", "/notices", "", "200").raw)
		if strings.Contains(told, "Reason: The paper is not ripe.") != want {
			t.Errorf("%s was told %s", who, told)
		}
	}
	if r := s.ask("donors-3", "GET", q, "", "200"); strings.Contains(string(r.raw), "ripe") {
		t.Errorf("a recused member reads %s", r.raw)
	}

	// What was only listed, who listed it takes off, with a reason or none.
	for _, reason := range []string{"", "Listed twice."} {
		q = s.listed(meeting, policyVote)
		back("sec", reason, "200")
		if got := s.ask("donors-1", "GET", q, "", "200").JSON()["withdrawal"].(map[string]any)["reason"]; got != reason && (got != nil || reason != "") {
			t.Errorf("off the agenda for %v", got)
		}
	}
}

// Whoever presides in the conflicted Chair's place takes it back too; nobody else does.
func TestWhoPresidesTakesAQuestionBack(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/interests", `{"kind":"personal","note":"A sister."}`, "201")
	s.ask("donors-1", "POST", q+"/opening", "", "200")
	s.ask("chair", "POST", q+"/withdrawal", `{"reason":"Mine."}`, "403 recused")
	s.ask("sec", "POST", q+"/withdrawal", `{"reason":"Not mine."}`, "403 not-presiding")
	s.ask("donors-1", "POST", q+"/withdrawal", `{"reason":"It waits for the paper."}`, "200")

	// In writing the secretariat ends no silence either, unless nobody may preside.
	w := "/questions/" + s.ask("sec", "POST", "/silences", `{"kind":"policy","procedure":"no-objection","title":"A paper","text":"The body endorses it.","language":"en"}`, "201").at("id")
	s.ask("chair", "POST", w+"/opening", "", "200")
	s.ask("donors-1", "POST", w+"/positions", `{"position":"object","reason":"No."}`, "201")
	s.ask("sec", "POST", w+"/withdrawal", `{"reason":"An objection."}`, "403 not-presiding")
	s.ask("chair", "POST", w+"/withdrawal", `{"reason":"It goes to a meeting."}`, "200")
}

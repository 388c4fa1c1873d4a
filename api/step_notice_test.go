package api

import (
	"fmt"
	"strings"
	"testing"
)

// Whoever scored in the first round is told of the second and has a task until its last
// day; whoever did not is not told.
func TestASecondRoundIsToldAndWaits(t *testing.T) {
	s, _ := bodyOf13(t)
	p := s.eligible(s.openCall(), "QZ")
	s.ask("donors-1", "POST", p+"/scores", points(3), "201")
	s.ask("network-1", "POST", p+"/scores", points(4), "201")
	r := s.ask("sec", "POST", p+"/second-round", `{"reason":"The body spoke about it."}`, "200")
	if got := r.at("second_round", "due"); got != "2026-03-09T23:00:00Z" { // the end of the seventh day after
		t.Errorf("second scores are asked for until %s", got)
	}
	s.wasToldOf("donors-1", "second-round-opened")
	if got := strings.Join(s.told("donors-2"), " "); strings.Contains(got, "second-round-opened") {
		t.Errorf("who did not score was told %s", got)
	}
	task := func(who string) string {
		for _, x := range s.ask(who, "GET", "/tasks", "", "200").JSON()["tasks"].([]any) {
			if x := x.(map[string]any); x["kind"] == "proposal.score-again" {
				return fmt.Sprint(x["due"], " ", x["path"])
			}
		}
		return ""
	}
	if got, want := task("donors-1"), "2026-03-09T23:00:00Z "+strings.Replace(p, "/proposals/", "/assessments/", 1); got != want {
		t.Errorf("on donors-1 waits %q, not %q", got, want)
	}
	if got := task("donors-2"); got != "" {
		t.Errorf("on donors-2 waits %s", got)
	}
	s.ask("donors-1", "POST", p+"/scores", points(2), "201")
	if got := task("donors-1"); got != "" {
		t.Errorf("scored again, and on donors-1 waits %s", got)
	}
	s.allHolds()
}

// A question in writing waits on the Chair until it is put, and once it is without
// consensus at each step of the ladder.
func TestQuestionsWaitOnWhoSteersThem(t *testing.T) {
	s, _ := bodyOf13(t)
	waits := func(who, want string) {
		t.Helper()
		if got := strings.Join(s.waits(who), ", "); got != want {
			t.Errorf("on %s waits %q, not %q", who, got, want)
		}
	}
	q := s.circulated(inWriting)
	waits("chair", "question.put W-2026-01")
	waits("donors-2", "")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "object", "reason": "Too early."}`, "201")
	if got := strings.Join(s.waits("chair"), ", "); strings.Contains(got, "ladder") || strings.Contains(got, "question.put") {
		t.Errorf("while the silence runs, on the Chair waits %s", got)
	}
	s.days(60)
	if got := strings.Join(s.waits("chair"), ", "); !strings.Contains(got, "ladder.begin W-2026-01") {
		t.Errorf("once the silence is over, on the Chair waits %s", got)
	}
	s.ask("chair", "POST", q+"/ladder", `{"text": "The Principals are asked."}`, "200")
	waits("chair", "ladder.step W-2026-01")
	waits("donors-1", "")
	s.ask("chair", "POST", q+"/rungs", `{"text": "The Executive Committee is asked."}`, "200")
	waits("chair", "ladder.step W-2026-01")
	s.ask("chair", "POST", q+"/undecided", `{"reason": "It is left."}`, "200")
	waits("chair", "")
	s.allHolds()
}

// Whose interest is suggested or set aside is told which item it is, and nothing of what it says.
func TestWhoseInterestItIsIsTold(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, strings.Replace(policyVote, "A paper", "A zibeline paper", 1))
	s.ask("sec", "POST", q+"/suggestions", `{"organisation": "DONORS-1", "kind": "other", "note": "A contract."}`, "201")
	told := func(kind string) {
		t.Helper()
		for _, n := range s.ask("donors-1", "GET", "/notices", "", "200").JSON()["notices"].([]any) {
			if n := n.(map[string]any); n["kind"] == kind {
				if text := fmt.Sprint(n); strings.Contains(text, "zibeline") || !strings.Contains(text, "M-2026-01/1") {
					t.Errorf("it says %s", text)
				}
				return
			}
		}
		t.Errorf("donors-1 was not told of %s: %v", kind, s.told("donors-1"))
	}
	told("interest-suggested")
	s.ask("chair", "POST", q+"/dismissals", `{"organisation": "DONORS-1", "kind": "other", "reason": "The contract ended."}`, "201")
	told("interest-set-aside")
	if got := strings.Join(s.told("donors-2"), " "); strings.Contains(got, "interest-s") {
		t.Errorf("another was told %s", got)
	}
	s.allHolds()
}

package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const objects = `{"position": "object", "reason": "The budget is thin."}`

// A grant without consensus goes up the charter's steps, holds its proposal meanwhile,
// and comes back to the body with the text that was worked out.
func TestWithoutConsensus(t *testing.T) {
	s, meeting := bodyOf13(t)
	members := s.members()
	s.pot("unearmarked", "2000000.00")
	p := s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00")
	q := s.listed(meeting, grantOf(p, ""))

	// It ends so only while an objection stands, and by whoever presides.
	s.ask("chair", "POST", q+"/ladder", `{"text": "x"}`, "409 question-stage")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("chair", "POST", q+"/ladder", `{"text": "x"}`, "409 no-standing-objection")
	s.ask("donors-1", "POST", q+"/positions", objects, "201")
	s.ask("donors-2", "POST", q+"/ladder", `{"text": "x"}`, "403 not-presiding")
	s.ask("sec", "POST", q+"/ladder", `{"text": "x"}`, "403 not-permitted")
	s.ask("chair", "POST", q+"/ladder", `{"text": " "}`, "422 required")
	s.ask("chair", "POST", q+"/rungs", `{"text": "x"}`, "409 not-in-the-ladder")
	if may := s.ask("chair", "GET", q, "", "200").at("may"); !strings.Contains(may, "question.unresolve") {
		t.Errorf("the Chair may %s", may)
	}
	r := s.ask("chair", "POST", q+"/ladder", `{"text": "The Principals of ILO and IOM meet."}`, "200")
	steps := r.JSON()["ladder"].(map[string]any)["steps"].([]any)
	if r.at("state") != "unresolved" || len(steps) != 3 || steps[0].(map[string]any)["text"] != "The Principals of ILO and IOM meet." || steps[1].(map[string]any)["text"] != nil {
		t.Errorf("%s", r.raw)
	}
	s.ask("chair", "POST", q+"/decision", `{}`, "409 question-stage")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "409 question-stage")
	s.ask("chair", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`, "409 question-stage")
	s.ask("chair", "POST", meeting+"/closing", "", "200")

	// Its positions are kept, and nothing else is asked about the proposal meanwhile.
	if got := s.ask("donors-1", "GET", q, "", "200").JSON()["positions"].([]any); len(got) != 1 {
		t.Errorf("positions: %v", got)
	}
	next := "/meetings/" + s.ask("sec", "POST", "/meetings", `{"title": "Third meeting", "starts_at": "2026-03-09T09:00:00Z"}`, "201").at("id")
	s.ask("sec", "POST", next+"/questions", grantOf(p, ""), "409 in-the-ladder")
	s.ask("sec", "POST", next+"/questions", strings.Replace(grantOf(p, ""), `"kind": "grant"`, `"kind": "pipeline"`, 1), "409 in-the-ladder")

	// Each step follows the one before; the Coordinator records it.
	s.ask("donors-1", "POST", q+"/rungs", `{"text": "x"}`, "403 not-presiding")
	s.ask("chair", "POST", q+"/rungs", `{"text": "The Executive Committee took it up."}`, "200")
	s.ask("chair", "POST", q+"/rungs", `{"text": "Referred."}`, "200")
	s.ask("chair", "POST", q+"/rungs", `{"text": "And again."}`, "409 last-rung")

	// Back to the body: another item, with another text, that names the one it follows.
	back := `{"meeting": "%s", "title": "A grant", "text": "The body approves half of it.", "reason": "The Secretary-General advises it."}`
	back = fmt.Sprintf(back, strings.TrimPrefix(next, "/meetings/"))
	s.ask("sec", "POST", q+"/return", back, "403 not-permitted")
	s.ask("chair", "POST", q+"/return", strings.Replace(back, "The body approves half of it.", "", 1), "422 required")
	s.ask("chair", "POST", q+"/return", strings.Replace(back, "The Secretary-General advises it.", "", 1), "422 required")
	made := s.ask("chair", "POST", q+"/return", back, "201", key("once"))
	s.ask("chair", "POST", q+"/return", back, "201", key("once"))
	s.ask("chair", "POST", q+"/return", back, "409 not-in-the-ladder")
	s.ask("chair", "POST", q+"/undecided", `{"reason": "x"}`, "409 not-in-the-ladder")
	q2 := "/questions/" + made.at("id")
	if old := s.ask("sec", "GET", q, "", "200"); old.at("state") != "returned" || old.at("followed_by", "question") != made.at("id") || old.at("ladder", "ended", "reason") != "The Secretary-General advises it." {
		t.Errorf("%s", old.raw)
	}
	if now := s.ask("sec", "GET", q2, "", "200"); now.at("follows", "item") != "M-2026-01/1" || now.at("amount", "amount") != "600000.00" {
		t.Errorf("%s", now.raw)
	}

	// The record of its decision names the ladder.
	s.ask("chair", "POST", next+"/opening", "", "200")
	for _, name := range members {
		s.ask(name, "POST", next+"/presences", `{}`, "201")
	}
	s.ask("chair", "POST", q2+"/opening", "", "200")
	s.ask("chair", "POST", q2+"/decision", `{}`, "201")
	var record struct {
		Format  int
		Follows struct {
			Item  string
			Rungs []struct{ Key string }
		}
	}
	must(t, json.Unmarshal([]byte(s.ask("", "GET", "/decisions/2026-001", "", "200").at("record")), &record))
	if record.Format != 5 || record.Follows.Item != "M-2026-01/1" || len(record.Follows.Rungs) != 3 || record.Follows.Rungs[2].Key != "secretary-general" {
		t.Errorf("%+v", record)
	}
}

// What is left undecided frees its proposal; the applicant may take back what is in the
// ladder, and an interest hides it there as it did before.
func TestLeftUndecided(t *testing.T) {
	s, meeting := bodyOf13(t)
	call := s.openCall()
	p := s.noted(call, "RECIPIENTS-1", "NETWORK-1 600000.00")
	q := s.listed(meeting, grantOf(p, ""))
	s.ask("donors-3", "POST", q+"/interests", `{"kind": "programme-donor"}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", objects, "201")
	s.ask("chair", "POST", q+"/ladder", `{"text": "The Principals meet."}`, "200")
	if hidden := s.ask("recipients-1", "GET", q, "", "200"); hidden.at("hidden") != "own-state" || strings.Contains(string(hidden.raw), "Principals") {
		t.Errorf("%s", hidden.raw)
	}
	s.ask("chair", "POST", q+"/undecided", `{"reason": ""}`, "422 required")
	s.ask("chair", "POST", q+"/undecided", `{"reason": "No way forward was found."}`, "200")
	s.ask("chair", "POST", q+"/rungs", `{"text": "x"}`, "409 not-in-the-ladder")
	again := s.listed(meeting, grantOf(p, ""))
	s.ask("chair", "POST", again+"/withdrawal", `{"reason":"It is not ripe."}`, "200")

	// A vote has no such end.
	vote := s.listed(meeting, policyVote)
	s.ask("chair", "POST", vote+"/opening", "", "200")
	s.ask("donors-1", "POST", vote+"/positions", `{"position": "no"}`, "201")
	s.ask("chair", "POST", vote+"/ladder", `{"text": "x"}`, "409 no-standing-objection")
}

package api

import (
	"slices"
	"strings"
	"testing"
)

// A question without consensus goes back to the body in writing, where the rules allow that of
// its kind: another is circulated, all are told, and it is decided by silence.
func TestAQuestionGoesBackInWriting(t *testing.T) {
	s, meeting := bodyOf13(t)
	stuck := func(kind string) string {
		q := s.listed(meeting, strings.NewReplacer("vote", "consensus", "policy", kind).Replace(policyVote))
		s.ask("chair", "POST", q+"/opening", "", "200")
		s.ask("donors-1", "POST", q+"/positions", `{"position": "object", "reason": "No."}`, "201")
		s.ask("chair", "POST", q+"/ladder", `{"text": "One objects."}`, "200")
		return q
	}
	back := func(q, to, want string) reply {
		return s.ask("chair", "POST", q+"/return", `{`+to+`, "title": "The paper", "text": "The body endorses it all the same.", "reason": "It was worked out."}`, want)
	}
	plan := stuck("plan") // the rules let no plan be decided in writing
	back(plan, `"meeting": null`, "422 procedure-not-allowed")
	back(plan, `"meeting": "00000000-0000-0000-0000-000000000000"`, "422 required")

	q := stuck("policy")
	back(q, `"meeting": null, "procedure": "vote"`, "422 not-in-writing")
	r := back(q, `"meeting": null`, "201")
	if r.at("procedure") != "no-objection" || r.at("in_writing", "ref") == "" {
		t.Errorf("%s", r.raw)
	}
	if told := s.toldOf("network-2"); !slices.Contains(told, "question-circulated") {
		t.Errorf("they are told %v", told)
	}
	next := "/questions/" + r.at("id")
	if old := s.ask("chair", "GET", q, "", "200"); old.at("state") != "returned" || !strings.Contains(string(old.raw), r.at("id")) {
		t.Errorf("%s", old.raw)
	}
	s.ask("chair", "POST", next+"/opening", "", "200")
	s.days(30)
	number := s.ask("chair", "POST", next+"/decision", `{}`, "201").at("number")
	record := s.ask("chair", "GET", "/decisions/"+number, "", "200").at("record")
	if !strings.Contains(record, `"follows":{`) || !strings.Contains(record, `"in_writing":{`) {
		t.Errorf("the record is %s", record)
	}
	s.recounted(record, "adopted")
}

package api

import (
	"fmt"
	"strings"
	"testing"
)

// What a decision asks is followed to done by the organisation that does it; the secretariat
// chases what is overdue; others read nothing of it.
func TestADecisionIsFollowedToDone(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, strings.Replace(policyVote, `"vote"`, `"consensus"`, 1))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
	s.person("otto", "organisation", "UNICEF", "un")
	s.person("ilo", "organisation", "ILO", "un")
	d := "/decisions/2026-001/follow-ups"
	asks := func(org, due string) string {
		return fmt.Sprintf(`{"text":"A note on markers.","language":"en","organisation":"%s","due_on":"%s"}`, org, due)
	}
	s.ask("donors-1", "POST", d, asks(s.orgs["UNICEF"].String(), "2026-04-01"), "403 not-permitted")
	s.ask("sec", "POST", d, asks(s.orgs["UNICEF"].String(), "2026-02-01"), "422 not-a-day-of-the-follow-up")
	s.ask("sec", "POST", d, asks("00000000-0000-0000-0000-000000000000", "2026-04-01"), "422 required")
	s.ask("sec", "POST", strings.Replace(d, "001", "999", 1), asks(s.orgs["UNICEF"].String(), "2026-04-01"), "404 not-found")
	a := s.ask("sec", "POST", d, asks(s.orgs["UNICEF"].String(), "2026-04-01"), "200").List()[0]
	s.ask("sec", "POST", d, asks(s.orgs["DONORS-1"].String(), "2026-03-20"), "200")
	step := "/follow-ups/" + fmt.Sprint(a["id"]) + "/steps"

	if got := strings.Join(s.waits("otto"), " "); !strings.Contains(got, "decision.follow-up 2026-001") {
		t.Errorf("on who does it waits %s", got)
	}
	if list := s.ask("otto", "GET", "/follow-ups", "", "200").List(); len(list) != 1 || list[0]["organisation"] != "UNICEF" {
		t.Errorf("an organisation reads %v", list)
	}
	if list := s.ask("ilo", "GET", d, "", "200").List(); len(list) != 0 {
		t.Errorf("another reads %v", list)
	}
	s.ask("ilo", "POST", step, `{"state":"done","text":"x","language":"en"}`, "404 not-found")
	s.ask("donors-1", "POST", step, `{"state":"done","text":"x","language":"en"}`, "403 follow-up-of-others")
	s.ask("otto", "POST", step, `{"state":"over","text":"","language":"en"}`, "422 required")
	s.ask("otto", "POST", step, `{"state":"under-way","text":"A draft.","language":"en"}`, "200")
	s.days(31)
	s.ask("otto", "POST", step, `{"state":"done","text":"x","language":"en","on":"2026-03-01"}`, "422 not-a-day-of-the-follow-up")
	list := s.ask("chair", "GET", "/follow-ups", "", "200").List()
	if len(list) != 2 || list[0]["organisation"] != "DONORS-1" || list[0]["overdue"] != true || list[1]["state"] != "under-way" {
		t.Errorf("the overdue come first: %v", list)
	}
	if got := strings.Join(s.waits("sec"), " "); !strings.Contains(got, "decision.follow-up 2026-001") {
		t.Errorf("on the secretariat waits %s", got)
	}
	s.ask("otto", "POST", step, `{"state":"done","text":"It is out.","language":"en"}`, "200")
	if list := s.ask("chair", "GET", "/follow-ups", "", "200").List(); len(list) != 1 {
		t.Errorf("what is done is open still: %v", list)
	}
	if got := string(s.ask("chair", "GET", d, "", "200").raw); !strings.Contains(got, "A draft.") || !strings.Contains(got, "It is out.") {
		t.Errorf("the steps: %s", got)
	}
	if err := s.DB.Exec(`UPDATE decision_steps SET state = 'dropped'`).Error; err == nil {
		t.Error("a step can be changed")
	}
	s.allHolds()
}

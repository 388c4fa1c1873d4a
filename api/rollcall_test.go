package api

import (
	"fmt"
	"strings"
	"testing"
)

// A roll call is not closed over the heads of those in the room who have not answered:
// whoever was called and did not is recorded so, and whoever left is waited for no more.
func TestARollCallWaitsForWhoIsInTheRoom(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	note := func(who, want string, seats ...string) reply {
		var ids []string
		for _, x := range seats {
			ids = append(ids, fmt.Sprintf("%q", s.ids["seat "+x]))
		}
		return s.ask(who, "POST", q+"/roll-call", `{"seats": [`+strings.Join(ids, ", ")+`]}`, want)
	}
	note("chair", "409 question-stage", "donors-1")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes"}`, "201")
	refused := s.ask("chair", "POST", q+"/decision", `{}`, "409 roll-call-runs")
	if told := string(refused.raw); !strings.Contains(told, "donors-2 (DONORS-2)") || strings.Contains(told, "donors-1 (DONORS-1)") || strings.Contains(told, "chair") {
		t.Errorf("it is refused with %s", told)
	}
	if n := s.ask("chair", "GET", q+"/arithmetic", "", "200"); n.at("positions", "uncalled") != "11" || n.at("outcome") != "silent" {
		t.Errorf("%s", n.raw)
	}

	// Who may record it, and of whom.
	note("donors-2", "403 not-presiding", "donors-3")
	note("sec", "403 not-permitted", "donors-3")
	note("chair", "422 required")
	note("chair", "403 chair-takes-no-position", "chair")
	note("chair", "409 roll-call-answered", "donors-1")
	note("chair", "409 roll-call-answered", "donors-2", "donors-2")
	note("chair", "201", "donors-2", "donors-3")
	note("chair", "409 roll-call-answered", "donors-2")
	s.leaves(meeting, "network-3")
	note("chair", "409 not-present", "network-3")
	for _, who := range []string{"network-1", "network-2", "recipients-1", "recipients-2", "recipients-3", "stakeholders-1", "stakeholders-2"} {
		s.ask(who, "POST", q+"/positions", `{"position": "no"}`, "201")
	}
	told := string(s.ask("chair", "POST", q+"/decision", `{}`, "409 roll-call-runs").raw)
	if !strings.Contains(told, "stakeholders-3") || strings.Contains(told, "network-3") || strings.Contains(told, "donors") {
		t.Errorf("it is refused with %s", told)
	}
	// Whoever was called in vain may still answer; whoever leaves is waited for no more.
	s.ask("donors-3", "POST", q+"/positions", `{"position": "no"}`, "201")
	s.leaves(meeting, "stakeholders-3")
	if r := s.ask("chair", "POST", q+"/decision", `{}`, "200"); r.at("state") != "not-adopted" {
		t.Errorf("%s", r.raw)
	}

	// The record of one that is adopted has who was called in vain, and not for everybody.
	next := s.listed(meeting, policyVote)
	s.ask("chair", "POST", next+"/opening", "", "200")
	for _, who := range s.members() {
		if who != "donors-2" && who != "network-3" && who != "stakeholders-3" {
			s.ask(who, "POST", next+"/positions", `{"position": "yes"}`, "201")
		}
	}
	q = next
	note("chair", "201", "donors-2")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	record := s.ask("chair", "GET", "/decisions/"+number, "", "200").at("record")
	if !strings.Contains(record, `"unanswered":[{`) || !strings.Contains(record, `"unanswered":1`) {
		t.Errorf("the record is %s", record)
	}
	s.recounted(record, "adopted")
	if public := s.ask("", "GET", "/decisions/"+number, "", "200"); strings.Contains(string(public.raw), "unanswered") {
		t.Errorf("the public reads %s", public.raw)
	}
	// In consensus nobody is called.
	q = s.listed(meeting, strings.Replace(policyVote, "vote", "consensus", 1))
	s.ask("chair", "POST", q+"/opening", "", "200")
	note("chair", "409 no-roll-call", "donors-1")
}

// leaves has somebody leave the room.
func (s *story) leaves(meeting, who string) {
	s.t.Helper()
	for _, x := range s.ask("sec", "GET", meeting, "", "200").JSON()["room"].([]any) {
		if x := x.(map[string]any); x["seat_name"] == who {
			s.ask(who, "POST", "/presences/"+x["id"].(string)+"/leaving", "", "204")
			return
		}
	}
	s.t.Fatalf("%s is not in the room", who)
}

// callsTheRest has whoever presides record of each seat that a vote waits for that it was
// called and did not answer.
func (s *story) callsTheRest(who, q string) {
	s.t.Helper()
	var ids []string
	for _, x := range s.ask(who, "GET", q+"/arithmetic", "", "200").JSON()["seats"].([]any) {
		if x := x.(map[string]any); x["silent"] == true && x["unanswered"] == nil {
			ids = append(ids, fmt.Sprintf("%q", x["seat"]))
		}
	}
	s.ask(who, "POST", q+"/roll-call", `{"seats": [`+strings.Join(ids, ", ")+`]}`, "201")
}

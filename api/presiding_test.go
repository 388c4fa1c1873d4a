package api

import (
	"fmt"
	"testing"
)

// Whoever left the room does not preside: the items go to the member whom the charter
// names, until the Chair comes back.
func TestWhoLeftDoesNotPreside(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	for _, x := range s.ask("sec", "GET", meeting, "", "200").JSON()["room"].([]any) {
		if x := x.(map[string]any); x["organisation"] == "IOM" {
			s.ask("chair", "POST", "/presences/"+x["id"].(string)+"/leaving", "", "204")
		}
	}
	s.ask("chair", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("donors-1", "POST", q+"/opening", "", "200") // the longest serving of those present
	s.ask("donors-2", "POST", q+"/positions", `{"position": "yes"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "403 not-presiding")
	s.ask("chair", "POST", meeting+"/presences", `{}`, "201")
	s.ask("donors-1", "POST", q+"/decision", `{}`, "403 not-presiding")
	for _, who := range s.members() {
		s.ask(who, "POST", q+"/positions", `{"position": "yes"}`, "201")
	}
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
}

// Where nobody holds the Chair's seat, a designee who leaves presides as little; the
// Coordinator, who has no seat to leave, presides all along.
func TestADesigneeWhoLeftDoesNotPreside(t *testing.T) {
	s, meeting := bodyOf13(t)
	must(t, s.DB.Exec(`UPDATE seat_terms SET term = '[2026-01-01,2026-02-01)' WHERE seat = ?`, s.ids["seat chair"]).Error)
	s.leaves(meeting, "chair")
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", meeting+"/presiding", fmt.Sprintf(`{"person":%q}`, s.ids["donors-3"]), "200")
	if !s.offered("donors-3", q, "question.open") {
		t.Error("the designee does not preside")
	}
	s.leaves(meeting, "donors-3")
	s.ask("donors-3", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("donors-1", "POST", q+"/opening", "", "200") // whom the charter names
}

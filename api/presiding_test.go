package api

import "testing"

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

package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A member asks the agenda to have an item; the secretariat takes it on, and lists the
// question that comes of it, or declines it with a reason that the body reads.
func TestMembersProposeItems(t *testing.T) {
	s, open := bodyOf13(t)
	s.person("adviser", "member/adviser", "DONORS-1", "state")
	planned := s.ask("sec", "POST", "/meetings", `{"title": "Third meeting", "starts_at": "2026-12-01T09:00:00Z"}`, "201")
	meeting, ref := "/meetings/"+planned.at("id"), planned.at("ref")
	item := `{"title": "Costs of the okapi", "text": "The body takes note.", "reason": "They rose.", "language": "fr"}`

	s.ask("aud", "POST", meeting+"/items", item, "403 not-permitted")
	s.ask("sec", "POST", meeting+"/items", item, "403 not-permitted")
	s.ask("adviser", "POST", meeting+"/items", item, "403 adviser-does-not-decide")
	s.ask("donors-1", "POST", open+"/items", item, "409 meeting-stage")
	s.ask("donors-1", "POST", "/meetings/"+s.ids["sec"].String()+"/items", item, "404 not-found")
	s.ask("donors-1", "POST", meeting+"/items", strings.Replace(item, "They rose.", "", 1), "422 required")
	if may := fmt.Sprint(s.ask("donors-1", "GET", meeting, "", "200").JSON()["may"]); !strings.Contains(may, "item.propose") {
		t.Errorf("a member may %s", may)
	}
	if may := fmt.Sprint(s.ask("adviser", "GET", meeting, "", "200").JSON()["may"]); strings.Contains(may, "item.propose") {
		t.Errorf("an adviser may %s", may)
	}
	one := s.ask("donors-1", "POST", meeting+"/items", item, "201", key("once")).at("id")
	if again := s.ask("donors-1", "POST", meeting+"/items", item, "201", key("once")).at("id"); again != one {
		t.Errorf("sent twice, it is proposed twice: %s and %s", one, again)
	}
	two := s.ask("chair", "POST", meeting+"/items", `{"title": "Seats", "text": "", "reason": "It is time.", "language": "en"}`, "201").at("id")
	if got := s.waits("sec"); strings.Count(strings.Join(got, ", "), "item.answer "+ref) != 2 {
		t.Errorf("on the secretariat waits %v", got)
	}
	if got := s.told("sec"); !slices.Contains(got, "item-proposed") {
		t.Errorf("the secretariat was told %v", got)
	}

	// Each has one answer, of the secretariat.
	listed := func(of string) string { return strings.Replace(policyVote, "{", `{"proposed_item": "`+of+`", `, 1) }
	s.ask("sec", "POST", meeting+"/questions", listed(one), "422 unknown-value")
	s.ask("donors-1", "POST", meeting+"/items/"+one+"/answer", `{"taken": true}`, "403 not-permitted")
	s.ask("sec", "POST", open+"/items/"+one+"/answer", `{"taken": true}`, "404 not-found")
	s.ask("sec", "POST", meeting+"/items/"+two+"/answer", `{"taken": false, "note": ""}`, "422 required")
	s.ask("sec", "POST", meeting+"/items/"+two+"/answer", `{"taken": false, "note": "They were confirmed in May."}`, "200")
	s.ask("sec", "POST", meeting+"/items/"+two+"/answer", `{"taken": true}`, "409 item-answered")
	s.ask("sec", "POST", meeting+"/items/"+one+"/answer", `{"taken": true}`, "200")
	if got := s.told("donors-1"); !slices.Contains(got, "item-taken") || slices.Contains(got, "item-declined") {
		t.Errorf("who proposed the item that was taken on was told %v", got)
	}
	if got := s.told("chair"); !slices.Contains(got, "item-declined") || slices.Contains(got, "item-taken") {
		t.Errorf("who proposed the item that was declined was told %v", got)
	}
	if got := strings.Join(s.waits("sec"), ", "); strings.Contains(got, "item.answer") {
		t.Errorf("on the secretariat still waits %s", got)
	}

	// The question names the item that it comes of, and no other's.
	s.ask("sec", "POST", meeting+"/questions", listed(two), "422 unknown-value")
	s.ask("sec", "POST", open+"/questions", listed(one), "422 unknown-value")
	q := s.ask("sec", "POST", meeting+"/questions", listed(one), "201").at("id")
	if got := s.ask("donors-2", "GET", "/questions/"+q, "", "200").at("proposed_item"); got != one {
		t.Errorf("the question comes of %q, not %s", got, one)
	}
	seen := s.ask("donors-2", "GET", meeting, "", "200")
	for _, part := range []string{`"title":"Costs of the okapi"`, `"organisation":"DONORS-1"`, `"taken":true`, `"note":"They were confirmed in May."`} {
		if !strings.Contains(string(seen.raw), part) {
			t.Errorf("the body does not read %s: %s", part, seen.raw)
		}
	}
	s.allHolds()
}

package api

import (
	"fmt"
	"strings"
	"testing"
)

// The Coordinator names who presides over a meeting that has not opened: that person opens
// it, chairs it and closes it without the Coordinator. Until it opens another may be named,
// or nobody.
func TestADesigneeOpensAMeeting(t *testing.T) {
	s, before := bodyOf13(t)
	s.ask("chair", "POST", before+"/closing", "", "200")
	s.person("stranger", "member", "QXX", "state")
	s.person("adviser", "member/adviser", "DONORS-1", "state")
	meeting := "/meetings/" + s.ask("sec", "POST", "/meetings", `{"title": "Third meeting", "starts_at": "2026-04-02T09:00:00Z"}`, "201").at("id")
	name := func(who, person, want string) reply {
		body := `{"person": null}`
		if person != "" {
			body = fmt.Sprintf(`{"person": %q}`, s.ids[person])
		}
		return s.ask(who, "POST", meeting+"/presiding", body, want)
	}
	s.ask("donors-1", "POST", meeting+"/opening", "", "403 not-in-the-chair")
	name("sec", "donors-1", "403 not-permitted")
	name("donors-1", "donors-1", "403 not-permitted")
	name("chair", "stranger", "422 not-accredited")
	name("chair", "adviser", "422 not-accredited")
	s.ask("chair", "POST", meeting+"/presiding", `{"person": "00000000-0000-0000-0000-000000000000"}`, "422 required")
	name("chair", "donors-2", "200")
	if r := name("chair", "donors-1", "200"); r.at("presiding") != s.ids["donors-1"].String() || r.at("presiding_name") != "donors-1" {
		t.Errorf("%s", r.raw)
	}
	if ics := string(s.ask("donors-3", "GET", meeting+"/calendar", "", "200").raw); !strings.Contains(ics, "donors-1") || !strings.Contains(ics, "SEQUENCE:2") {
		t.Errorf("the calendar says %s", ics)
	}
	for _, who := range []string{"donors-1", "network-2", "sec"} {
		if told := string(s.ask(who, "GET", "/notices", "", "200").raw); !strings.Contains(told, "designee-named") {
			t.Errorf("%s is told %s", who, told)
		}
	}
	name("chair", "", "200")
	s.ask("donors-1", "POST", meeting+"/opening", "", "403 not-in-the-chair")
	if told := string(s.ask("donors-1", "GET", "/notices", "", "200").raw); !strings.Contains(told, "designee-taken-back") {
		t.Errorf("they are told %s", told)
	}
	name("chair", "donors-1", "200")
	s.ask("donors-2", "POST", meeting+"/opening", "", "403 not-in-the-chair")
	s.ask("donors-1", "POST", meeting+"/opening", "", "200")
	name("chair", "", "409 not-present")

	// The designee does what the Chair does; nobody else closes it from a seat.
	q := s.listed(meeting, policyVote)
	for _, who := range s.members() {
		if who != "donors-1" {
			s.ask(who, "POST", meeting+"/presences", `{}`, "201")
		}
	}
	s.ask("donors-1", "POST", q+"/opening", "", "200")
	for _, who := range s.members() {
		s.ask(who, "POST", q+"/positions", `{"position": "yes"}`, "201")
	}
	s.ask("donors-2", "POST", q+"/decision", `{}`, "403 not-presiding")
	s.ask("donors-1", "POST", q+"/decision", `{}`, "201")
	s.ask("donors-2", "POST", meeting+"/closing", "", "403 not-in-the-chair")
	s.ask("donors-1", "POST", meeting+"/closing", "", "200")
}

// Whom the Coordinator does not need: a meeting with a designee is opened by the Coordinator
// all the same, who then presides.
func TestTheCoordinatorOpensAMeetingInPlaceOfADesignee(t *testing.T) {
	s, before := bodyOf13(t)
	s.ask("chair", "POST", before+"/closing", "", "200")
	meeting := "/meetings/" + s.ask("sec", "POST", "/meetings", `{"title": "Third meeting", "starts_at": "2026-04-02T09:00:00Z"}`, "201").at("id")
	s.ask("chair", "POST", meeting+"/presiding", fmt.Sprintf(`{"person": %q}`, s.ids["donors-1"]), "200")
	if r := s.ask("chair", "POST", meeting+"/opening", "", "200"); r.at("presiding") != s.ids["chair"].String() {
		t.Errorf("%s", r.raw)
	}
}

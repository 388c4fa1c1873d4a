package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// committeeOn are the organisations on the Executive Committee on a day.
func (s *story) committeeOn(day string) string {
	s.t.Helper()
	list := []string{}
	for _, m := range s.ask("", "GET", "/executive-committee?on="+day, "", "200").JSON()["members"].([]any) {
		list = append(list, m.(map[string]any)["code"].(string))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// The Executive Committee is a list of its own: whoever is on it may speak through any
// constituency, or none; who was on it on any day is one question.
func TestTheExecutiveCommitteeIsAListOfItsOwn(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.org("UNICEF", "un")
	join := func(who, org, from, until, note, want string) reply {
		t.Helper()
		return s.ask(who, "POST", "/executive-committee", fmt.Sprintf(`{"organisation":%q,"from":%q,"until":%q,"note":%q}`, s.orgs[org], from, until, note), want)
	}
	join("donors-1", "UNICEF", "2026-01-01", "", "Letter", "403 not-permitted")
	join("sec", "UNICEF", "2026-01-01", "", " ", "422 required")
	join("sec", "UNICEF", "", "", "Letter", "422 required")
	join("sec", "UNICEF", "2026-02-01", "2026-01-01", "Letter", "422 term-ends-before-it-begins")
	s.ask("sec", "POST", "/executive-committee", `{"organisation":"00000000-0000-0000-0000-000000000001","from":"2026-01-01","note":"Letter"}`, "422 unknown-value")
	unicef := join("sec", "UNICEF", "2026-01-01", "", "Letter of January", "201").at("id")
	join("chair", "DONORS-1", "2026-03-01", "2026-05-31", "Letter of March", "201") // of another constituency too
	join("chair", "UNICEF", "2026-06-01", "", "Letter", "409 on-the-committee")
	end := func(note, until, want string) {
		t.Helper()
		s.ask("chair", "POST", "/committee-terms/"+unicef+"/ending", fmt.Sprintf(`{"until":%q,"note":%q}`, until, note), want)
	}
	end("", "2026-04-30", "422 required")
	end("Note of April", "2025-04-30", "422 term-ends-before-it-begins")
	end("Note of April", "2026-04-30", "200")
	join("sec", "UNICEF", "2026-06-01", "", "Letter of June", "201")
	for _, x := range [][2]string{{"2025-12-31", ""}, {"2026-01-01", "UNICEF"}, {"2026-04-30", "DONORS-1 UNICEF"}, {"2026-05-01", "DONORS-1"}, {"2026-06-01", "UNICEF"}} {
		if got := s.committeeOn(x[0]); got != x[1] {
			t.Errorf("on %s it is %q, not %q", x[0], got, x[1])
		}
	}
	if r := s.ask("sec", "GET", "/executive-committee", "", "200"); r.at("constituency") != "" || len(r.JSON()["terms"].([]any)) != 3 || r.at("terms", "0", "left_note") != "Note of April" {
		t.Errorf("kept is %s", r.raw)
	}
	if s.offered("sec", "/executive-committee", "committee.admit") {
		t.Error("the list offers acts of its own")
	}

	// Who is on it today reads the yearly review.
	s.person("otto", "organisation", "UNICEF", "un")
	if len(s.ask("otto", "GET", "/body/reviews", "", "200").List()) == 0 {
		t.Error("one of the Committee is told of no review")
	}

	// Where the body names a constituency, it is that one's from then on, and was not before.
	s.under(meeting, "/body/executive_committee", `"network"`)
	s.ask("sec", "POST", "/constituencies", fmt.Sprintf(`{"organisation":%q,"constituency":"network","from":"2026-01-01","note":"Letter"}`, s.orgs["NETWORK-1"]), "201")
	if got := s.committeeOn("2026-03-12"); got != "NETWORK-1" {
		t.Errorf("by the new rules it is %q", got)
	}
	if got := s.committeeOn("2026-03-05"); got != "DONORS-1 UNICEF" {
		t.Errorf("before them it was %q", got)
	}
	if len(s.ask("otto", "GET", "/body/reviews", "", "200").List()) != 0 {
		t.Error("whoever is no longer of it reads the review")
	}
}

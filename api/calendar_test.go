package api

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
)

func init() { openapi3filter.RegisterBodyDecoder("text/calendar", openapi3filter.FileBodyDecoder) }

// A meeting stands in people's calendars, by itself and under an address of each person's
// own; a change comes with the next number, the link is for those who may attend, and an
// address that was replaced, or whose owner has left the body, opens nothing.
func TestMeetingsStandInCalendars(t *testing.T) {
	s, _ := bodyOf13(t)
	plan := func(more string) string {
		return `{"title":"Third, of spring; \"next\"","starts_at":"2026-04-01T09:00:00Z"` + more + `}`
	}
	s.ask("donors-1", "POST", "/meetings", plan(""), "403 not-permitted")
	s.ask("sec", "POST", "/meetings", plan(`,"ends_at":"2026-04-01T09:00:00Z"`), "422 meeting-ends-first")
	s.ask("sec", "POST", "/meetings", plan(`,"held":"nowhere"`), "422 unknown-value")
	s.ask("sec", "POST", "/meetings", plan(`,"held":"virtual","place":"Room A"`), "422 virtual-meeting-has-no-place")
	for _, link := range []string{"http://meet.example.org/1", "javascript:alert(1)", "https://", "https://a b.example.org", "https://me:pass@example.org/x"} {
		s.ask("sec", "POST", "/meetings", plan(`,"link":"`+link+`"`), "422 meeting-link")
	}
	m := "/meetings/" + s.ask("sec", "POST", "/meetings", plan(`,"held":"mixed","place":"Room A","link":"https://meet.example.org/secret-7"`), "201").at("id")
	date := func(who string) string {
		return strings.ReplaceAll(string(s.ask(who, "GET", m+"/calendar", "", "200").raw), "\r\n ", "")
	}
	first := date("donors-1")
	for _, want := range []string{"SEQUENCE:0\r\n", "DTSTART:20260401T090000Z\r\n", "LOCATION:Room A\r\n", "URL:https://meet.example.org/secret-7\r\n", `Third\, of spring\; "next"`} {
		if !strings.Contains(first, want) {
			t.Errorf("no %q in %s", want, first)
		}
	}
	if strings.Contains(date("aud"), "secret-7") || strings.Contains(string(s.ask("aud", "GET", m, "", "200").raw)+string(s.ask("aud", "GET", "/meetings", "", "200").raw), "secret-7") {
		t.Error("an auditor, who does not attend, is told the link")
	}

	r := s.ask("donors-1", "POST", "/calendar", "", "201")
	feed := strings.TrimPrefix(r.at("path"), "/api/v1")
	follow := func() string { return strings.ReplaceAll(string(s.ask("", "GET", feed, "", "200").raw), "\r\n ", "") }
	if got := follow(); strings.Count(got, "BEGIN:VEVENT") != 2*3 || !strings.Contains(got, "secret-7") {
		t.Errorf("the calendar of a member: %s", got)
	}
	s.ask("donors-1", "PUT", m, plan(""), "403 not-permitted", ifMatch(`"1"`))
	s.ask("sec", "PUT", m, plan(`,"held":"virtual","link":"https://meet.example.org/new"`), "412 changed-since", ifMatch(`"7"`))
	s.ask("sec", "PUT", m, strings.Replace(plan(`,"held":"virtual","link":"https://meet.example.org/new"`), "04-01", "04-02", 1), "200", ifMatch(s.ask("sec", "GET", m, "", "200").tag()))
	uid := regexp.MustCompile(`UID:meeting-[0-9a-f-]+@startupfund`)
	second := date("donors-1")
	if uid.FindString(first) == "" || uid.FindString(first) != uid.FindString(second) || !strings.Contains(second, "SEQUENCE:1\r\n") || !strings.Contains(second, "DTSTART:20260402T090000Z") || strings.Contains(second, "LOCATION") {
		t.Errorf("after the change: %s", second)
	}
	if !strings.Contains(follow(), "20260402T090000Z") {
		t.Error("who subscribes is not told of the change")
	}

	// Replaced, it opens nothing; nor for whoever has left.
	again := strings.TrimPrefix(s.ask("donors-1", "POST", "/calendar", "", "201").at("path"), "/api/v1")
	s.ask("", "GET", feed, "", "404 not-found")
	s.ask("", "GET", "/calendars/nothing.ics", "", "404 not-found")
	feed = again
	follow()
	if at := s.ask("donors-1", "GET", "/calendar", "", "200"); at.JSON()["path"] != nil || at.JSON()["made_at"] == nil {
		t.Error("an address is told twice")
	}
	must(t, s.DB.Exec(`UPDATE memberships SET term = daterange(lower(term), ?::date, '[]') WHERE person = ?`, s.Clock.Now().Format(time.DateOnly), s.ids["donors-1"]).Error)
	s.days(2)
	s.ask("", "GET", feed, "", "404 not-found")
	s.ask("chair", "POST", m+"/opening", "", "200")
	s.ask("sec", "PUT", m, plan(""), "409 meeting-stage", ifMatch(s.ask("sec", "GET", m, "", "200").tag()))
}

// The end of a silence stands in calendars by its number: its title is out of sight for
// some, and nobody calls back what a calendar has read.
func TestASilenceEndsInCalendarsByItsNumberAlone(t *testing.T) {
	s, _ := bodyOf13(t)
	q := "/questions/" + s.ask("sec", "POST", "/silences", `{"kind":"policy","procedure":"no-objection","title":"The quagga paper","text":"The body endorses it.","language":"en"}`, "201").at("id")
	s.ask("chair", "POST", q+"/opening", "", "200")
	feed := strings.TrimPrefix(s.ask("donors-1", "POST", "/calendar", "", "201").at("path"), "/api/v1")
	got := string(s.ask("", "GET", feed, "", "200").raw)
	if !strings.Contains(got, "UID:silence-") || !strings.Contains(got, "W-2026-") || strings.Contains(got, "quagga") {
		t.Errorf("the silence stands there as %s", got)
	}
}

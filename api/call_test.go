package api

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestACallIsAnnouncedAndExtended(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM-FMU", "un")
	s.person("ana", "applicant", "IOM", "un")
	call := func(opens, closes, rest string) string {
		return fmt.Sprintf(`{"title":"First call","text":"Joint programmes.","opens_at":%q,"closes_at":%q%s}`, opens, closes, rest)
	}
	good := call("2026-03-09T00:00:00Z", "2026-04-01T12:00:00+02:00", `,"areas":["area-2","area-5"],"ceiling":{"amount":"2000000.00","currency":"USD"}`)
	for body, want := range map[string]string{
		call("2026-03-09T00:00:00Z", "2026-03-09T00:00:00Z", `,"areas":["area-9"]`):                                                             "422 call-closes-before-it-opens",
		call("2026-03-09", "2026-04-01T10:00:00Z", `,"areas":["area-2"]`):                                                                       "422 bad-instant",
		call("2026-03-09T00:00:00Z", "2026-04-01T10:00:00Z", `,"areas":[]`):                                                                     "422 required",
		call("2026-03-09T00:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2","area-2"]`):                                                    "422 unknown-value",
		call("2026-03-09T00:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2"],"ceiling":{"amount":"1.00","currency":"USD"}`):                "422 amount-below-minimum",
		call("2026-03-09T00:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2"],"ceiling":{"amount":"200000.00","currency":"EUR"}`):           "409 other-currency",
		call("2026-03-09T00:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2"],"ceiling":{"amount":"9000000.00","currency":"USD"},"ref":""`): "422 unknown-member",
	} {
		s.ask("sec", "POST", "/calls", body, want)
	}
	s.ask("ana", "POST", "/calls", good, "403 not-permitted")
	r := s.ask("sec", "POST", "/calls", good, "201")
	p := "/calls/" + r.at("id")
	if r.at("ref") != "CALL-2026-01" || r.at("closes_at") != "2026-04-01T10:00:00Z" || r.at("state") != "planned" || r.at("may") != "[call.extend]" {
		t.Errorf("announced: %s", r.raw)
	}

	s.ask("ana", "POST", p+"/proposals", `{}`, "409 call-not-open")
	s.days(7)
	if seen := s.ask("", "GET", p, "", "200"); seen.at("state") != "open" || seen.at("may") != "[]" {
		t.Errorf("the public sees: %s", seen.raw)
	}
	s.ask("ana", "POST", p+"/proposals", `{}`, "201")

	later := `{"closes_at":"2026-04-08T10:00:00Z","reason":"Two countries asked for a week."}`
	s.ask("ana", "POST", p+"/extension", later, "403 not-permitted", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/extension", later, "428 say-which-version")
	s.ask("sec", "POST", p+"/extension", later, "412 changed-since", ifMatch(`"2"`))
	s.ask("sec", "POST", p+"/extension", `{"closes_at":"2026-04-01T10:00:00Z","reason":""}`, "422 extension-not-later", ifMatch(r.tag()))
	r = s.ask("sec", "POST", p+"/extension", later, "200", ifMatch(r.tag()))
	if seen := s.ask("", "GET", p, "", "200"); seen.at("closes_at") != "2026-04-08T10:00:00Z" || !strings.Contains(seen.at("extensions"), "Two countries") {
		t.Errorf("extended: %s", seen.raw)
	}
	closes, _ := time.Parse(time.RFC3339, "2026-04-08T10:00:00Z")
	s.Clock.Set(closes)
	s.ask("sec", "POST", p+"/extension", `{"closes_at":"2026-04-09T10:00:00Z","reason":"Again."}`, "409 call-closed", ifMatch(r.tag()))
	s.ask("sec", "GET", "/calls/6b1b36cb-0000-4000-8000-000000000000", "", "404 not-found")

	s.ask("sec", "POST", "/calls", strings.ReplaceAll(good, "2026-04-01", "2026-05-01"), "201")
	page := s.ask("", "GET", "/calls?limit=1", "", "200")
	if l := page.header.Get("Link"); len(page.List()) != 1 || l != `</api/v1/calls?after=CALL-2026-01&limit=1>; rel="next"` {
		t.Errorf("the first page: %s %s", l, page.raw)
	}
	if rest := s.ask("", "GET", "/calls?after=CALL-2026-01", "", "200"); len(rest.List()) != 1 || rest.header.Get("Link") != "" {
		t.Errorf("the last page: %s", rest.raw)
	}
}

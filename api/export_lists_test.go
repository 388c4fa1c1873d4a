package api

import (
	"fmt"
	"strings"
	"testing"
)

// Every list leaves as a file: the rows that it has for whoever asks, under the same
// narrowing and in the same order, whole.
func TestEveryListLeavesAsAFile(t *testing.T) {
	s := newStory(t)
	s.person("adam", "administrator", "FUND", "other")
	s.person("sec", "secretariat", "PMU-QM", "un")
	s.person("app", "applicant", "IOM", "un")
	s.org("QM", "state")
	for i := range 3 {
		s.ask("sec", "POST", "/meetings", fmt.Sprintf(`{"title":"=Meeting %d","starts_at":"2026-0%d-20T09:00:00Z"}`, i+1, i+4), "201")
	}
	column := func(list []map[string]any, name string) string {
		var all []string
		for _, row := range list {
			all = append(all, fmt.Sprint(row[name]))
		}
		return strings.Join(all, " | ")
	}
	for _, x := range []struct{ who, path, query, column, screen string }{
		{"sec", "/meetings", "", "ref", "ref"}, {"sec", "/meetings", "q=2", "title", "title"}, {"sec", "/meetings", "sort=at&state=planned", "title", "title"},
		{"adam", "/people", "sort=-email", "email", "email"}, {"", "/organisations", "kind=un&sort=-name", "code", "code"}, {"adam", "/organisations", "q=iom", "name", "name"},
		{"sec", "/decisions", "kind=grant", "number", "number"}, {"", "/programmes", "state=active", "code", "code"},
	} {
		screen := s.ask(x.who, "GET", x.path+"?"+x.query, "", "200").List()
		file := s.ask(x.who, "GET", x.path+"/export?format=json&"+x.query, "", "200").List()
		if got, want := column(file, x.column), column(screen, x.screen); got != want {
			t.Errorf("%s?%s on the screen is %q, in the file %q", x.path, x.query, want, got)
		}
	}
	csv := string(s.ask("sec", "GET", "/meetings/export?format=csv&columns=title,state", "", "200").raw)
	if !strings.HasPrefix(csv, "\ufeffMeeting,State\r\n") || !strings.Contains(csv, "'=Meeting 3,Planned\r\n") {
		t.Errorf("%q", csv)
	}
	if people := string(s.ask("adam", "GET", "/people/export?format=csv", "", "200").raw); !strings.Contains(people, "Secretariat (PMU-QM)") {
		t.Errorf("%q", people)
	}
	if r := s.ask("adam", "GET", "/people/export?format=xlsx", "", "200"); !strings.HasPrefix(string(r.raw), "PK") || !strings.Contains(r.header.Get("Content-Disposition"), "people.xlsx") {
		t.Error(r.header)
	}
	// Whoever has no list has no file of it, and what a list refuses the file refuses.
	s.ask("app", "GET", "/people/export?format=json", "", "403 not-permitted")
	s.ask("", "GET", "/people/export?format=json", "", "401 sign-in-first")
	s.ask("", "GET", "/meetings/export?format=json", "", "401 sign-in-first")
	s.ask("sec", "GET", "/meetings/export?format=pdf", "", "422 unknown-value")
	s.ask("sec", "GET", "/meetings/export", "", "422 unknown-value")
	s.ask("sec", "GET", "/meetings/export?format=csv&columns=minutes", "", "422 unknown-value")
	s.ask("sec", "GET", "/meetings/export?format=csv&sort=colour", "", "422 unknown-value")
	s.ask("sec", "GET", "/decisions/export?format=csv&kind=a'b", "", "422 unknown-value")
}

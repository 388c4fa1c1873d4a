package api

import (
	"fmt"
	"strings"
	"testing"
)

// Every list is found in, narrowed, ordered both ways and read page by page, each row once.
func TestListsAreSoughtNarrowedOrderedAndPaged(t *testing.T) {
	s := newStory(t)
	s.person("adam", "administrator", "FUND", "other")
	s.person("sec", "secretariat", "PMU-QM", "un")
	for i, title := range []string{"Première réunion", "Second meeting", "Third meeting"} {
		s.ask("sec", "POST", "/meetings", fmt.Sprintf(`{"title":"%s","starts_at":"2026-0%d-20T09:00:00Z"}`, title, i+4), "201")
	}
	all := func(who, path, field string) string {
		var got []string
		for next := path; next != ""; {
			r := s.ask(who, "GET", next, "", "200")
			for _, row := range r.List() {
				got = append(got, fmt.Sprint(row[field]))
			}
			if next = nextOf(r); len(got) > 20 {
				t.Fatalf("%s does not end", path)
			}
		}
		return strings.Join(got, " | ")
	}
	for path, want := range map[string]string{
		"/meetings?limit=1":              "Third meeting | Second meeting | Première réunion",
		"/meetings?limit=1&sort=at":      "Première réunion | Second meeting | Third meeting",
		"/meetings?limit=2&sort=-title":  "Third meeting | Second meeting | Première réunion",
		"/meetings?limit=1&sort=state":   "Première réunion | Second meeting | Third meeting",
		"/meetings?q=premiere":           "Première réunion",
		"/meetings?q=meeting+third":      "Third meeting",
		"/meetings?q=100%25":             "",
		"/meetings?state=open":           "",
		"/meetings?state=planned&q=seco": "Second meeting",
	} {
		if got := all("sec", path, "title"); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	for path, want := range map[string]string{"/people?limit=1": "adam | sec", "/people?sort=-email&limit=1": "sec | adam", "/people?q=ADA": "adam",
		"/organisations?kind=un": "pmu-qm", "/organisations?q=pmu&sort=name": "pmu-qm"} {
		if got := strings.ToLower(all("adam", path, "name")); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	for _, path := range []string{"/decisions?sort=-amount&kind=grant&q=a", "/decisions?procedure=vote&sort=number", "/programmes?sort=-end&state=active&area=area-1", "/programmes?sort=start"} {
		if got := all("sec", path, "title"); got != "" {
			t.Errorf("%s: %s", path, got)
		}
	}
	for path, code := range map[string]string{"/meetings?sort=colour": "422 unknown-value", "/meetings?state=a'b": "422 unknown-value", "/people?after=eA": "422 malformed",
		"/programmes?limit=0": "422 malformed", "/decisions?sort=amount&after=WyJhbW91bnQiLCJ4IiwiMSJd": "422 malformed"} {
		if r := s.send("sec", "GET", path, ""); path != "/people?after=eA" && fmt.Sprint(r.status, " ", r.at("code")) != code {
			t.Errorf("%s: %d %s", path, r.status, r.raw)
		}
	}
}

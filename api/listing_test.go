package api

import (
	"fmt"
	"strings"
	"testing"
	"time"
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

// Programmes are narrowed by their days, their sum and their owner states, and leave as
// they are narrowed; a search of them is kept beside those of other lists.
func TestProgrammesAreNarrowedByDaysSumAndState(t *testing.T) {
	s, meeting := bodyOf13(t)
	p := s.ask("", "GET", s.started(meeting), "", "200")
	day := func(field string, n int) string {
		at, err := time.Parse(time.DateOnly, p.at(field))
		must(t, err)
		return at.AddDate(0, 0, n).Format(time.DateOnly)
	}
	owner := ""
	for _, o := range s.ask("", "GET", "/organisations?kind=state&limit=200", "", "200").List() {
		if o["code"] == "QZ" {
			owner = fmt.Sprint(o["id"])
		}
	}
	for query, n := range map[string]int{
		"starts_from=" + p.at("starts_on") + "&starts_until=" + p.at("starts_on"): 1, "starts_from=" + day("starts_on", 1): 0, "starts_until=" + day("starts_on", -1): 0,
		"ends_from=" + p.at("ends_on") + "&ends_until=" + p.at("ends_on"): 1, "ends_from=" + day("ends_on", 1): 0, "ends_until=" + day("ends_on", -1): 0,
		"least=1000000.00&most=1000000": 1, "least=1000000.01": 0, "most=999999.99": 0,
		"owner=" + owner: 1, "owner=" + s.org("IOM", "un").String(): 0, "sort=-amount": 1, "sort=owner": 1,
	} {
		if got := len(s.ask("sec", "GET", "/programmes?"+query, "", "200").List()); got != n {
			t.Errorf("%s holds %d, not %d: %s", query, got, n, p.raw)
		}
		if got := len(s.ask("sec", "GET", "/programmes/export?format=json&"+query, "", "200").List()); got != n {
			t.Errorf("the file of %s holds %d, not %d", query, got, n)
		}
	}
	if p.at("owner") == "" {
		t.Errorf("no owner: %s", p.raw)
	}
	for query, want := range map[string]string{"starts_from=May": "422 bad-day", "least=1.005": "422 amount-too-fine", "owner='": "422 unknown-value"} {
		if r := s.send("sec", "GET", "/programmes?"+query, ""); fmt.Sprint(r.status, " ", r.at("code")) != want && query != "least=1.005" || r.status != 422 {
			t.Errorf("%s: %s", query, r.raw)
		}
	}
	kept := s.ask("sec", "POST", "/searches", `{"list":"programmes","name":"Ending","query":"sort=end&ends_until=2027-12-31","opens":true}`, "200")
	s.ask("sec", "POST", "/searches", `{"name":"Ending","query":"stage=submitted","opens":true}`, "200")
	if list := s.ask("sec", "GET", "/searches", "", "200").List(); kept.at("list") != "programmes" || len(list) != 2 || list[0]["list"] != "programmes" || list[0]["opens"] != true || list[1]["list"] != "proposals" || list[1]["opens"] != true {
		t.Errorf("kept: %v", list)
	}
	s.ask("sec", "POST", "/searches", `{"list":"programmes","name":"x","query":"stage=submitted"}`, "422 unknown-value") // of another list
	s.ask("sec", "POST", "/searches", `{"list":"vouchers","name":"x","query":""}`, "422 unknown-value")
}

package api

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What comes after its day is taken and marked: items that members ask for, and those that
// the secretariat lists. The days stand on the meeting and in calendars.
func TestWhatComesLateIsMarked(t *testing.T) {
	s, _ := bodyOf13(t)
	for _, c := range []struct {
		in                  int // days to the meeting
		lateItem, latePaper bool
	}{{40, false, false}, {20, true, false}, {5, true, true}} {
		starts := s.Clock.Now().AddDate(0, 0, c.in)
		m := "/meetings/" + s.ask("sec", "POST", "/meetings", fmt.Sprintf(`{"title": "In %d days", "starts_at": %q}`, c.in, starts.Format(time.RFC3339)), "201").at("id")
		s.ask("donors-1", "POST", m+"/items", `{"title": "Costs", "text": "", "reason": "They rose.", "language": "en"}`, "201")
		s.listed(m, policyVote)
		got := s.ask("donors-2", "GET", m, "", "200").JSON()
		if late := got["items"].([]any)[0].(map[string]any)["late"]; late != c.lateItem {
			t.Errorf("in %d days, an item asked for is late: %v", c.in, late)
		}
		if late := got["agenda"].([]any)[0].(map[string]any)["late"]; late != c.latePaper {
			t.Errorf("in %d days, an item listed is late: %v", c.in, late)
		}
		due := got["due"].(map[string]any)
		dates := strings.ReplaceAll(string(s.ask("donors-2", "GET", m+"/calendar", "", "200").raw), "\r\n ", "")
		for _, what := range []string{"items", "papers"} {
			at, err := time.Parse(time.RFC3339, due[what].(string))
			must(t, err)
			if !strings.Contains(dates, "UID:"+what+"-due-") || !strings.Contains(dates, "DTSTART:"+at.Format("20060102T150405Z")) {
				t.Errorf("%s due on %s are not in %s", what, at, dates)
			}
		}
	}
	s.allHolds()
}

// The secretariat moves the items of an agenda until the meeting opens.
func TestAnAgendaIsPutInOrder(t *testing.T) {
	s, open := bodyOf13(t)
	m := "/meetings/" + s.ask("sec", "POST", "/meetings", `{"title": "Third meeting", "starts_at": "2026-12-01T09:00:00Z"}`, "201").at("id")
	var ids []string
	for _, title := range []string{"One", "Two", "Three"} {
		ids = append(ids, strings.TrimPrefix(s.listed(m, strings.Replace(policyVote, "A paper", title, 1)), "/questions/"))
	}
	order := func(of ...string) string { return `{"items":["` + strings.Join(of, `","`) + `"]}` }
	agenda := func() (list []string) {
		for _, x := range s.ask("donors-2", "GET", m, "", "200").JSON()["agenda"].([]any) {
			list = append(list, fmt.Sprint(x.(map[string]any)["item"], " ", x.(map[string]any)["title"]))
		}
		return list
	}
	s.ask("donors-1", "PUT", m+"/agenda", order(ids...), "403 not-permitted")
	s.ask("sec", "PUT", m+"/agenda", order(ids[0], ids[1]), "409 agenda-changed")
	s.ask("sec", "PUT", m+"/agenda", order(ids[0], ids[1], ids[1]), "409 agenda-changed")
	s.ask("sec", "PUT", m+"/agenda", order(ids[2], ids[0], ids[1]), "200")
	if got := fmt.Sprint(agenda()); got != "[1 Three 2 One 3 Two]" {
		t.Errorf("the agenda is %s", got)
	}
	s.listed(m, strings.Replace(policyVote, "A paper", "Four", 1))
	if got := fmt.Sprint(agenda()); got != "[1 Three 2 One 3 Two 4 Four]" {
		t.Errorf("then it is %s", got)
	}
	s.ask("sec", "PUT", open+"/agenda", `{"items":[]}`, "409 meeting-stage")
	s.allHolds()
}

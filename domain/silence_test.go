package domain

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
	"time"

	"startupfund/domain/charter"
)

// The vectors of silences are in docs/vectors/silences.jsonl; docs/vectors.md says what
// stands in them. Package replay counts them again.
const silencesFile = "../docs/vectors/silences.jsonl"

type silenceVector struct {
	What       string            `json:"what"`
	Rules      map[string]string `json:"rules"`
	OpenedAt   string            `json:"opened_at"`
	Extensions []int             `json:"extensions"` // days of each
	EndsAt     string            `json:"ends_at"`
	Said       []silenceSaid     `json:"said"`
}

type silenceSaid struct {
	At   string `json:"at"`
	Late bool   `json:"late"`
}

func silenceVectors(t *testing.T) (list []silenceVector) {
	geneva := func(text string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", text, shipped().Fund.TimeZone.Value.Location)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	calendarDays := func(c *charter.Charter) { c.Body.NoObjection.DaysAre.Value = charter.CalendarDays }
	holiday := func(c *charter.Charter) {
		c.Fund.Holidays.Value = []charter.Date{{Time: time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC)}, {Time: time.Date(2026, 4, 6, 0, 0, 0, 0, time.UTC)}}
	}
	three := func(c *charter.Charter) { c.Body.NoObjection.Days.Value = 3 }
	for _, x := range []struct {
		what, opened string
		extensions   []int
		rules        charter.Charter
	}{
		{"ten working days, opened on a Monday morning", "2026-03-02 10:00", nil, ruled()},
		{"opened in the last minute of a day, that day is none of them", "2026-03-02 23:59", nil, ruled()},
		{"opened one minute later, the next day is none of them", "2026-03-03 00:00", nil, ruled()},
		{"opened on a Sunday", "2026-03-08 12:00", nil, ruled()},
		{"over the change to summer time", "2026-03-20 10:00", nil, ruled()},
		{"calendar days over the change to winter time", "2026-10-20 10:00", nil, ruled(calendarDays)},
		{"three working days over Easter's two holidays", "2026-04-01 10:00", nil, ruled(holiday, three)},
		{"three calendar days over the same", "2026-04-01 10:00", nil, ruled(holiday, three, calendarDays)},
		{"extended once", "2026-03-02 10:00", []int{4}, ruled()},
		{"extended twice, together as long as the charter lets it", "2026-03-02 10:00", []int{4, 6}, ruled()},
	} {
		opened, days := geneva(x.opened), x.rules.Body.NoObjection.Days.Value
		v := silenceVector{What: x.what, Rules: map[string]string{}, OpenedAt: instant(opened), Extensions: []int{}}
		for _, l := range x.rules.Rules() {
			switch l.Path {
			case "/body/no_objection/days", "/body/no_objection/days_are", "/body/no_objection/extension_days", "/fund/time_zone", "/fund/working_days", "/fund/holidays":
				v.Rules[l.Path] = l.Value
			}
		}
		for _, more := range x.extensions {
			v.Extensions, days = append(v.Extensions, more), days+more
		}
		end := SilenceEnd(x.rules, opened, days)
		v.EndsAt = instant(end)
		i := Item{Charter: x.rules, Question: Question{Procedure: charter.ByNoObjection, State: QuestionOpen, OpenedAt: &opened, EndsAt: &end}}
		for _, off := range []time.Duration{-time.Second, -time.Microsecond, 0, time.Second} {
			at := end.Add(off)
			v.Said = append(v.Said, silenceSaid{instant(at), i.Late(Position{At: at})})
		}
		list = append(list, v)
	}
	return list
}

// What is published is what the domain counts: the last second is in time, the instant of
// the end and one second later are not.
func TestSilenceVectors(t *testing.T) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	for _, v := range silenceVectors(t) {
		if v.Said[0].Late || v.Said[1].Late || !v.Said[2].Late || !v.Said[3].Late {
			t.Errorf("%s: %v", v.What, v.Said)
		}
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	if *update {
		if err := os.WriteFile(silencesFile, text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(silencesFile)
	if err != nil || !bytes.Equal(kept, text.Bytes()) {
		t.Errorf("%s is not what is counted now (write it anew with -update, and read what changed): %v", silencesFile, err)
	}
}

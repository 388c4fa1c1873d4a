package replay

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// spelled is how a record writes an instant.
const spelled = "2006-01-02T15:04:05.000000Z"

// written tells whether the question was decided in writing: everybody on the roll is
// asked, and so everybody is there.
func (c *counter) written() bool { return c.r.Procedure == "no-objection" }

// writing counts when a silence ended, and what came in time. Late tells whether what
// came after the end is known.
func (c *counter) writing(heard, late bool) {
	w := c.r.InWriting
	if w == nil && !c.written() {
		return
	}
	c.step("/in_writing", w != nil, true, c.written())
	if w == nil {
		return
	}
	opened, ends := c.instant(c.r.OpenedAt), c.instant(w.EndsAt)
	given, more := c.number("/body/no_objection/days"), 0
	end := c.silenceEnd(opened, given)
	for n, x := range w.Extensions {
		at := fmt.Sprintf("/in_writing/extensions/%d", n)
		when := c.instant(x.At)
		c.step(at+"/at", true, true, x.Days > 0 && !when.Before(opened) && when.Before(end))
		more += x.Days
		end = c.silenceEnd(opened, given+more)
		c.step(at+"/ends_at", x.EndsAt, true, end.Format(spelled))
	}
	c.step("/body/no_objection/extension_days", true, true, more <= c.number("/body/no_objection/extension_days"))
	c.step("/body/no_objection/days", w.EndsAt, true, end.Format(spelled))
	c.step("/closed_at", true, true, !c.instant(c.r.ClosedAt).Before(ends))
	for _, p := range c.r.Positions {
		at := c.instant(p.At)
		c.step(fmt.Sprintf("/positions/%s/%d/at", p.Seat, p.N), true, heard, !at.Before(opened) && at.Before(ends))
	}
	for _, p := range w.Late {
		c.step(fmt.Sprintf("/in_writing/late/%s/%d/at", p.Seat, p.N), true, late, !c.instant(p.At).Before(ends))
	}
}

func (c *counter) instant(text string) time.Time {
	t, err := time.Parse(spelled, text)
	if err != nil && c.bad == nil {
		c.bad = fmt.Errorf("%q is no instant", text)
	}
	return t
}

// silenceEnd is the end of the last of so many days after the one on which the silence
// was opened, in the rules' time zone.
func (c *counter) silenceEnd(opened time.Time, days int) time.Time {
	return c.daysAfter(opened, days, c.rule("/body/no_objection/days_are"))
}

// daysAfter is the end of the last of so many days of a kind after that of an instant.
func (c *counter) daysAfter(opened time.Time, days int, are string) time.Time {
	zone, err := time.LoadLocation(c.rule("/fund/time_zone"))
	if err != nil {
		if c.bad == nil {
			c.bad = fmt.Errorf("the rule /fund/time_zone is no zone that is known here: %w", err)
		}
		return opened
	}
	y, m, d := opened.In(zone).Date()
	if are != "working" {
		return time.Date(y, m, d+days+1, 0, 0, 0, 0, zone).UTC()
	}
	works, closed := strings.Split(c.rule("/fund/working_days"), ", "), strings.Split(c.rule("/fund/holidays"), ", ")
	day := time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	for left, looked := days, 0; left > 0; looked++ {
		if looked > 10_000 {
			if c.bad == nil {
				c.bad = fmt.Errorf("the rule /fund/working_days has no day of the week")
			}
			return opened
		}
		day = day.AddDate(0, 0, 1)
		if slices.Contains(works, strings.ToLower(day.Weekday().String())) && !slices.Contains(closed, day.Format(time.DateOnly)) {
			left--
		}
	}
	y, m, d = day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, zone).UTC()
}

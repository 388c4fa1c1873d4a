package charter

import "time"

// Day is the calendar day of an instant in the charter's time zone, as midnight
// UTC: the form in which days are kept, compared and counted.
func (c Charter) Day(instant time.Time) time.Time {
	return calendar(instant.In(c.Fund.TimeZone.Value.Location))
}

// Begins is the instant at which a day begins in the charter's time zone.
func (c Charter) Begins(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, c.Fund.TimeZone.Value.Location)
}

// DaysBefore is so many calendar days before an instant, at the hour that clocks of the
// charter's time zone show then.
func (c Charter) DaysBefore(instant time.Time, days int) time.Time {
	return instant.In(c.Fund.TimeZone.Value.Location).AddDate(0, 0, -days).UTC()
}

// calendar keeps the day that t shows where t is.
func calendar(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// WorkingDay tells whether banks work on a day.
func (c Charter) WorkingDay(day time.Time) bool {
	for _, h := range c.Fund.Holidays.Value {
		if h.Time.Equal(calendar(day)) {
			return false
		}
	}
	for _, w := range c.Fund.WorkingDays.Value {
		if w.Weekday == day.Weekday() {
			return true
		}
	}
	return false
}

// AddBusinessDays is the n-th working day after a day; with n = 0 the day itself
// when it is one, else the next.
func (c Charter) AddBusinessDays(day time.Time, n int) time.Time {
	day = calendar(day)
	for ; n > 0; n-- {
		day = c.nextWorkingDay(day.AddDate(0, 0, 1))
	}
	return c.nextWorkingDay(day)
}

// nextWorkingDay ends, since a charter has a working day in each week and no more
// than a thousand holidays.
func (c Charter) nextWorkingDay(day time.Time) time.Time {
	for !c.WorkingDay(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

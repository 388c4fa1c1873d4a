package domain

import (
	"fmt"
	"time"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// ReportKind is what sort of report is due.
type ReportKind string

const (
	AnnualReport     ReportKind = "annual"     // narrative, of a calendar year
	FinalReport      ReportKind = "final"      // narrative, of the whole programme
	EvaluationReport ReportKind = "evaluation" // by somebody independent
)

// ReportDue is one report that a programme owes.
type ReportDue struct {
	Key      string // "annual-2026", "final", "evaluation"
	Kind     ReportKind
	From, To time.Time // first and last day that it is about
	Due      time.Time // the last day on which it comes in time
}

// Late is by how many days a report that came on a day was late; 0 for none.
func (d ReportDue) Late(day time.Time) int {
	return max(0, int(day.Sub(d.Due)/(24*time.Hour)))
}

// Run is from when to when a programme runs, and what was granted for it.
type Run struct {
	Starts, Ends time.Time  // days; the zero time while it has not begun
	Ended        *time.Time // the day on which operations were closed, or it was cancelled
	Granted      ledger.Money
}

// last is the last day of activities.
func (r Run) last() time.Time {
	if r.Ended != nil && r.Ended.Before(r.Ends) {
		return *r.Ended
	}
	return r.Ends
}

// Reports is the calendar of a programme's reports as the charter makes it of its
// first and last day: nothing of it is kept, so it moves with the end. The periods
// of the narrative reports follow each other without a gap or an overlap: one for
// each calendar year that ends before the programme does, then the final one. A
// first year of fewer months than the charter says is reported with the next.
func (r Run) Reports(rules charter.Reporting) []ReportDue {
	last := r.last()
	if r.Starts.IsZero() || last.Before(r.Starts) {
		return nil
	}
	var list []ReportDue
	from := r.Starts
	for year := from.Year(); year < last.Year(); year++ {
		next := time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)
		if from.Equal(r.Starts) && AddMonths(from, rules.FirstReportMonths.Value).After(next) {
			continue
		}
		list = append(list, ReportDue{Key: fmt.Sprintf("annual-%d", year), Kind: AnnualReport, From: from, To: next.AddDate(0, 0, -1),
			Due: rules.NarrativeDue.Value.In(year + 1)})
		from = next
	}
	list = append(list, ReportDue{Key: "final", Kind: FinalReport, From: from, To: last, Due: AddMonths(last, rules.FinalNarrativeMonths.Value)})
	if r.evaluated(rules) {
		list = append(list, ReportDue{Key: "evaluation", Kind: EvaluationReport, From: r.Starts, To: last, Due: AddMonths(last, rules.EvaluationMonths.Value)})
	}
	return list
}

// evaluated tells whether the charter asks for an independent evaluation.
func (r Run) evaluated(rules charter.Reporting) bool {
	switch rules.Evaluated.Value {
	case charter.EveryProgramme:
		return true
	case charter.FromAnAmount:
		from := rules.EvaluationFrom.Value.Money
		return r.Granted.Currency == from.Currency && r.Granted.Cmp(from) >= 0
	}
	return false
}

// Report finds one of the calendar by its key.
func (r Run) Report(key string, rules charter.Reporting) (ReportDue, bool) {
	for _, d := range r.Reports(rules) {
		if d.Key == key {
			return d, true
		}
	}
	return ReportDue{}, false
}

// Year is which year of the programme a day lies in, the first being 1.
func (r Run) Year(day time.Time) int {
	n := 1
	for !AddMonths(r.Starts, 12*n).After(day) {
		n++
	}
	return n
}

// RemindOn tells whether somebody is reminded of a report on a day: so many days
// before it is due as the charter lists, on the first day after, and every so many
// days from then on.
func (d ReportDue) RemindOn(day time.Time, rules charter.Reporting) bool {
	left := int(d.Due.Sub(day) / (24 * time.Hour))
	for _, days := range rules.ReminderDays.Value {
		if left == days {
			return true
		}
	}
	return left < 0 && (-left-1)%rules.OverdueDays.Value == 0
}

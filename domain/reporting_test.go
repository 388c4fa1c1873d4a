package domain

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"startupfund/domain/charter"
)

func on(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func spell(list []ReportDue) (all []string) {
	for _, d := range list {
		all = append(all, d.Key+" "+d.From.Format(time.DateOnly)+" "+d.To.Format(time.DateOnly)+" by "+d.Due.Format(time.DateOnly))
	}
	return all
}

func TestCalendarOfReports(t *testing.T) {
	rules := charter.MustDefault().Reporting
	closed := on("2027-11-30")
	for _, x := range []struct {
		name string
		run  Run
		want []string
	}{
		{"not begun", Run{}, nil},
		{"two years", Run{Starts: on("2026-04-01"), Ends: on("2028-03-31")}, []string{"annual-2026 2026-04-01 2026-12-31 by 2027-03-31",
			"annual-2027 2027-01-01 2027-12-31 by 2028-03-31", "final 2028-01-01 2028-03-31 by 2028-06-30", "evaluation 2026-04-01 2028-03-31 by 2028-09-30"}},
		{"a short first year goes with the next", Run{Starts: on("2026-10-02"), Ends: on("2028-10-01")}, []string{"annual-2027 2026-10-02 2027-12-31 by 2028-03-31",
			"final 2028-01-01 2028-10-01 by 2029-01-01", "evaluation 2026-10-02 2028-10-01 by 2029-04-01"}},
		{"one of the charter's months stands alone", Run{Starts: on("2026-10-01"), Ends: on("2027-09-30")}, []string{"annual-2026 2026-10-01 2026-12-31 by 2027-03-31",
			"final 2027-01-01 2027-09-30 by 2027-12-30", "evaluation 2026-10-01 2027-09-30 by 2028-03-30"}},
		{"an end with the year has no annual report beside the final", Run{Starts: on("2026-01-01"), Ends: on("2027-12-31")}, []string{
			"annual-2026 2026-01-01 2026-12-31 by 2027-03-31", "final 2027-01-01 2027-12-31 by 2028-03-31", "evaluation 2026-01-01 2027-12-31 by 2028-06-30"}},
		{"closed before its end, counted from the closing", Run{Starts: on("2026-04-01"), Ends: on("2028-03-31"), Ended: &closed}, []string{
			"annual-2026 2026-04-01 2026-12-31 by 2027-03-31", "final 2027-01-01 2027-11-30 by 2028-02-29", "evaluation 2026-04-01 2027-11-30 by 2028-05-30"}},
		{"cancelled before it began", Run{Starts: on("2028-01-01"), Ends: on("2028-03-31"), Ended: &closed}, nil},
	} {
		if got := spell(x.run.Reports(rules)); !slices.Equal(got, x.want) {
			t.Errorf("%s:\n got %q\nwant %q", x.name, got, x.want)
		}
	}
}

// Whatever the days, the narrative reports are about each day of the programme and
// about none twice; and moving the end leaves alone what was about years before it.
func TestCalendarHasNoGapAndNoOverlap(t *testing.T) {
	rules := charter.MustDefault().Reporting
	r := rand.New(rand.NewPCG(4, 9))
	for range 3000 {
		rules.FirstReportMonths.Value = r.IntN(12)
		run := Run{Starts: on("2025-01-01").AddDate(0, 0, r.IntN(1500))}
		run.Ends = run.Starts.AddDate(0, 0, r.IntN(2000))
		list := run.Reports(rules)
		next, keys := run.Starts, map[string]bool{}
		for _, d := range list {
			if keys[d.Key] || !d.Due.After(d.To) {
				t.Fatalf("%v: %s stands twice, or is due before its time is over", run, d.Key)
			}
			keys[d.Key] = true
			if d.Kind == EvaluationReport {
				continue
			}
			if !d.From.Equal(next) || d.To.Before(d.From) {
				t.Fatalf("%v: %q", run, spell(list))
			}
			next = d.To.AddDate(0, 0, 1)
		}
		if !next.Equal(run.Ends.AddDate(0, 0, 1)) || !keys["final"] {
			t.Fatalf("%v ends uncovered: %q", run, spell(list))
		}
		longer := run
		longer.Ends = run.Ends.AddDate(0, 0, 1+r.IntN(900))
		for i, d := range longer.Reports(rules) {
			if i < len(list) && list[i].Kind == AnnualReport && d != list[i] {
				t.Fatalf("the end moved and %v became %v", list[i], d)
			}
		}
	}
}

func TestReminders(t *testing.T) {
	rules := charter.MustDefault().Reporting
	d := ReportDue{Due: on("2027-03-31")}
	var days []string
	for day := on("2027-02-01"); day.Before(on("2027-05-01")); day = day.AddDate(0, 0, 1) {
		if d.RemindOn(day, rules) {
			days = append(days, day.Format("01-02"))
		}
	}
	if want := []string{"03-01", "03-24", "04-01", "04-15", "04-29"}; !slices.Equal(days, want) {
		t.Errorf("reminded on %v, wanted %v", days, want)
	}
	if d.Late(on("2027-03-31")) != 0 || d.Late(on("2027-04-02")) != 2 {
		t.Error("days of lateness")
	}
}

func TestProgress(t *testing.T) {
	for _, x := range []struct{ from, to, now, want string }{
		{"0", "200", "50", "25.0"},
		{"62", "20", "41", "50.0"},  // less is more
		{"62", "20", "70", "-19.1"}, // the wrong way, rounded down
		{"0", "3", "2", "66.6"},     // never rounded up
		{"0", "1000000", "999999.999999", "99.9"},
		{"0", "0.1", "0.1", "100.0"}, // 0.1 is no float
		{"0", "3", "4", "133.3"},
		{"5", "5", "5", ""}, // no way to go
		{"5", "9", "", ""},
		{"5", "9", "about 7", ""},
	} {
		if got := (Indicator{Baseline: x.from}).Progress(x.now, x.to); got != x.want {
			t.Errorf("from %s to %s, now %s: %q, wanted %q", x.from, x.to, x.now, got, x.want)
		}
	}
	down := Indicator{Baseline: "62", Targets: []string{"", "30", "", "20", ""}}
	if !down.Reached("20", "20") || down.Reached("21", "20") || !down.Reached("12", "20") {
		t.Error("a figure that is to fall is reached from above")
	}
	for year, want := range map[int]string{1: "30", 2: "30", 3: "20", 4: "20", 7: "20"} {
		if got, _ := down.Target(year); got != want {
			t.Errorf("target of year %d: %s, wanted %s", year, got, want)
		}
	}
}

package domain

import (
	"strings"
	"testing"
	"time"

	"startupfund/domain/charter"
)

// A year that is over is owed until a certified statement of it waits or stands; one that the
// agent sent back is owed again, a provisional one does not do, and closed books end it.
func TestYearsOwed(t *testing.T) {
	found := func(accepted bool) *ExpenditureFinding { return &ExpenditureFinding{Accepted: accepted} }
	provisional := ExpenditureStatement{Year: 2024, N: 1}
	waiting := ExpenditureStatement{Year: 2024, N: 2, Certified: true}
	returned := ExpenditureStatement{Year: 2024, N: 2, Certified: true, Finding: found(false)}
	taken := ExpenditureStatement{Year: 2024, N: 2, Certified: true, Finding: found(true)}
	for _, c := range []struct {
		name  string
		first int
		state ProgrammeState
		said  []ExpenditureStatement
		today string
		want  string
	}{
		{"nothing was transferred", 0, ProgrammeActive, nil, "2026-03-01", ""},
		{"the first year runs", 2026, ProgrammeActive, nil, "2026-12-31", ""},
		{"and is over", 2026, ProgrammeActive, nil, "2027-01-01", "expenditure-2026-IOM by 2027-04-30"},
		{"nothing said of two years", 2024, ProgrammeActive, nil, "2026-03-01", "expenditure-2024-IOM by 2025-04-30, expenditure-2025-IOM by 2026-04-30"},
		{"provisional", 2024, ProgrammeActive, []ExpenditureStatement{provisional}, "2025-03-01", "expenditure-2024-IOM by 2025-04-30"},
		{"waits for the agent", 2024, ProgrammeActive, []ExpenditureStatement{provisional, waiting}, "2025-03-01", ""},
		{"sent back", 2024, ProgrammeActive, []ExpenditureStatement{returned}, "2025-03-01", "expenditure-2024-IOM by 2025-04-30"},
		{"in the books", 2024, ProgrammeActive, []ExpenditureStatement{taken}, "2025-03-01", ""},
		{"in the books, and an interim figure since", 2024, ProgrammeActive, []ExpenditureStatement{taken, {Year: 2024, N: 3}}, "2025-03-01", ""},
		{"activities over, books open", 2024, ProgrammeDone, nil, "2025-03-01", "expenditure-2024-IOM by 2025-04-30"},
		{"books closed", 2024, ProgrammeClosed, nil, "2025-03-01", ""},
	} {
		g := ExpenditureCase{Programme: Programme{State: c.state}, Charter: charter.MustDefault(), Code: "IOM", Shares: true, FirstYear: c.first, Statements: c.said}
		today, err := time.Parse(time.DateOnly, c.today)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range g.Owed(today) {
			got = append(got, d.Key+" by "+d.Due.Format(time.DateOnly))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %q, not %q", c.name, s, c.want)
		}
	}
}

package domain

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"startupfund/domain/charter"
)

// Each vacancy is of the rules in force on its first day: which seats there are, how long
// a term is and how soon one may come back.
func TestEachVacancyIsUnderTheRulesOfItsFirstDay(t *testing.T) {
	r := newRota(3, "ADA", "BEA", "CAI")
	later := r.Charter
	later.Version, later.EffectiveFrom = 2, date("2027-06-26")
	later.Terms.Months.Value, later.Terms.MaxConsecutive.Value = 24, 1
	later.Constituencies = append([]charter.Constituency(nil), later.Constituencies...)
	for i := range later.Constituencies {
		later.Constituencies[i].Seats.Value = map[string]int{"recipients": 2, "network": 4}[later.Constituencies[i].Key]
	}
	r.Seats = append(r.Seats, Seat{r.Seats[0].ID, "network", "network-4"})
	r.sat("ADA", "recipients-1", "2026-06-26", "2027-06-25")
	r.sat("BEA", "recipients-3", "2026-06-26", "2027-06-25")
	r.Charters = []charter.Charter{later, r.Charter}
	say := func(on string) string {
		var lines []string
		for _, v := range r.Vacancies(date(on), date("2027-12-31")) {
			lines = append(lines, fmt.Sprint(v.Name, " ", v.From.Format(time.DateOnly), " ", v.Until.Format(time.DateOnly), " ", v.Since.Format(time.DateOnly)))
		}
		return strings.Join(lines, "; ")
	}
	for on, want := range map[string]string{
		"2026-11-22": "recipients-2 2026-11-22 2027-11-21 2019-05-08; network-4 2027-06-26 2029-06-25 2027-06-26; recipients-1 2027-06-26 2029-06-25 2027-06-26",
		"2027-06-25": "recipients-2 2027-06-25 2028-06-24 2019-05-08; network-4 2027-06-26 2029-06-25 2027-06-26; recipients-1 2027-06-26 2029-06-25 2027-06-26",
		"2027-07-01": "network-4 2027-07-01 2029-06-30 2027-06-26; recipients-1 2027-07-01 2029-06-30 2027-06-26; recipients-2 2027-07-01 2029-06-30 2019-05-08",
	} {
		if got := say(on); got != want {
			t.Errorf("from %s: %s\nwant %s", on, got, want)
		}
	}
	one := r.Vacancies(date("2027-06-26"), date("2027-06-26"))[1]
	if c := r.Before(one, r.orgs["ADA"]); c.Eligible() || c.Reasons[0].Code != ConsecutiveTerms {
		t.Errorf("one term in a row is what the later rules allow: %v", c.Reasons)
	}
	// A seat that the later rules take away is filled until they do.
	r.Terms = nil
	if got := say("2027-01-01"); !strings.Contains(got, "recipients-3 2027-01-01 2027-06-25 2019-05-08") {
		t.Errorf("a seat on its last days: %s", got)
	}
}

// The lot of a vacancy is the same whatever day somebody asks about it.
func TestNobodyPicksTheLotByPickingTheDay(t *testing.T) {
	r := newRota(2, "ADA", "BEA", "CAI", "DOT", "EVE")
	r.sat("ADA", "recipients-1", "2025-01-01", "2025-12-31")
	r.sat("BEA", "recipients-2", "2025-06-01", "2026-05-31")
	seeds := map[string]bool{}
	for n := range 30 {
		day := date("2026-11-01").AddDate(0, 0, n)
		for _, round := range r.Plan(day) {
			seeds[round.Seed] = true
			for _, v := range round.Vacancies {
				for _, c := range v.Candidates {
					if c.Lot != Lot(round.Seed, c.Code) {
						t.Fatalf("%s has a ticket of another lot than %q", c.Code, round.Seed)
					}
				}
			}
		}
	}
	if len(seeds) != 1 || !seeds["MIG00 rotation 2026-01-01"] {
		t.Errorf("lots of a month: %v", seeds)
	}
}

// What is merged into an organisation served as it, sits as it and is no candidate of its own.
func TestAMergeTakesNoTermAway(t *testing.T) {
	r := newRota(2, "ADA", "BEA")
	r.sat("ADA", "recipients-1", "2025-07-01", "2026-06-30")
	r.sat("ADA", "recipients-1", "2026-07-01", "2027-06-30")
	one := r.AsOne(Kin{r.orgs["ADA"]: r.orgs["BEA"]})
	next := one.Vacancies(date("2027-07-01"), date("2027-07-01"))
	for what, v := range map[string]Vacancy{"consecutive-terms": next[0], "already-seated": one.Vacancies(date("2027-01-01"), date("2027-01-01"))[0]} {
		list := one.candidates(v)
		if len(list) != 1 || list[0].Code != "BEA" || list[0].Terms == 0 || list[0].Eligible() || list[0].Reasons[0].Code != what {
			t.Errorf("%s: %+v", what, list)
		}
	}
	if r.Terms[0].Organisation != r.orgs["ADA"] || len(r.candidates(next[0])) != 2 {
		t.Error("what was written down has changed")
	}
}

func TestTheFirstCompositionEnds(t *testing.T) {
	r := newRota(3, "ADA", "BEA", "CAI")
	give := func(seat int, code, from string) error {
		_, err := r.Give(r.Seats[seat], SeatTerm{Organisation: r.orgs[code], From: date(from), Until: date(from).AddDate(0, 6, 0), Note: "letter"})
		return err
	}
	if err := give(1, "ADA", "2026-01-01"); err != nil {
		t.Fatal(err)
	}
	r.sat("ADA", "recipients-1", "2026-01-01", "2026-12-31")
	for _, x := range []struct {
		seat int
		code string
		from string
		err  error
	}{{2, "BEA", "2026-01-01", nil}, {2, "BEA", "2026-01-02", ErrComposed}, {3, "CAI", "2030-01-01", ErrComposed}, {1, "BEA", "2026-01-01", ErrComposed}, {0, "CAI", "2030-01-01", nil}} {
		if err := give(x.seat, x.code, x.from); !errors.Is(err, x.err) {
			t.Errorf("seat %d from %s: %v, want %v", x.seat, x.from, err, x.err)
		}
	}
	r.Seats = append(r.Seats, Seat{r.Seats[0].ID, "recipients", "recipients-4"})
	if err := give(4, "CAI", "2026-01-01"); !errors.Is(err, ErrComposed) {
		t.Errorf("a seat that the rules of the day have not: %v", err)
	}
}

func TestATermThatHasNotBegunIsGivenUpWhole(t *testing.T) {
	term := SeatTerm{From: date("2027-06-26"), Until: date("2028-06-25")}
	for _, x := range []struct {
		today string
		never bool
		err   error
	}{{"2026-11-22", true, nil}, {"2027-06-25", true, nil}, {"2027-06-26", false, ErrRequired}, {"2028-01-01", false, ErrRequired}} {
		got, err := term.GiveUp(Resigned, time.Time{}, date(x.today), "letter")
		if !errors.Is(err, x.err) || got.Never != x.never {
			t.Errorf("on %s: %+v, %v", x.today, got, err)
		}
	}
	if _, err := term.GiveUp(Resigned, time.Time{}, date("2026-11-22"), ""); !errors.Is(err, ErrRequired) {
		t.Errorf("without a paper: %v", err)
	}
}

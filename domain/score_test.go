package domain

import (
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain/charter"
)

// sheetOf is a score sheet with these weights, its criteria called "0", "1", ….
func sheetOf(least, most int, weights ...int) charter.Scoring {
	var s charter.Scoring
	s.Least.Value, s.Most.Value = least, most
	s.NotApplicable.Value, s.Total.Value, s.MinimumAssessors.Value = true, charter.MeanOfAssessors, 2
	for i, w := range weights {
		var c charter.Criterion
		c.Key, c.Weight.Value = fmt.Sprint(i), w
		s.Criteria = append(s.Criteria, c)
	}
	return s
}

// given is points by criterion; -1 leaves one out with a reason.
func given(points ...int) map[string]Points {
	all := map[string]Points{}
	for i, p := range points {
		if p < 0 {
			all[fmt.Sprint(i)] = Points{Reason: "No border is crossed."}
			continue
		}
		all[fmt.Sprint(i)] = Points{Points: &p}
	}
	return all
}

func TestTotal(t *testing.T) {
	strict := sheetOf(1, 5, 50, 50)
	strict.NotApplicable.Value = false
	without := given(3, -1)
	without["1"] = Points{Reason: " "}
	for name, c := range map[string]struct {
		sheet  charter.Scoring
		points map[string]Points
		want   string
	}{
		"all lowest":                    {sheetOf(1, 5, 50, 50), given(1, 1), "0.0000"},
		"all highest":                   {sheetOf(1, 5, 50, 50), given(5, 5), "100.0000"},
		"weights count":                 {sheetOf(1, 5, 90, 10), given(5, 1), "90.0000"},
		"one left out takes its weight": {sheetOf(1, 5, 40, 30, 30), given(5, -1, 1), "57.1429"}, // 100 × 40 ÷ 70
		"a fourth decimal of exactly 5": {sheetOf(0, 32, 99, 1), given(0, 1), "0.0313"},          // 0.03125
		"below half":                    {sheetOf(0, 3, 50, 50), given(1, 0), "16.6667"},
		"a scale from zero":             {sheetOf(0, 3, 50, 50), given(1, 1), "33.3333"},
		"nothing judged":                {sheetOf(1, 5, 50, 50), given(-1, -1), "nothing-scored at /points"},
		"only what weighs nothing":      {sheetOf(1, 5, 0, 100), given(5, -1), "nothing-scored at /points"},
		"off the scale, one missing":    {sheetOf(1, 5, 50, 50), given(6), "off-scale at /points/0/points given=6 least=1 most=5; required at /points/1"},
		"below the scale, one too many": {sheetOf(1, 5, 100), given(0, 3), "unknown-value at /points/1 given=1; off-scale at /points/0/points given=0 least=1 most=5"},
		"left out without a reason":     {sheetOf(1, 5, 50, 50), without, "required at /points/1/reason"},
		"left out where it may not be":  {strict, given(3, -1), "criterion-must-be-scored at /points/1/points"},
	} {
		got, err := Total(c.sheet, c.points)
		text := got.StringFixed(4)
		if err != nil {
			text = err.Error()
		}
		if text != c.want {
			t.Errorf("%s: %s, want %s", name, text, c.want)
		}
	}
}

func TestTotalLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		least := rapid.IntRange(0, 3).Draw(t, "least")
		most := least + rapid.IntRange(1, 97).Draw(t, "steps")
		weights := rapid.SliceOfN(rapid.IntRange(1, 60), 1, 8).Draw(t, "weights")
		sheet := sheetOf(least, most, weights...)
		points := make([]int, len(weights))
		reached, weight := int64(0), int64(0)
		for i := range points {
			points[i] = rapid.IntRange(least-1, most).Draw(t, "points")
			if points[i] < least {
				points[i] = -1
				continue
			}
			reached += int64(weights[i] * (points[i] - least))
			weight += int64(weights[i])
		}
		got, err := Total(sheet, given(points...))
		if weight == 0 {
			if !errors.Is(err, ErrNothingScored) {
				t.Fatalf("nothing judged: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		// Half up to the fourth decimal, in whole numbers: floor((2·10⁶·reached + d) ÷ 2d).
		d := new(big.Int).Mul(big.NewInt(int64(most-least)), big.NewInt(weight))
		exact := new(big.Int).Add(new(big.Int).Mul(big.NewInt(2_000_000), big.NewInt(reached)), d)
		exact.Quo(exact, new(big.Int).Mul(big.NewInt(2), d))
		if want := decimal.NewFromBigInt(exact, -4); !got.Equal(want) {
			t.Fatalf("%v of %v: %s, want %s", points, weights, got, want)
		}
		if got.IsNegative() || got.GreaterThan(decimal.NewFromInt(100)) {
			t.Fatalf("%s", got)
		}
		// A better mark never makes a total worse.
		i := rapid.IntRange(0, len(points)-1).Draw(t, "better")
		if points[i] >= 0 && points[i] < most {
			points[i]++
			if better, err := Total(sheet, given(points...)); err != nil || better.LessThan(got) {
				t.Fatalf("a better mark: %s after %s, %v", better, got, err)
			}
		}
	})
}

func TestAssess(t *testing.T) {
	x, y, z := uuid.New(), uuid.New(), uuid.New()
	score := func(seat uuid.UUID, name string, n int, total string) Score {
		return Score{Seat: seat, SeatName: name, N: n, Total: decimal.RequireFromString(total)}
	}
	sheet := sheetOf(1, 5, 100)
	one := Assess([]Score{score(x, "a", 2, "10.0000"), score(x, "a", 1, "90.0000")}, sheet)
	if one.Total.StringFixed(4) != "10.0000" || one.Assessed || len(one.Scores) != 1 {
		t.Errorf("a change of mind: %+v", one)
	}
	three := []Score{score(z, "c", 1, "33.3333"), score(x, "a", 1, "10.0000"), score(y, "b", 1, "10.0002")}
	if got := Assess(three, sheet); got.Total.StringFixed(4) != "17.7778" || !got.Assessed || got.Scores[0].SeatName != "a" {
		t.Errorf("the mean: %+v", got)
	}
	sheet.Total.Value = charter.SumOfAssessors
	if got := Assess(three, sheet); got.Total.StringFixed(4) != "53.3335" {
		t.Errorf("the sum: %+v", got)
	}
	if got := Assess(nil, sheet); got.Assessed || !got.Total.IsZero() {
		t.Errorf("none: %+v", got)
	}
}

// The charter says what a partner in carrying it out may do, and whether scores
// are blind; what is one's own is refused whatever it says.
func TestWhoScoresAndWhoSees(t *testing.T) {
	ch := charter.MustDefault()
	ours, theirs := uuid.New(), uuid.New()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	own := Proposal{Organisation: ours, Stage: Eligible, Submission: 1}
	state := Proposal{Organisation: theirs, Content: Content{State: ours}, Stage: Eligible, Submission: 1}
	partner := Proposal{Organisation: theirs, Content: Content{Shares: []Asked{{Organisation: ours}}}, Stage: Eligible, Submission: 1}
	stranger := Proposal{Organisation: theirs, Stage: Eligible, Submission: 1}
	early := stranger
	early.Stage = Submitted
	lenient := ch
	lenient.Interests.Kinds = nil
	for _, k := range ch.Interests.Kinds {
		k.Effect.Value = charter.Declare
		lenient.Interests.Kinds = append(lenient.Interests.Kinds, k)
	}
	member := Actor{Hat: Hat{Role: Member, Organisation: ours, Capacity: Representative}, Scope: Any}
	adviser := member
	adviser.Hat.Capacity = Adviser
	seat := []Seating{{Seat: uuid.New(), Constituency: "donors", Organisation: ours}}
	chair := []Seating{{Seat: uuid.New(), Constituency: "chair", Organisation: ours}}
	points := map[string]Points{}
	for _, c := range ch.Scoring.Criteria {
		three := 3
		points[c.Key] = Points{Points: &three}
	}
	for name, c := range map[string]struct {
		p     Proposal
		by    Actor
		seats []Seating
		ch    charter.Charter
		want  error
	}{
		"a stranger's":                       {stranger, member, seat, ch, nil},
		"not yet screened":                   {early, member, seat, ch, ErrProposalStage},
		"own, of an adviser without a seat":  {own, adviser, nil, ch, ErrAdviser},
		"own, without a seat":                {own, member, nil, ch, ErrNoSeat},
		"the Chair, who does not decide":     {stranger, member, chair, ch, ErrNoSeat},
		"own":                                {own, member, seat, ch, ErrOwnProposal},
		"own, under a lenient charter":       {own, member, seat, lenient, ErrOwnProposal},
		"own state, under a lenient charter": {state, member, seat, lenient, ErrOwnProposal},
		"a partner":                          {partner, member, seat, ch, ErrOwnProposal},
		"a partner, under a lenient charter": {partner, member, seat, lenient, nil},
	} {
		_, err := c.p.Score(c.by, c.seats, c.ch, nil, nil, c.p.Submission, points, "", at)
		if !same(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		_, _, seen := c.p.ScoresFor(c.by, c.seats, nil, c.ch)
		hidden := same(c.want, ErrOwnProposal) || len(c.seats) == 0
		if hidden != errors.Is(seen, ErrMissing) {
			t.Errorf("%s: reads scores: %v", name, seen)
		}
	}
	others := []Score{{Seat: uuid.New(), Organisation: theirs}}
	if seen, blind, _ := stranger.ScoresFor(member, seat, others, ch); len(seen) != 0 || !blind {
		t.Errorf("before her own: %v", seen)
	}
	open := ch
	open.Scoring.Blind.Value = false
	if seen, blind, _ := stranger.ScoresFor(member, seat, others, open); len(seen) != 1 || blind {
		t.Errorf("where nothing is blind: %v", seen)
	}
	for _, role := range []Role{Applicant, FocalPoint, Contributor, PUNO, Administrator, Public} {
		if _, _, err := stranger.ScoresFor(Actor{Hat: Hat{Role: role, Organisation: ours}, Scope: Any}, seat, others, ch); !errors.Is(err, ErrMissing) {
			t.Errorf("the %s reads scores", role)
		}
	}
}

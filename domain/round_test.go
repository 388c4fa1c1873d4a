package domain

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain/charter"
)

func TestWhenASecondRoundIsOpened(t *testing.T) {
	ch, at := ruled(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	once := ch
	once.Scoring.SecondRound.Value = charter.NoSecondRound
	p := Proposal{ID: uuid.New(), Stage: Eligible, Submission: 3, AssessedFrom: 2}
	early := p
	early.Stage = Submitted
	given := []Score{{Version: 2, Round: FirstRound}}
	by := Actor{Hat: Hat{Role: Secretariat}}
	for name, c := range map[string]struct {
		p      Proposal
		ch     charter.Charter
		rounds []ScoreRound
		given  []Score
		reason string
		want   error
	}{
		"spoken about":                    {p, ch, nil, given, "Spoken about.", nil},
		"one was about what it said then": {p, ch, []ScoreRound{{Version: 1}}, given, "Spoken about.", nil},
		"one is open":                     {p, ch, []ScoreRound{{Version: 2}}, given, "Spoken about.", ErrSecondRoundOpen},
		"the charter knows none":          {p, once, nil, given, "Spoken about.", ErrNoSecondRound},
		"nobody scored":                   {p, ch, nil, nil, "Spoken about.", ErrNobodyScored},
		"not before the body":             {early, ch, nil, given, "Spoken about.", ErrProposalStage},
		"without a reason":                {p, ch, nil, given, " ", ErrRequired},
	} {
		r, err := c.p.SecondRound(by, c.rounds, c.given, c.ch, c.reason, at)
		if !same(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if err == nil && (r.Version != 3 || c.p.Round(append(c.rounds, r)) != SecondRound || c.p.Round(c.rounds) != FirstRound) {
			t.Errorf("%s: opened as %+v", name, r)
		}
		if may := c.p.MaySecondRound(by, c.rounds, c.given, c.ch); may != (c.want == nil || same(c.want, ErrRequired)) {
			t.Errorf("%s: offered %t", name, may)
		}
	}
}

// Whatever seats score and score again, each counts once: with its second where it gave
// one, else with its first; and both are kept.
func TestTheLastRoundCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sheet := sheetOf(1, 5, 100)
		want, first, again := decimal.Zero, decimal.Zero, 0
		var all []Score
		seats := rapid.IntRange(1, 6).Draw(t, "seats")
		for range seats {
			seat := uuid.New()
			var last, before decimal.Decimal
			n := 0
			for _, round := range []int{FirstRound, SecondRound} {
				times := rapid.IntRange(2-round, 2).Draw(t, "times") // at least one in the first
				for range times {
					n++
					last = decimal.NewFromInt(int64(rapid.IntRange(0, 100).Draw(t, "total")))
					all = append(all, Score{Seat: seat, N: n, Round: round, Total: last})
				}
				if round == FirstRound {
					before = last
				} else if times > 0 {
					again++
				}
			}
			want, first = want.Add(last), first.Add(before)
		}
		sheet.Total.Value = charter.SumOfAssessors
		a := Assess(rapid.Permutation(all).Draw(t, "order"), sheet)
		if !a.Total.Equal(want) || !a.Was.Equal(first) || len(a.Scores) != seats || len(a.First) != again {
			t.Fatalf("%v came to %s and was %s of %d, %d again; want %s, %s, %d, %d", all, a.Total, a.Was, len(a.Scores), len(a.First), want, first, seats, again)
		}
	})
}

func TestSecondScoresAreBlind(t *testing.T) {
	ch, org := ruled(), uuid.New()
	seen := ch
	seen.Scoring.SecondBlind.Value = false
	p := Proposal{Stage: Eligible, Submission: 1}
	decided := p
	decided.Stage = Approved
	seats := []Seating{{Seat: uuid.New(), Constituency: "donors", Organisation: org}}
	first, second := Score{Organisation: org, Round: FirstRound, N: 1}, Score{Organisation: org, Round: SecondRound, N: 2}
	other := Score{Organisation: uuid.New(), Round: SecondRound, N: 1}
	for name, c := range map[string]struct {
		p    Proposal
		by   Role
		ch   charter.Charter
		all  []Score
		want int
	}{
		"her second is not in": {p, Member, ch, []Score{first, other}, 1},
		"it is in":             {p, Member, ch, []Score{first, second, other}, 3},
		"the charter lets see": {p, Member, seen, []Score{first, other}, 2},
		"it is decided":        {decided, Member, ch, []Score{first, other}, 2},
		"the secretariat":      {p, Secretariat, ch, []Score{first, other}, 2},
	} {
		got, _, err := c.p.ScoresFor(Actor{Hat: Hat{Role: c.by, Organisation: org}}, seats, c.all, c.ch)
		if err != nil || len(got) != c.want {
			t.Errorf("%s: sees %d (%v), want %d", name, len(got), err, c.want)
		}
	}
}

func TestConcordance(t *testing.T) {
	sheet := sheetOf(1, 5, 50, 50)
	sheet.TooFew.Value = 2
	scores := func(points ...[]int) (all []Score) {
		for _, p := range points {
			all = append(all, Score{Points: given(p...)})
		}
		return all
	}
	for name, c := range map[string]struct {
		scores []Score
		want   string // "" where it is too little to say
		n      int
	}{
		"nobody":                    {nil, "", 0},
		"one alone":                 {scores([]int{3, 3}), "", 0},
		"all alike":                 {scores([]int{3, 4}, []int{3, 4}), "100.00", 2},
		"opposite ends":             {scores([]int{1, 5}, []int{5, 1}), "0.00", 2},
		"one step of four, in one":  {scores([]int{3, 4}, []int{3, 5}), "87.50", 2},
		"a third, rounded half up":  {scores([]int{1, -1}, []int{1, -1}, []int{2, -1}), "83.33", 3},
		"not applicable is no step": {scores([]int{3, -1}, []int{3, 5}), "", 1},
	} {
		got := Concord(c.scores, sheet)
		if got.Comparisons != c.n || got.Said != (c.want != "") || got.Said && got.Of.StringFixed(2) != c.want {
			t.Errorf("%s: %s of %d (said %t), want %q of %d", name, got.Of.StringFixed(2), got.Comparisons, got.Said, c.want, c.n)
		}
	}
	if k := Concord(scores([]int{2, -1}, []int{5, 4}), sheet).Criteria; k[0] != (CriterionSpread{"0", 2, 2, 5}) || k[1] != (CriterionSpread{"1", 1, 4, 4}) {
		t.Errorf("by criterion: %+v", k)
	}
}

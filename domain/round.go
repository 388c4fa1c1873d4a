package domain

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrNoSecondRound   = problem.New(problem.Conflict, "no-second-round")
	ErrSecondRoundOpen = problem.New(problem.Conflict, "second-round-open")
	ErrNobodyScored    = problem.New(problem.Conflict, "nobody-scored")
)

// The rounds of scores. A seat that gives none in the second keeps its first.
const (
	FirstRound  = 1
	SecondRound = 2
)

// ScoreRound is the second round of scores, opened for what a proposal says once the body
// has spoken about it. It ends with what the proposal says: a material change begins
// with a first round again.
type ScoreRound struct {
	Proposal uuid.UUID
	Version  int // of the submission under review when it was opened
	Reason   string
	Person   uuid.UUID
	At       time.Time
	Due      *time.Time // the instant before which second scores are asked for; nil of one from before there was such a rule
}

// SecondRound opens it, where the charter knows one. given are the scores that count.
func (p Proposal) SecondRound(by Actor, rounds []ScoreRound, given []Score, ch charter.Charter, reason string, at time.Time) (ScoreRound, error) {
	if err := p.secondRound(by, rounds, given, ch); err != nil {
		return ScoreRound{}, err
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return ScoreRound{}, err
	}
	due := ch.Begins(ch.Day(at).AddDate(0, 0, ch.Scoring.SecondDays.Value+1))
	return ScoreRound{Proposal: p.ID, Version: p.Submission, Reason: reason, Person: by.Person, At: at, Due: &due}, nil
}

func (p Proposal) secondRound(by Actor, rounds []ScoreRound, given []Score, ch charter.Charter) error {
	switch {
	case cmp.Or(p.apart(by), p.in(Eligible)) != nil:
		return cmp.Or(p.apart(by), p.in(Eligible))
	case ch.Scoring.SecondRound.Value == charter.NoSecondRound:
		return ErrNoSecondRound
	case p.Second(rounds) != nil:
		return ErrSecondRoundOpen.With("ref", p.Ref)
	case len(given) == 0:
		return ErrNobodyScored.With("ref", p.Ref)
	}
	return nil
}

// MaySecondRound tells whether by can open it now, by the rules of the act.
func (p Proposal) MaySecondRound(by Actor, rounds []ScoreRound, given []Score, ch charter.Charter) bool {
	return (by.Hat.Role == Secretariat || by.Hat.Role == Coordinator) && p.secondRound(by, rounds, given, ch) == nil
}

// Second is the second round that is open for what the proposal says now; nil where
// there is none.
func (p Proposal) Second(rounds []ScoreRound) *ScoreRound {
	for i := range rounds {
		if rounds[i].Version >= p.AssessedFrom && rounds[i].Version <= p.Submission {
			return &rounds[i]
		}
	}
	return nil
}

// Round is the one in which a score is given now.
func (p Proposal) Round(rounds []ScoreRound) int {
	if p.Second(rounds) != nil {
		return SecondRound
	}
	return FirstRound
}

// blindAgain takes the second scores of others out of a member's sight until her own
// is in, where the charter says so and as long as one can be given.
func (p Proposal) blindAgain(by Actor, all []Score, ch charter.Charter) []Score {
	second := func(s Score) bool { return s.Round == SecondRound }
	if !p.AwaitsSecond(by, all, ch) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), second)
}

// AwaitsSecond tells whether a member sees no second score because her own is not in.
// It says nothing of whether there are any.
func (p Proposal) AwaitsSecond(by Actor, all []Score, ch charter.Charter) bool {
	own := func(s Score) bool { return s.Round == SecondRound && s.Organisation == by.Hat.Organisation }
	return by.Hat.Role == Member && ch.Scoring.SecondBlind.Value && p.Stage == Eligible && !slices.ContainsFunc(all, own)
}

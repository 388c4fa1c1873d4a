package domain

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrNoSeat        = problem.New(problem.Denied, "no-seat")
	ErrAdviser       = problem.New(problem.Denied, "adviser-does-not-decide")
	ErrOwnProposal   = problem.New(problem.Denied, "own-proposal")
	ErrWorkedOn      = problem.New(problem.Denied, "worked-on-it") // another person than who writes it judges it
	ErrOffScale      = problem.New(problem.Invalid, "off-scale")
	ErrNotApplicable = problem.New(problem.Invalid, "criterion-must-be-scored")
	ErrNothingScored = problem.New(problem.Invalid, "nothing-scored")
	// ErrFirstStands refuses another score of a first round in which others' can be read. It names the proposal.
	ErrFirstStands = problem.New(problem.Conflict, "first-score-stands")
	// ErrSecondStands refuses another second score once others' second scores can be read. It names the proposal.
	ErrSecondStands = problem.New(problem.Conflict, "second-score-stands")
	ErrOtherVersion = problem.New(problem.Conflict, "another-version-by-now") // judged is what was read
)

// Seating is a seat that an organisation holds on the day, and what it has put on
// record about the proposal at hand, on any agenda.
type Seating struct {
	Seat         uuid.UUID
	Name         string
	Constituency string
	Organisation uuid.UUID
	Declared     []charter.InterestKind
}

// Recusals are the declared interests that take a seat out of judging.
func (s Seating) Recusals(ch charter.Charter) (kinds []charter.InterestKind) {
	for _, k := range s.Declared {
		if ch.Interests.Effect(k).Recuses() {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func (s Seating) recused(ch charter.Charter) (charter.InterestKind, bool) {
	if kinds := s.Recusals(ch); len(kinds) > 0 {
		return kinds[0], true
	}
	return "", false
}

// Points is what an assessor gives one criterion: a step of the scale, or nil
// where it cannot be judged, and then why.
type Points struct {
	Points *int
	Reason string
}

// Score is one seat's assessment of one submission. A correction is a new one with the
// next N, where scores are blind before others' can be read; so is a score of the second
// round. The last counts, unless an interest has come to keep its organisation from judging.
type Score struct {
	Proposal     uuid.UUID
	Version      int // of the submission
	Seat         uuid.UUID
	SeatName     string
	N            int
	Round        int // FirstRound or SecondRound
	Organisation uuid.UUID
	Person       uuid.UUID
	Points       map[string]Points
	Total        decimal.Decimal // 0 to 100, four decimals
	Comment      string
	At           time.Time
	Recused      bool // by now: it is kept and read, and counts for nothing
}

// interest lists the stakes that an organisation has in a proposal: a state's in
// its own, an organisation's in what it applies for or would carry out, without those
// that were set aside.
func (p Proposal) interest(organisation uuid.UUID) []charter.InterestKind {
	return slices.DeleteFunc(p.stakes(organisation), func(k charter.InterestKind) bool { return slices.Contains(p.Aside[organisation], k) })
}

func (p Proposal) stakes(organisation uuid.UUID) (kinds []charter.InterestKind) {
	if p.Kin.Among(p.States(), organisation) {
		kinds = append(kinds, charter.OwnState)
	}
	if p.Kin.Same(p.Organisation, organisation) {
		kinds = append(kinds, charter.OwnOrganisation)
	}
	if slices.ContainsFunc(p.Shares, func(s Asked) bool { return p.Kin.Same(s.Organisation, organisation) }) {
		kinds = append(kinds, charter.ImplementingPartner)
	}
	return kinds
}

// Recusals are the stakes that keep an organisation from judging the proposal. Nobody
// judges one's own, though it was set aside for the item on which the body decides.
func (p Proposal) Recusals(organisation uuid.UUID, ch charter.Charter) (kinds []charter.InterestKind) {
	for _, k := range p.stakes(organisation) {
		carries := k == charter.ImplementingPartner
		if !carries || ch.Interests.Effect(k).Recuses() && !slices.Contains(p.Aside[organisation], k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// assessor is the seat for which somebody may score, or why she may not: it sits
// today and decides, she represents it, and the proposal is nothing of its
// organisation's own. One's own is refused whatever the charter says; of what
// one would help to carry out, the charter decides.
func (p Proposal) assessor(by Actor, seats []Seating, ch charter.Charter) (Seating, error) {
	if by.Hat.Capacity == Adviser {
		return Seating{}, ErrAdviser
	}
	if err := p.apart(by); err != nil {
		return Seating{}, err
	}
	for _, s := range seats {
		if s.Organisation != by.Hat.Organisation || s.Constituency == "chair" && !ch.Body.Chair.Decides.Value {
			continue
		}
		if len(p.Recusals(s.Organisation, ch)) > 0 {
			return Seating{}, ErrOwnProposal.With("ref", p.Ref)
		}
		if k, recused := s.recused(ch); recused {
			return Seating{}, ErrRecused.With("reason", string(k))
		}
		return s, p.in(Eligible)
	}
	return Seating{}, ErrNoSeat
}

// Score takes a member's assessment of the submission under review, which must be
// the one that she read. given are the scores of that submission so far, rounds what was
// opened of second rounds.
func (p Proposal) Score(by Actor, seats []Seating, ch charter.Charter, rounds []ScoreRound, given []Score, read int, points map[string]Points, comment string, at time.Time) (Score, error) {
	seat, err := p.assessor(by, seats, ch)
	if err != nil {
		return Score{}, err
	}
	if err := p.scored(read); err != nil {
		return Score{}, err
	}
	total, err := Total(ch.Scoring, points)
	if err != nil {
		return Score{}, err
	}
	if len([]rune(comment)) > longestReason {
		return Score{}, ErrTooLong.With("limit", longestReason).At("/comment")
	}
	if err := problem.Join(plain(comment, "/comment")); err != nil {
		return Score{}, err
	}
	if err := p.stands(seat, ch, rounds, given); err != nil {
		return Score{}, err
	}
	n := 1
	for _, s := range given {
		if s.Seat == seat.Seat {
			n = max(n, s.N+1)
		}
	}
	return Score{Proposal: p.ID, Version: p.Submission, Seat: seat.Seat, SeatName: seat.Name, N: n, Round: p.Round(rounds), Organisation: seat.Organisation,
		Person: by.Person, Points: points, Total: total, Comment: comment, At: at}, nil
}

// stands refuses to change a seat's blind score of the round that runs.
func (p Proposal) stands(seat Seating, ch charter.Charter, rounds []ScoreRound, given []Score) error {
	round, blind, refused := p.Round(rounds), ch.Scoring.Blind.Value, ErrFirstStands
	if round == SecondRound {
		blind, refused = ch.Scoring.SecondBlind.Value, ErrSecondStands
	}
	of := slices.DeleteFunc(slices.Clone(given), func(s Score) bool { return s.Round != round })
	if blind && inSight(seat.Organisation, of) {
		return refused.With("ref", p.Ref)
	}
	return nil
}

// MayScore tells whether by may give a score now, or another in its place.
func (p Proposal) MayScore(by Actor, seats []Seating, ch charter.Charter, rounds []ScoreRound, given []Score) bool {
	seat, err := p.assessor(by, seats, ch)
	return err == nil && p.stands(seat, ch, rounds, given) == nil
}

// inSight tells whether an organisation has scored and so reads what others gave in the same
// round: what it gave blind then stands, of the first until there is a second, of the second
// for good. Who came to a seat after another has not.
func inSight(organisation uuid.UUID, given []Score) bool {
	own := func(s Score) bool { return s.Organisation == organisation }
	return slices.ContainsFunc(given, own) && slices.ContainsFunc(given, func(s Score) bool { return !own(s) })
}

// scored refuses a score about another submission than the one under review: what
// has been submitted since she has not read.
func (p Proposal) scored(read int) error {
	switch {
	case read < 1:
		return ErrRequired.At("/version")
	case read != p.Submission:
		return ErrOtherVersion.With("ref", p.Ref, "read", read, "version", p.Submission)
	}
	return nil
}

// Total weighs a score sheet to a number from 0 (all on the lowest step) to 100
// (all on the highest):
//
//	100 × Σ weight × (points − least) ÷ ((most − least) × Σ weight)
//
// over the criteria that were judged: one left out, where the charter allows it
// and a reason is given, takes its weight with it, and the others count for all.
// There is one division, the last step, and the fourth decimal is rounded half
// up there: nothing is rounded before. The sheet must be the charter's, each of
// its criteria and no other, each on its scale.
func Total(sheet charter.Scoring, points map[string]Points) (decimal.Decimal, error) {
	if err := problem.Join(sheetFaults(sheet, points)); err != nil {
		return decimal.Decimal{}, err
	}
	reached, weight := int64(0), int64(0)
	for _, k := range sheet.Criteria {
		if given := points[k.Key].Points; given != nil {
			reached += int64(k.Weight.Value) * int64(*given-sheet.Least.Value)
			weight += int64(k.Weight.Value)
		}
	}
	if weight == 0 {
		return decimal.Decimal{}, ErrNothingScored.At("/points")
	}
	whole := int64(sheet.Most.Value-sheet.Least.Value) * weight
	return decimal.NewFromInt(100*reached).DivRound(decimal.NewFromInt(whole), 4), nil
}

func sheetFaults(sheet charter.Scoring, points map[string]Points) (found []problem.Problem) {
	var keys []string
	for key := range points {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if _, known := sheet.Criterion(key); !known {
			found = append(found, ErrUnknownWord.With("given", clip(key)).At("/points/"+pointer(key)))
		}
	}
	for _, k := range sheet.Criteria {
		field := "/points/" + pointer(k.Key)
		given, there := points[k.Key]
		switch {
		case !there:
			found = append(found, ErrRequired.At(field))
		case given.Points != nil && !sheet.OnScale(*given.Points):
			found = append(found, ErrOffScale.With("given", *given.Points, "least", sheet.Least.Value, "most", sheet.Most.Value).At(field+"/points"))
		case given.Points == nil && !sheet.NotApplicable.Value:
			found = append(found, ErrNotApplicable.At(field+"/points"))
		case given.Points == nil:
			found = append(found, written(given.Reason, field+"/reason", longestReason)...)
		default:
			found = append(found, plain(given.Reason, field+"/reason")...)
		}
	}
	return found
}

// Assessment is what the scores of one submission come to.
type Assessment struct {
	Scores   []Score         // those that count: each seat's last, by seat name
	Total    decimal.Decimal // mean or sum, as the call or else the charter says, four decimals, half up
	Assessed bool            // whether there are as many as the charter asks
	First    []Score         // of the seats that scored again: what they gave in the first round
	Was      decimal.Decimal // what the first round came to
	Recused  []Score         // each seat's last of those that count no more, by seat name
}

// Assess puts the scores of one submission together. A seat's last counts: of the
// second round where it gave one there, or else of the first. What was given by whoever is
// recused by now stands beside them.
func Assess(all []Score, sheet charter.Scoring) Assessment {
	all, recused := stillJudging(all)
	a := Assessment{Scores: lastOfEach(all), Recused: lastOfEach(recused)}
	a.Assessed, a.Total = len(a.Scores) >= sheet.MinimumAssessors.Value, comeTo(a.Scores, sheet)
	first := lastOfEach(slices.DeleteFunc(slices.Clone(all), func(s Score) bool { return s.Round == SecondRound }))
	a.Was = comeTo(first, sheet)
	for _, s := range first {
		if slices.ContainsFunc(a.Scores, func(x Score) bool { return x.Seat == s.Seat && x.Round == SecondRound }) {
			a.First = append(a.First, s)
		}
	}
	return a
}

// lastOfEach is each seat's last score, by seat name.
func lastOfEach(all []Score) (list []Score) {
	last := map[uuid.UUID]Score{}
	for _, s := range all {
		if was, ok := last[s.Seat]; !ok || s.N > was.N {
			last[s.Seat] = s
		}
	}
	for _, s := range last {
		list = append(list, s)
	}
	slices.SortFunc(list, func(x, y Score) int {
		return cmp.Or(cmp.Compare(x.SeatName, y.SeatName), cmp.Compare(x.Seat.String(), y.Seat.String()))
	})
	return list
}

// comeTo is what scores come to: their mean or their sum.
func comeTo(scores []Score, sheet charter.Scoring) decimal.Decimal {
	sum := decimal.Zero
	for _, s := range scores {
		sum = sum.Add(s.Total)
	}
	if len(scores) > 0 && sheet.Total.Value == charter.MeanOfAssessors {
		return sum.DivRound(decimal.NewFromInt(int64(len(scores))), 4)
	}
	return sum
}

// ScoreSight is what takes the scores of a proposal out of somebody's sight, under the
// charter that it is judged by. The zero value sees them all.
type ScoreSight struct {
	Nothing  bool                   // the hat has no part in judging
	Stakes   []charter.InterestKind // that follow from what a proposal says: each hides its scores
	OnRecord bool                   // whatever is on record hides them too,
	Harmless []charter.InterestKind // but for these
	OwnFirst bool                   // others' only once one's own is in
	Apart    bool                   // whoever wrote the proposal sees none, under this hat
}

// SightOfScores is what of the scores a hat sees. Who handed a proposal in on the word of
// its applicant's letter has not written it. Sits tells whether the hat's
// organisation holds a seat that the hat speaks for.
func SightOfScores(by Actor, sits bool, ch charter.Charter) (s ScoreSight) {
	onRecord := func() {
		s.OnRecord = sits
		for _, k := range ch.Interests.Kinds {
			if !k.Effect.Value.Recuses() {
				s.Harmless = append(s.Harmless, k.Kind)
			}
		}
	}
	ofTheHouse := func(effect charter.Effect) {
		if effect.Includes(charter.LoseSight) {
			s.Stakes = []charter.InterestKind{charter.OwnState, charter.OwnOrganisation, charter.ImplementingPartner}
		}
	}
	s.Apart = by.Hat.Role != Auditor
	switch by.Hat.Role {
	case Auditor:
	case Secretariat:
		ofTheHouse(ch.Interests.Chair.Secretariat.Value)
	case Coordinator:
		ofTheHouse(ch.Interests.Chair.OwnOrganisation.Value)
		onRecord()
	case Member:
		onRecord()
		s.Nothing, s.OwnFirst = !sits, ch.Scoring.Blind.Value
		s.Stakes = []charter.InterestKind{charter.OwnState, charter.OwnOrganisation}
		if ch.Interests.Effect(charter.ImplementingPartner).Recuses() {
			s.Stakes = append(s.Stakes, charter.ImplementingPartner)
		}
	default:
		s.Nothing = true
	}
	return s
}

// ScoresFor is how much of the scores of a submission somebody sees. An assessor
// sees her own alone until it is in (where the charter says so), then all; who
// has lost sight of the item, and who has no part in judging it, sees nothing,
// not even that there are any: ErrMissing. blind tells that others may exist.
func (p Proposal) ScoresFor(by Actor, seats []Seating, all []Score, ch charter.Charter) (seen []Score, blind bool, err error) {
	ours := func(s Seating) bool { return s.Organisation == by.Hat.Organisation }
	sight := SightOfScores(by, slices.ContainsFunc(seats, ours), ch)
	stakes := slices.ContainsFunc(p.interest(by.Hat.Organisation), func(k charter.InterestKind) bool { return slices.Contains(sight.Stakes, k) })
	if p.Submission == 0 || sight.Nothing || stakes || sight.Apart && p.Hands.wrote(by.Person) || slices.ContainsFunc(seats, sight.declared) {
		return nil, false, ErrMissing
	}
	in := slices.ContainsFunc(all, func(s Score) bool { return s.Organisation == by.Hat.Organisation })
	if sight.OwnFirst && !in {
		return nil, true, nil
	}
	return p.blindAgain(by, all, ch), false, nil
}

func (s ScoreSight) declared(of Seating) bool {
	return s.OnRecord && slices.ContainsFunc(of.Declared, func(k charter.InterestKind) bool { return !slices.Contains(s.Harmless, k) })
}

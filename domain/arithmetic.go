package domain

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// Outcome is what a count comes to.
type Outcome string

const (
	NoQuorum   Outcome = "no-quorum"
	Blocked    Outcome = "blocked"    // an objection stands
	Waiting    Outcome = "waiting"    // somebody awaits instructions
	Silent     Outcome = "silent"     // somebody has not spoken whose silence does not join
	NobodyYet  Outcome = "nobody-yet" // nobody joins
	Tied       Outcome = "tied"       // the Chair casts
	Adopted    Outcome = "adopted"
	NotAdopted Outcome = "not-adopted" // a vote that fell
)

// Arithmetic is the count of a question: who counts, who is there, what is
// needed, what there is. It follows from a roll, presences, positions and the
// charter, and from nothing else: whoever has the record can count again.
type Arithmetic struct {
	Procedure charter.Procedure
	Seats     []SeatCount // in the order of the roll

	QuorumApplies  bool
	QuorumOf       charter.QuorumBase
	QuorumBase     int // the number of which the quorum is a share
	QuorumNeeded   int
	Present        int // who count towards it: present and not recused
	Constituencies []ConstituencyCount
	QuorumMet      bool

	Joins, Aside, Blocks, Waits int // of those who decide; silence that joins is among Joins
	Silent                      int // present, decide, and have not spoken
	Unanswered                  int // of the silent, in a vote: were called and did not answer
	Unheard                     int // were against a text before this one, there or gone, and have not spoken: their silence never joins
	Unconfirmed                 int // of those who join, ad referendum, and whose capital may still speak

	MajorityOf     charter.MajorityBase // of a vote, else ""
	MajorityBase   int
	MajorityNeeded int
	MajorityAtMost int // needed when all who are present say yes or no

	Outcome Outcome
}

// SeatCount is one seat of the roll in the count.
type SeatCount struct {
	RollSeat
	Counts     bool // towards the quorum, unless recused
	Decides    bool // takes positions, unless recused
	Present    bool
	Last       *Position // the one that counts
	Effect     charter.PositionEffect
	Silent     bool
	Unanswered bool // silent, and was called in vain
	Unheard    bool // its last word blocks or waits, and was of a text before this one

	AdReferendum bool // it joined subject to its capital, and Referred is where that stands
	Referred     Referred
}

// ConstituencyCount is one constituency's part in the quorum.
type ConstituencyCount struct {
	Key       string
	Sitting   int
	Recused   int
	Present   int // and not recused
	Needed    int
	Met       bool
	IfOneLeft bool // whether there would be a quorum if one of its present went
}

// Count does the arithmetic. Present tells, by seat, who is in the room, and called who did
// not answer in a roll call; of positions each seat's last counts, in the room or gone since:
// what was said stands. One on a former text does not count; but in a question that silence can
// carry, whoever was against that text is not taken to be for this one until heard.
func Count(c charter.Charter, by charter.Procedure, roll []RollSeat, present, called map[uuid.UUID]bool, positions []Position) Arithmetic {
	a := Arithmetic{Procedure: by, QuorumApplies: quorumApplies(c.Body, by), QuorumOf: c.Body.Quorum.Of.Value}
	for _, r := range roll {
		s := SeatCount{RollSeat: r, Present: present[r.Seat]}
		s.Counts = !r.Chair || c.Body.Chair.QuorumCount.Value
		s.Decides = !r.Chair || c.Body.Chair.Decides.Value
		var former *Position
		for _, p := range positions {
			of := &s.Last
			if p.Former {
				of = &former
			}
			if p.Seat == r.Seat && (*of == nil || p.N > (*of).N) {
				*of = &p
			}
		}
		if s.Last != nil {
			known, _ := c.Body.Position(by, s.Last.Key)
			if s.Effect = known.Effect.Value; s.Effect == charter.AdReferendum {
				a.refer(c, &s)
			}
		}
		s.Silent = s.Last == nil && s.Present && s.Decides && !r.Recused
		s.Unanswered = s.Silent && called[r.Seat]
		if former != nil && s.Last == nil && s.Decides && !r.Recused && by != charter.ByVote {
			known, _ := c.Body.Position(by, former.Key)
			s.Unheard = known.Effect.Value == charter.Blocks || known.Effect.Value == charter.Waits
		}
		a.Seats = append(a.Seats, s)
	}
	a.countQuorum(c)
	a.countPositions(c)
	a.Outcome = a.outcome(c)
	return a
}

func quorumApplies(b charter.Body, by charter.Procedure) bool {
	switch by {
	case charter.ByConsensus:
		return b.Consensus.QuorumApplies.Value
	case charter.ByNoObjection:
		return b.NoObjection.QuorumApplies.Value
	}
	return b.Vote.QuorumApplies.Value
}

func (a *Arithmetic) countQuorum(c charter.Charter) {
	sitting, unrecused := 0, 0
	for _, s := range a.Seats {
		if !s.Counts {
			continue
		}
		sitting++
		if !s.Recused {
			unrecused++
			if s.Present {
				a.Present++
			}
		}
	}
	switch a.QuorumOf {
	case charter.SittingUnrecused:
		a.QuorumBase = unrecused
	case charter.Sitting:
		a.QuorumBase = sitting
	case charter.AllSeats:
		a.QuorumBase = c.SeatCount()
		if c.Body.Chair.QuorumCount.Value {
			a.QuorumBase++
		}
	}
	a.QuorumNeeded = c.Body.QuorumNeeded(a.QuorumBase)
	for _, k := range c.Constituencies {
		a.Constituencies = append(a.Constituencies, a.constituency(c, k.Key))
	}
	a.QuorumMet = a.met("")
	for i, k := range a.Constituencies {
		a.Constituencies[i].IfOneLeft = a.met(k.Key)
	}
}

func (a *Arithmetic) constituency(c charter.Charter, key string) ConstituencyCount {
	k := ConstituencyCount{Key: key, Needed: c.Body.Quorum.PerConstituency.Value}
	for _, s := range a.Seats {
		switch {
		case s.Constituency != key:
			continue
		case s.Recused:
			k.Recused++
		case s.Present:
			k.Present++
		}
		k.Sitting++
	}
	emptied := k.Sitting > 0 && k.Recused == k.Sitting && c.Interests.Emptied.Value == charter.LowersQuorum
	vacant := k.Sitting == 0 && c.Body.Quorum.Vacant.Value == charter.VacantNotCounted
	if emptied || vacant {
		k.Needed = 0
	}
	k.Met = k.Present >= k.Needed
	return k
}

// met tells whether there is a quorum, after one present of the constituency
// that is named, if any, went.
func (a *Arithmetic) met(leaver string) bool {
	if !a.QuorumApplies {
		return true
	}
	present := a.Present
	for _, k := range a.Constituencies {
		here := k.Present
		if k.Key == leaver && here > 0 {
			here, present = here-1, present-1
		}
		if here < k.Needed {
			return false
		}
	}
	return present >= a.QuorumNeeded
}

func (a *Arithmetic) countPositions(c charter.Charter) {
	rolled, inRoom, join := 0, 0, 0
	for _, s := range a.Seats {
		if !s.Decides || s.Recused {
			continue
		}
		rolled++
		if s.Present || s.Last != nil {
			inRoom++
		}
		if s.Unheard {
			a.Unheard++
		}
		switch {
		case s.Silent:
			a.Silent++
			if s.Unanswered {
				a.Unanswered++
			}
			if !s.Unheard {
				join++
			}
		case s.Effect == charter.Joins:
			a.Joins++
		case s.Effect == charter.Aside:
			a.Aside++
		case s.Effect == charter.Blocks:
			a.Blocks++
		case s.Effect == charter.Waits:
			a.Waits++
		}
	}
	if a.silenceJoins(c) {
		a.Joins += join
	}
	if a.Procedure != charter.ByVote {
		return
	}
	a.MajorityOf = c.Body.Vote.Of.Value
	a.MajorityBase, a.MajorityAtMost = rolled, rolled
	switch a.MajorityOf {
	case charter.PresentAndVoting:
		a.MajorityBase, a.MajorityAtMost = a.Joins+a.Blocks, a.Joins+a.Blocks+a.Silent
	case charter.Present:
		a.MajorityBase, a.MajorityAtMost = inRoom, inRoom
	}
	a.MajorityNeeded = c.Body.MajorityNeeded(a.MajorityBase)
	a.MajorityAtMost = c.Body.MajorityNeeded(a.MajorityAtMost)
}

func (a *Arithmetic) outcome(c charter.Charter) Outcome {
	vote := a.Procedure == charter.ByVote
	switch {
	case !a.QuorumMet:
		return NoQuorum
	case a.Blocks > 0 && !vote:
		return Blocked
	case a.Waits > 0:
		return Waiting
	case vote && a.Joins+a.Aside+a.Blocks == 0:
		return NobodyYet // nothing falls by silence alone
	case a.Uncalled(c) > 0:
		return Silent
	case vote && a.Joins >= a.MajorityNeeded:
		return Adopted
	case vote && a.Joins > 0 && a.Joins == a.Blocks && c.Body.Vote.Tie.Value == charter.ChairCasts:
		return Tied
	case vote:
		return NotAdopted
	case a.Unheard > 0 || a.Silent > 0 && !a.silenceJoins(c):
		return Silent
	case a.Joins == 0:
		return NobodyYet
	case a.Unconfirmed > 0 && c.Body.Consensus.Referendum.Waits.Value:
		return Unconfirmed
	}
	return Adopted
}

// silenceJoins tells whether whoever is asked and does not speak is for the question.
func (a *Arithmetic) silenceJoins(c charter.Charter) bool {
	switch a.Procedure {
	case charter.ByConsensus:
		return c.Body.Consensus.SilentJoin.Value
	case charter.ByNoObjection:
		return c.Body.NoObjection.SilenceCounts.Value
	}
	return false
}

// quorum refuses where there is none, and names what is wanting.
func (a Arithmetic) quorum() error {
	if a.QuorumMet {
		return nil
	}
	var wanting []string
	for _, k := range a.Constituencies {
		if !k.Met {
			wanting = append(wanting, k.Key)
		}
	}
	return ErrQuorum.With("present", a.Present, "needed", a.QuorumNeeded, "base", a.QuorumBase, "of", string(a.QuorumOf),
		"wanting", strings.Join(wanting, ", "))
}

// Spare is how many may leave before the number present falls below the quorum,
// whatever their constituency; below zero, how many are wanting.
func (a Arithmetic) Spare() int { return a.Present - a.QuorumNeeded }

// seats are the names of those whose last position has an effect.
func (a Arithmetic) seats(which func(SeatCount) bool) string {
	var names []string
	for _, s := range a.Seats {
		if s.Decides && !s.Recused && which(s) {
			names = append(names, s.Name+" ("+s.Code+")")
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

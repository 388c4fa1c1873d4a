package domain

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// What ShareOut comes to is as good as the best of all that could be done, tried one
// by one: as many asked, as even, as spread, as many leads, in this order.
func TestShareOutIsTheBestThereIs(t *testing.T) {
	constituencies := []string{"donors", "network", "recipients"}
	shipped := charter.MustDefault()
	for seed := range uint64(400) {
		r, ch := rand.New(rand.NewPCG(seed, 7)), shipped
		ch.Scoring.MinimumAssessors.Value, ch.Scoring.Assessors.Value = 1, 1+r.IntN(3)
		var sitting []Sitting
		for i := range 2 + r.IntN(4) {
			sitting = append(sitting, Sitting{Seat: Seat{ID: uuid.New(), Name: fmt.Sprint("seat-", i), Constituency: constituencies[r.IntN(3)]},
				Organisation: uuid.New(), Code: []string{"IOM", "ILO", "XX"}[r.IntN(3)]})
		}
		var entries []ToAssess
		for i := range 1 + r.IntN(3) {
			e := ToAssess{Rules: ch, Declared: map[uuid.UUID][]charter.InterestKind{},
				Proposal: Proposal{ID: uuid.New(), Ref: fmt.Sprint("P-", i), Stage: Eligible, Submission: 1, Content: Content{Objectives: []int{1 + r.IntN(23)}}}}
			for _, s := range sitting {
				switch r.IntN(6) {
				case 0:
					e.Declared[s.Organisation] = []charter.InterestKind{charter.Personal}
				case 1:
					e.Scored = append(e.Scored, s.ID)
				case 2:
					e.Asked = append(e.Asked, Assignment{ID: uuid.New(), Seat: s.ID})
				}
			}
			entries = append(entries, e)
		}
		got := worth(t, entries, sitting, ShareOut(entries, sitting).Given)
		best := got
		everyWay(entries, sitting, func(given []Shared) {
			if w := worth(t, entries, sitting, given); better(w, best) {
				best = w
			}
		})
		if best != got {
			t.Fatalf("seed %d: shared out to %v, and %v could be had", seed, got, best)
		}
	}
}

// worth is how many are asked, the squares of the loads, how many share a
// constituency, how many lead.
func worth(t *testing.T, entries []ToAssess, sitting []Sitting, given []Shared) (w [4]int) {
	load, of := Load(entries, sitting), map[string]int{}
	for _, e := range entries {
		for _, a := range e.Assessors(sitting) {
			for _, seat := range e.taken(sitting) {
				if seat == a.ID {
					of[e.Proposal.Ref+a.Constituency]++
				}
			}
		}
	}
	seen := map[string]bool{}
	for _, x := range given {
		key := x.Proposal.Ref + x.Assessor.Name
		if len(x.Assessor.Kept) > 0 || seen[key] {
			t.Fatalf("%s is asked and may not, or twice", key)
		}
		seen[key] = true
		load[x.Assessor.ID]++
		w[2] += of[x.Proposal.Ref+x.Assessor.Constituency]
		of[x.Proposal.Ref+x.Assessor.Constituency]++
		if len(x.Assessor.Leads) > 0 {
			w[3]++
		}
	}
	w[0] = len(given)
	for _, n := range load {
		w[1] += n * n
	}
	return w
}

func better(a, b [4]int) bool {
	switch {
	case a[0] != b[0]:
		return a[0] > b[0]
	case a[1] != b[1]:
		return a[1] < b[1]
	case a[2] != b[2]:
		return a[2] < b[2]
	}
	return a[3] > b[3]
}

// everyWay tries every way to give the entries no more assessors than they lack.
func everyWay(entries []ToAssess, sitting []Sitting, try func([]Shared)) {
	var given []Shared
	var from func(e, a, left int)
	from = func(e, a, left int) {
		if e == len(entries) {
			try(given)
			return
		}
		assessors := entries[e].Assessors(sitting)
		if a == len(assessors) {
			next := 0
			if e+1 < len(entries) {
				next = entries[e+1].Lacking(sitting)
			}
			from(e+1, 0, next)
			return
		}
		from(e, a+1, left)
		x := assessors[a]
		for _, seat := range entries[e].taken(sitting) {
			if seat == x.ID {
				return
			}
		}
		if left > 0 && len(x.Kept) == 0 {
			given = append(given, Shared{entries[e].Proposal, x})
			from(e, a+1, left-1)
			given = given[:len(given)-1]
		}
	}
	from(0, 0, entries[0].Lacking(sitting))
}

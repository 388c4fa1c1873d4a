package domain

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ErrNotCovered refuses a grant for which the money is not there. Asked and
// available are in the fund's currency, earmarks the pots that were open to it.
var ErrNotCovered = problem.New(problem.Conflict, "grant-not-covered")

// ProgrammeState is where a programme is in its life.
type ProgrammeState string

const (
	ProgrammePast      ProgrammeState = "past"     // of the fund's history: its life is not recorded here
	ProgrammeApproved  ProgrammeState = "approved" // granted, not yet begun
	ProgrammeActive    ProgrammeState = "active"
	ProgrammeSuspended ProgrammeState = "suspended"
	ProgrammeCancelled ProgrammeState = "cancelled"
	ProgrammeDone      ProgrammeState = "operationally-closed" // no more activities
	ProgrammeClosed    ProgrammeState = "financially-closed"   // nothing can be charged
)

// Paid tells whether an organisation of a programme in this state may be paid: not
// while it is stopped, and not after its end in the books.
func (s ProgrammeState) Paid() bool {
	return s == ProgrammeApproved || s == ProgrammeActive || s == ProgrammeDone
}

// Programme is a joint programme: what an adopted grant becomes.
type Programme struct {
	ID             uuid.UUID
	Code           string // "JP-2026-001"
	Proposal       uuid.UUID
	Decision       uuid.UUID
	Title          string
	Area           string
	Shares         []GrantShare
	State          ProgrammeState
	StartsOn       *time.Time // days; nil until they are known
	EndsOn         *time.Time
	CharterVersion int
	Preparation    bool // of a joint programme document: no programme yet, and without its reports and changes
	Version        int  // counts its steps
	CreatedAt      time.Time
}

// ProgrammeStep is something that happened to a programme in its life: what it was
// from then on, why, and by which decision.
type ProgrammeStep struct {
	Name     string // "start", "extend", "suspend"
	State    ProgrammeState
	StartsOn *time.Time
	EndsOn   *time.Time
	Decision uuid.UUID // Nil where the body did not decide it
	Reason   string
	Person   uuid.UUID
	At       time.Time
}

// Step gives the programme after something happened to it, with the days it had.
// Whoever calls it has asked whether that may be, and sets the days that change.
func (p Programme) Step(name string, state ProgrammeState, decision uuid.UUID, reason string, by Actor, now time.Time) ProgrammeStep {
	return ProgrammeStep{Name: name, State: state, StartsOn: p.StartsOn, EndsOn: p.EndsOn, Decision: decision, Reason: reason, Person: by.Person, At: now}
}

// Found makes the programme of an adopted grant.
func (d Decision) Found(g GrantCase, code string, now time.Time) Programme {
	return Programme{ID: uuid.New(), Code: code, Proposal: g.ID, Decision: d.ID, Title: g.Title, Area: g.Area, Shares: d.Shares,
		State: ProgrammeApproved, CharterVersion: d.CharterVersion, Version: 1, CreatedAt: now}
}

// ProgrammeCode is the code of a year's nth programme.
func ProgrammeCode(year int, n int64) string { return fmt.Sprintf("JP-%d-%03d", year, n) }

// DecisionNumber is the number of a year's nth decision.
func DecisionNumber(year int, n int64) string { return fmt.Sprintf("%d-%03d", year, n) }

// Earmarks lists the pots that a grant may be paid from, in the order in which
// the charter empties them: the one that the question names, or the proposal's
// area and the money that is free to go anywhere.
func (q Question) Earmarks(a charter.Allocation, area string) []string {
	switch {
	case q.Earmark != "":
		return []string{q.Earmark}
	case a.Earmark.Value == charter.NoEarmarks || area == "":
		return []string{Unearmarked}
	case a.DrawOrder.Value == charter.UnearmarkedFirst:
		return []string{Unearmarked, area}
	}
	return []string{area, Unearmarked}
}

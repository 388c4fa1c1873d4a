package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	ErrCallNotOpen   = problem.New(problem.Conflict, "call-not-open")
	ErrCallClosed    = problem.New(problem.Conflict, "call-closed")
	ErrCallBackwards = problem.New(problem.Invalid, "call-closes-before-it-opens")
	ErrNotLater      = problem.New(problem.Invalid, "extension-not-later")
)

// Call invites concept notes for a time. It is open from OpensAt, included, to
// ClosesAt, excluded: what arrives at exactly the closing instant is late.
type Call struct {
	ID             uuid.UUID
	Ref            string // "CALL-2026-01"
	Title, Text    string
	OpensAt        time.Time
	ClosesAt       time.Time
	Areas          []string      // keys of thematic areas, in the charter's order
	Ceiling        *ledger.Money // most that one proposal may ask; nil leaves the charter's
	Stages         int           // 1: the body decides on the concept note; 2: it selects, and decides on the document
	ConceptForm    int           // versions of the forms on which its proposals are written
	DocumentForm   int
	CharterVersion int // the rules under which its proposals are judged
	Version        int
	CreatedAt      time.Time
	Extensions     []Extension // oldest first
}

// Extension moved a call's closing instant, for a reason that everyone sees.
type Extension struct {
	N      int
	Was    time.Time
	To     time.Time
	Reason string
	At     time.Time
}

// CallState is where a call stands at an instant.
type CallState string

const (
	CallPlanned CallState = "planned"
	CallOpen    CallState = "open"
	CallClosed  CallState = "closed"
)

// CallRef names the n-th call of a year.
func CallRef(year int, n int64) string { return fmt.Sprintf("CALL-%d-%02d", year, n) }

// Check refuses a call that could not be held under the charter, naming all that
// is wrong with it at once.
func (c Call) Check(ch charter.Charter) error {
	var found []problem.Problem
	found = append(found, written(c.Title, "/title", ch.Proposals.TitleCharacters.Value)...)
	found = append(found, written(c.Text, "/text", longestCallText)...)
	if !c.ClosesAt.After(c.OpensAt) {
		found = append(found, ErrCallBackwards.With("opens", c.OpensAt, "closes", c.ClosesAt).At("/closes_at"))
	}
	if len(c.Areas) == 0 {
		found = append(found, ErrRequired.At("/areas"))
	}
	for i, a := range c.Areas {
		field := fmt.Sprintf("/areas/%d", i)
		if _, known := ch.Area(a); !known || slices.Contains(c.Areas[:i], a) {
			found = append(found, ErrUnknownWord.With("given", clip(a)).At(field))
		}
	}
	if c.Ceiling != nil {
		found = append(found, amountWithin(*c.Ceiling, ch.Proposals.MinimumAmount.Value.Money, ch.Proposals.MaximumAmount.Value.Money, "/ceiling")...)
	}
	return problem.Join(found)
}

// State is where the call stands at an instant.
func (c Call) State(at time.Time) CallState {
	switch {
	case at.Before(c.OpensAt):
		return CallPlanned
	case at.Before(c.ClosesAt):
		return CallOpen
	}
	return CallClosed
}

// Takes refuses an entry that comes before the call opens, and one that comes
// late where the charter refuses those; late tells that it came late and is taken.
func (c Call) Takes(at time.Time, ch charter.Charter) (late bool, err error) {
	switch {
	case c.State(at) == CallPlanned:
		return false, ErrCallNotOpen.With("opens", c.OpensAt)
	case c.State(at) == CallClosed && ch.Proposals.LateEntries.Value == charter.LateFlagged:
		return true, nil
	case c.State(at) == CallClosed:
		return false, ErrCallClosed.With("closed", c.ClosesAt, "call", c.Ref)
	}
	return false, nil
}

// Extend moves the closing instant to a later one. A call that has closed stays
// closed: to open it again would be a second chance for some, so another call is
// made.
func (c *Call) Extend(to time.Time, reason string, at time.Time) (Extension, error) {
	if c.State(at) == CallClosed {
		return Extension{}, ErrCallClosed.With("closed", c.ClosesAt, "call", c.Ref)
	}
	var found []problem.Problem
	if !to.After(c.ClosesAt) {
		found = append(found, ErrNotLater.With("closes", c.ClosesAt).At("/closes_at"))
	}
	found = append(found, written(reason, "/reason", longestReason)...)
	if err := problem.Join(found); err != nil {
		return Extension{}, err
	}
	e := Extension{N: len(c.Extensions) + 1, Was: c.ClosesAt, To: to, Reason: reason, At: at}
	c.ClosesAt = to
	c.Extensions = append(c.Extensions, e)
	return e, nil
}

// May lists the acts that a person under this hat can do to the call now.
func (c Call) May(by Hat, at time.Time, ch charter.Charter) []string {
	var may []string
	if by.Role == Secretariat && c.State(at) != CallClosed {
		may = append(may, "call.extend")
	}
	if _, err := c.Takes(at, ch); by.Role == Applicant && err == nil {
		may = append(may, "proposal.create")
	}
	return may
}

// Bounds of fields, in characters; no rules of the fund.
const (
	longestReason   = 4000
	longestCallText = 40000
)

// written refuses a text that is empty, longer than limit characters, or holds
// what no text holds.
func written(text, field string, limit int) []problem.Problem {
	switch n := len([]rune(text)); {
	case strings.TrimSpace(text) == "":
		return []problem.Problem{ErrRequired.At(field)}
	case n > limit:
		return []problem.Problem{ErrTooLong.With("limit", limit).At(field)}
	}
	return plain(text, field)
}

// plain refuses a NUL, which a database keeps in no text.
func plain(text, field string) []problem.Problem {
	if strings.ContainsRune(text, 0) {
		return []problem.Problem{ErrMalformed.At(field)}
	}
	return nil
}

// amountWithin refuses an amount of another currency, or outside its bounds, both
// of which are allowed.
func amountWithin(asked, least, most ledger.Money, field string) []problem.Problem {
	switch {
	case asked.Currency != most.Currency:
		return []problem.Problem{ledger.ErrOtherMoney.With("currency", string(asked.Currency), "books", string(most.Currency)).At(field)}
	case asked.Cmp(least) < 0:
		return []problem.Problem{ErrBelowMinimum.With("asked", asked, "least", least).At(field)}
	case asked.Cmp(most) > 0:
		return []problem.Problem{ErrAboveMaximum.With("asked", asked, "most", most).At(field)}
	}
	return nil
}

// clip keeps an echo of what was sent short enough to show.
func clip(s string) string {
	if r := []rune(strings.ReplaceAll(s, "\x00", "")); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

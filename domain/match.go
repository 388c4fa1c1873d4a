package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
)

// MatchRule is why lines and movements are held to be the same. Its sentence
// stands in api/words under "match.<rule>".
type MatchRule string

const (
	ByEndToEnd      MatchRule = "end-to-end-id"     // the line brings our reference back, equal amount
	ByBankReference MatchRule = "bank-reference"    // the bank's reference is the one we noted, equal amount
	ByTextReference MatchRule = "reference-in-text" // our reference is a word of the line's text, equal amount
	ByNetOfFee      MatchRule = "net-of-fee"        // the line is the sum of one voucher: a deposit less its fee
	ByBatch         MatchRule = "batch"             // the line names several movements and is their sum
	BySeveralLines  MatchRule = "several-lines"     // several lines name one movement and are its sum
	ByAmountParty   MatchRule = "amount-date-party" // suggested: amount, days and name agree
	ByAmountDate    MatchRule = "amount-date"       // suggested: amount and days agree
	ByHand          MatchRule = "by-hand"           // a person says so
	BySuspense      MatchRule = "suspense"          // booked from the line itself
	ByBooking       MatchRule = "booking"           // booked from the line itself: interest, a charge, other income
	ByReversal      MatchRule = "reversed"          // a voucher and its reversal: nothing at the bank
)

// MatchRules are all of them.
func MatchRules() []MatchRule {
	return []MatchRule{ByEndToEnd, ByBankReference, ByTextReference, ByNetOfFee, ByBatch, BySeveralLines,
		ByAmountParty, ByAmountDate, ByHand, BySuspense, ByBooking, ByReversal}
}

// Confidence is how sure a match is. What is sure is matched by rule; what is
// likely waits for a person.
type Confidence string

const (
	Sure     Confidence = "sure"
	Likely   Confidence = "likely"
	Personal Confidence = "by-hand"
)

// Movement is one posting on the fund's bank account: what the books say must
// appear at the bank.
type Movement struct {
	Posting    int64
	Voucher    uuid.UUID
	Number     int64 // the voucher's
	Kind       ledger.Kind
	Amount     ledger.Money // what came in; below zero where it went out
	BookedOn   time.Time
	ValueOn    time.Time
	Memo       string
	References []string // its own: the transfer reference, the bank's reference of a deposit
	Shared     []string // of several movements, such as the agreement's; counts only near the value date
	Parties    []string // names of the other side, every one under which it is known
}

// Match says which lines and which postings are the same money. A match without
// lines is a voucher and its reversal; one without postings a bank's own mistake
// and its correction.
type Match struct {
	ID         uuid.UUID
	Rule       MatchRule
	Confidence Confidence
	Reason     string // the reference found, or a person's words
	Lines      []uuid.UUID
	Postings   []int64
	Person     uuid.UUID // zero where a rule did it
	At         time.Time
}

// MatchSure finds what lines and open movements are the same beyond doubt: a
// reference says so and the amounts agree to the cent. Where two answers are
// equally good it gives none: a line left open costs a look, a wrong match an
// audit. window is in calendar days and bounds only references that several
// movements share. The matches have no ID and no instant yet.
func MatchSure(lines []BankLine, open []Movement, window int) []Match {
	m := matching{lines: lines, open: open, named: naming(lines, open, window)}
	claimed := make([]int, len(open)) // how many lines claim each movement
	claims := make([]claim, len(lines))
	for i := range lines {
		claims[i] = m.claimOf(i)
		for _, j := range claims[i].movements {
			claimed[j]++
		}
	}
	var found []Match
	taken := make([]bool, len(open))
	for i, c := range claims {
		if len(c.movements) == 0 || slices.ContainsFunc(c.movements, func(j int) bool { return claimed[j] > 1 }) {
			continue
		}
		match := Match{Rule: c.rule, Confidence: Sure, Reason: c.reference, Lines: []uuid.UUID{lines[i].ID}}
		for _, j := range c.movements {
			taken[j] = true
			match.Postings = append(match.Postings, open[j].Posting)
		}
		found = append(found, match)
	}
	return append(found, m.severalLines(claimed, taken)...)
}

type claim struct {
	movements []int
	rule      MatchRule
	reference string
}

type matching struct {
	lines []BankLine
	open  []Movement
	named [][]mention // by line
}

// claimOf is what line i says it is: the one movement it names that has its
// amount, or else all it names, where they make up its amount. Our own reference
// come back end to end weighs more than words in a text.
func (m matching) claimOf(i int) claim {
	amount, named := m.lines[i].Amount, m.named[i]
	var equal, sure []mention
	sum := ledger.Zero(amount.Currency)
	for _, n := range named {
		if m.open[n.movement].Amount.Equal(amount) {
			equal = append(equal, n)
			if n.rule == ByEndToEnd {
				sure = append(sure, n)
			}
		}
		sum = sum.Add(m.open[n.movement].Amount)
	}
	switch {
	case len(sure) == 1:
		equal = sure
		fallthrough
	case len(equal) == 1:
		return claim{[]int{equal[0].movement}, equal[0].rule, equal[0].reference}
	case len(equal) > 1, len(named) < 2, !sum.Equal(amount):
		return claim{}
	}
	c := claim{rule: ByNetOfFee, reference: named[0].reference}
	for _, n := range named {
		if m.open[n.movement].Voucher != m.open[named[0].movement].Voucher {
			c.rule = ByBatch
		}
		c.movements = append(c.movements, n.movement)
	}
	return c
}

// severalLines matches a movement that arrived in parts: lines which name it and
// nothing else, and add up to it.
func (m matching) severalLines(claimed []int, taken []bool) []Match {
	parts := make([][]int, len(m.open))
	for i, named := range m.named {
		if len(named) == 1 {
			parts[named[0].movement] = append(parts[named[0].movement], i)
		}
	}
	var found []Match
	for j, of := range parts {
		if len(of) < 2 || claimed[j] > 0 || taken[j] {
			continue
		}
		match := Match{Rule: BySeveralLines, Confidence: Sure, Reason: m.named[of[0]][0].reference, Postings: []int64{m.open[j].Posting}}
		sum := ledger.Zero(m.open[j].Amount.Currency)
		for _, i := range of {
			sum = sum.Add(m.lines[i].Amount)
			match.Lines = append(match.Lines, m.lines[i].ID)
		}
		if sum.Equal(m.open[j].Amount) {
			found = append(found, match)
		}
	}
	return found
}

// apart is how many calendar days lie between two days.
func apart(a, b time.Time) int {
	d := int(a.Sub(b).Hours() / 24)
	return max(d, -d)
}

// MatchByHand is what a person says is the same money. Refused where nothing is
// named, something is named twice, no reason is given, or the sums differ.
func MatchByHand(by Actor, lines []BankLine, movements []Movement, reason string) (Match, error) {
	reason = strings.TrimSpace(reason)
	if err := reasoned(reason); err != nil {
		return Match{}, err
	}
	if len(lines)+len(movements) < 2 {
		return Match{}, ErrNothingToMatch
	}
	m := Match{Rule: ByHand, Confidence: Personal, Reason: reason, Person: by.Person}
	var sums [2]ledger.Money
	if len(lines) > 0 {
		sums[0], sums[1] = ledger.Zero(lines[0].Amount.Currency), ledger.Zero(lines[0].Amount.Currency)
	} else {
		sums[0], sums[1] = ledger.Zero(movements[0].Amount.Currency), ledger.Zero(movements[0].Amount.Currency)
	}
	for _, l := range lines {
		if slices.Contains(m.Lines, l.ID) {
			return Match{}, ErrNamedTwice.With("given", l.ID.String()).At("/lines")
		}
		m.Lines, sums[0] = append(m.Lines, l.ID), sums[0].Add(l.Amount)
	}
	for _, p := range movements {
		if slices.Contains(m.Postings, p.Posting) {
			return Match{}, ErrNamedTwice.With("given", p.Posting).At("/postings")
		}
		m.Postings, sums[1] = append(m.Postings, p.Posting), sums[1].Add(p.Amount)
	}
	if !sums[0].Equal(sums[1]) {
		return Match{}, ErrDoesNotMatch.With("lines", sums[0], "postings", sums[1], "difference", sums[0].Sub(sums[1]))
	}
	return m, nil
}

// reasoned refuses an act whose reason is missing or endless.
func reasoned(reason string) error {
	if reason == "" {
		return ErrRequired.At("/reason")
	}
	if len([]rune(reason)) > LongestReason {
		return ErrTooLong.With("limit", LongestReason).At("/reason")
	}
	return nil
}

// Undo refuses to undo what was undone, or without a reason. Its history stays.
func (m Match) Undo(undone bool, reason string) error {
	if undone {
		return ErrMatchUndone
	}
	return reasoned(strings.TrimSpace(reason))
}

package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Why a statement that reads well is still not taken. exchange/camt053 has
// refused before what is no statement or does not add up.
var (
	ErrNotOurAccount  = problem.New(problem.Invalid, "not-our-account")                 // account, its last four characters
	ErrImportedBefore = problem.New(problem.Conflict, "statement-imported-before")      // statement, imported
	ErrStatementGap   = problem.New(problem.Conflict, "statement-gap")                  // statement, opening, closing and last of the one before
	ErrStatementOrder = problem.New(problem.Conflict, "statement-out-of-order")         // statement, ends, last, last_ends
	ErrStatementDays  = problem.New(problem.Invalid, "statement-ends-before-it-begins") // begins, ends
	ErrLineMatched    = problem.New(problem.Conflict, "already-matched")                // what: a line or a posting
	ErrDoesNotMatch   = problem.New(problem.Conflict, "does-not-match")                 // lines, postings, difference
	ErrNothingToMatch = problem.New(problem.Invalid, "nothing-to-match")                // fewer than two things
	ErrNamedTwice     = problem.New(problem.Invalid, "named-twice")                     // given
	ErrMatchUndone    = problem.New(problem.Conflict, "match-undone-before")            //
	ErrNotAReceipt    = problem.New(problem.Conflict, "not-a-receipt")                  // amount
	ErrNotAMovement   = problem.New(problem.Invalid, "not-a-movement-of-the-bank")      // given
	ErrNoStatement    = problem.New(problem.Missing, "no-statement")                    // on
)

// LongestReason is how many characters a reason given by a person may have.
const LongestReason = 1000

// FundAccount is the fund's account at the bank.
type FundAccount struct {
	ID       uuid.UUID
	Number   string // the IBAN, or the bank's own
	Name     string
	Currency ledger.Currency
}

// NumberFor is the account's number as by may see it: whole for the agent, who
// keeps the account, and the auditor; its last four characters for others.
func (a FundAccount) NumberFor(by Actor) string {
	switch by.Hat.Role {
	case AgentPreparer, AgentReleaser, Auditor, Operator:
		return a.Number
	}
	return masked(a.Number)
}

func masked(number string) string {
	r := []rune(compact(number))
	if len(r) <= 4 {
		return "••••"
	}
	return "•••• " + string(r[len(r)-4:])
}

// AccountOf finds the fund's account of that number, among its own, for a
// statement in currency c. Another's is refused with ErrNotOurAccount.
func AccountOf(own []FundAccount, number string, c ledger.Currency) (FundAccount, error) {
	for _, a := range own {
		if compact(a.Number) != compact(number) {
			continue
		}
		if a.Currency != c {
			return FundAccount{}, ledger.ErrOtherMoney.With("currency", string(c), "books", string(a.Currency))
		}
		return a, nil
	}
	return FundAccount{}, ErrNotOurAccount.With("account", masked(number))
}

// compact is a number as machines write it: people set it in groups of four.
func compact(number string) string { return strings.ToUpper(strings.ReplaceAll(number, " ", "")) }

// BankStatement is the head of a statement of the fund's account.
type BankStatement struct {
	ID         uuid.UUID
	Account    uuid.UUID
	Number     string // of the account, as the bank wrote it
	Currency   ledger.Currency
	BankRef    string    // the bank's name for the statement
	Sequence   string    // the bank's count, or ""
	From, To   time.Time // days of the two balances
	Opening    ledger.Money
	Closing    ledger.Money
	ImportedAt time.Time
}

// Follows refuses a statement that is not the next: one that came before (same,
// of the same name, is it), one whose period is over before last's is, one that
// does not open where last closed. last is nil before the first.
func (s BankStatement) Follows(same, last *BankStatement) error {
	switch {
	case s.To.Before(s.From):
		return ErrStatementDays.With("begins", s.From, "ends", s.To)
	case same != nil:
		return ErrImportedBefore.With("statement", s.BankRef, "imported", same.ImportedAt)
	case last == nil:
		return nil
	case s.To.Before(last.To):
		return ErrStatementOrder.With("statement", s.BankRef, "ends", s.To, "last", last.BankRef, "last_ends", last.To)
	case !s.Opening.Equal(last.Closing):
		return ErrStatementGap.With("statement", s.BankRef, "opening", s.Opening, "closing", last.Closing, "last", last.BankRef)
	}
	return nil
}

// BankLine is one booked entry of a statement; a batch is one line.
type BankLine struct {
	ID           uuid.UUID
	N            int          // place in its statement
	Amount       ledger.Money // what came in; below zero where it went out
	BookedOn     time.Time
	ValueOn      time.Time
	EndToEnd     string // our reference, as it came back
	BankRef      string
	Counterparty string
	Text         string // all else the bank tells
}

// LineState is where a line stands on its way to being explained.
type LineState string

const (
	LineMatched    LineState = "matched"      // its movement in the books is known
	LineSuggested  LineState = "suggested"    // something likely was found; a person decides
	LineUnmatched  LineState = "unmatched"    // nothing was found
	LineOnHold     LineState = "on-hold"      // a person waits for something, and says what
	LineOtherFund  LineState = "another-fund" // not ours, with the reason
	LinePending    LineState = "pending"      // looked at, and waiting again
	LineInSuspense LineState = "suspense"     // booked as a receipt that nobody can name
)

// LineStates are all of them, in the order of a line's life.
func LineStates() []LineState {
	return []LineState{LineMatched, LineSuggested, LineUnmatched, LineOnHold, LineOtherFund, LinePending, LineInSuspense}
}

// Open tells whether rules may look for the line's movement: not where it is
// matched, nor where a person said to wait or that it is another fund's.
func (s LineState) Open() bool {
	return s == LineSuggested || s == LineUnmatched || s == LinePending
}

// Done tells whether the line stands in a match.
func (s LineState) Done() bool { return s == LineMatched || s == LineInSuspense }

// StateOfLine is where a line stands, given the rule of its match ("" for none)
// and its last note ("" for none). Whether something likely was found for it, only
// Suggest knows.
func StateOfLine(rule MatchRule, note LineState) LineState {
	switch {
	case rule == BySuspense:
		return LineInSuspense
	case rule != "":
		return LineMatched
	case note != "":
		return note
	}
	return LineUnmatched
}

// MayNote refuses a note that says nothing or of an unknown state, and one on a
// line that is matched: undo the match first.
func (s LineState) MayNote(state LineState, reason string) error {
	switch {
	case state != LineOnHold && state != LineOtherFund && state != LinePending:
		return ErrUnknownWord.With("given", clipped(string(state))).At("/state")
	case reason == "":
		return ErrRequired.At("/reason")
	case len([]rune(reason)) > LongestReason:
		return ErrTooLong.With("limit", LongestReason).At("/reason")
	case s.Done():
		return ErrLineMatched.With("what", "line")
	}
	return nil
}

// Suspend books a receipt that nobody can name, on its value date. Only what came
// in can wait in suspense, and only what is not matched.
func (l BankLine) Suspend(state LineState, voucher uuid.UUID) (ledger.Voucher, error) {
	if state.Done() {
		return ledger.Voucher{}, ErrLineMatched.With("what", "line")
	}
	if !l.Amount.IsPositive() {
		return ledger.Voucher{}, ErrNotAReceipt.With("amount", l.Amount)
	}
	return SuspenseVoucher(Entry{ID: voucher, BookedOn: l.ValueOn, ValueOn: l.ValueOn, Memo: "A receipt nobody can name yet",
		Subject: "bank-line:" + l.ID.String()}, l.Amount), nil
}

// May lists what could be done to the line as it stands.
func (l BankLine) May(state LineState) []string {
	if state.Done() {
		return []string{"match.undo"}
	}
	acts := []string{"match.make", "bank-line.note", "bank-line.book"}
	if l.Amount.IsPositive() {
		acts = append(acts, "bank-line.suspend")
	}
	return acts
}

package camt053

import "startupfund/domain/problem"

// What a statement may be refused for. Each carries where: "line" of the file,
// "element" (the last parts of its path), "statement" and "entry" by number from
// 1, or 0 where the place is before them. api/words/camt053.*.yaml has the
// sentences.
var (
	ErrNotStatement = problem.New(problem.Invalid, "not-a-statement")             // found
	ErrTooLarge     = problem.New(problem.TooLarge, "statement-too-large")        // limit, in bytes
	ErrEncoding     = problem.New(problem.Invalid, "statement-encoding")          // given
	ErrDoctype      = problem.New(problem.Invalid, "statement-doctype")           // a DOCTYPE, or an entity of its own
	ErrMalformed    = problem.New(problem.Invalid, "statement-malformed")         // not well-formed after a good beginning
	ErrTrailing     = problem.New(problem.Invalid, "statement-trailing-data")     // something follows the document
	ErrTooDeep      = problem.New(problem.Invalid, "statement-too-deep")          // limit, in levels
	ErrTooLong      = problem.New(problem.TooLarge, "statement-value-too-long")   // limit, in bytes
	ErrTooMany      = problem.New(problem.TooLarge, "statement-too-many-details") // limit, of details in one entry
	ErrTwice        = problem.New(problem.Invalid, "statement-element-twice")     // one that must be single
	ErrMissing      = problem.New(problem.Invalid, "statement-element-missing")   // one that must be there
	ErrMisplaced    = problem.New(problem.Invalid, "statement-element-misplaced") // out of order, of another namespace, or stray text
	ErrComment      = problem.New(problem.Invalid, "statement-comment-in-value")  // 1<!-- -->000.00
	ErrValue        = problem.New(problem.Invalid, "statement-bad-value")         // given
	ErrAmount       = problem.New(problem.Invalid, "statement-bad-amount")        // given
	ErrNegative     = problem.New(problem.Invalid, "statement-amount-negative")   // given
	ErrDecimals     = problem.New(problem.Invalid, "statement-amount-too-fine")   // given, currency, decimals
	ErrCurrency     = problem.New(problem.Invalid, "statement-unknown-currency")  // given
	ErrOther        = problem.New(problem.Invalid, "statement-other-currency")    // given, currency of the account
	ErrBalance      = problem.New(problem.Invalid, "statement-balance-missing")   // balance: OPBD or CLBD
	ErrSum          = problem.New(problem.Invalid, "statement-does-not-add-up")   // opening, entries, closing, difference
)

// Limits that no honest statement meets.
const (
	DefaultLimit = 20 << 20 // bytes in a file
	maxDepth     = 40       // levels of elements; camt.053 needs 15
	maxValue     = 4 << 10  // bytes in one value; the standard's longest text has 500 characters
	maxPiece     = 1 << 20  // bytes without a '<': bounds what one tag of many attributes costs
	maxDetails   = 100_000  // payments in one entry
)

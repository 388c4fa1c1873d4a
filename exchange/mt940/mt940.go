// Package mt940 reads SWIFT's customer statements MT940 and interim reports
// MT942, as banks send them: bare, or in a message's blocks. It says what it read
// in the words of exchange/camt053 and refuses by the same codes, so that import
// and matching know one kind of statement.
//
// It is strict where money is: a statement whose opening balance and entries do
// not make its closing balance is refused. It is lenient where banks differ and
// nothing hangs on it: what stands around a message, a reference longer than the
// standard's sixteen characters, a 30 February of those who count months of thirty
// days.
package mt940

import (
	"bytes"
	"io"
	"regexp"

	"startupfund/exchange/camt053"
)

// Kinds of message, as Header.Version has them.
const (
	Statement = "MT940"
	Interim   = "MT942" // of the day under way: no balances, and its entries come again in the statement
)

// Limits that no honest file meets, beside camt053.DefaultLimit.
const (
	maxLine       = 4 << 10 // bytes in a line; the standard has 65 characters
	maxField      = 8 << 10 // bytes in a field; the standard has six lines
	maxAround     = 10      // lines of a bank's own before a message
	maxStatements = 10_000  // statements in a file: their closing balances are kept between the two readings
)

var beginning = regexp.MustCompile(`(?m)^:20:`)

// Begins tells whether a file that begins with head is to be read here: it has no
// XML, and a message begins in it.
func Begins(head []byte) bool {
	head = bytes.TrimLeft(head, "\ufeff \t\r\n\x01")
	return !bytes.HasPrefix(head, []byte("<")) && beginning.Match(head)
}

// Read reads a file of messages in the memory of one entry and of the closing
// balances: head is called for each statement, then entry for each of its entries.
// A statement's closing balance stands behind its entries, so the file is read
// twice; nothing is handed on before all of it is known to be well. Pages of one
// statement (62M, then 60M) are one. An interim report has no balances: both are
// zero, of no type.
//
// The file may have limit bytes, camt053.DefaultLimit where limit is 0. A refusal
// is a problem.Problem of camt053; an error of head, entry or src comes through.
func Read(src io.ReadSeeker, limit int64, head func(camt053.Header) error, entry func(camt053.Entry) error) error {
	var closed []camt053.Balance
	check := reader{limit: limit, opens: func(camt053.Header) error { return nil }, tells: func(camt053.Entry) error { return nil }}
	check.closes = func(b camt053.Balance) error {
		if len(closed) == maxStatements {
			return check.refuse(camt053.ErrTooMany, "limit", maxStatements)
		}
		closed = append(closed, b)
		return nil
	}
	if err := check.read(src); err != nil {
		return err
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	n := 0
	tell := reader{limit: limit, tells: entry, closes: func(camt053.Balance) error { return nil }}
	tell.opens = func(h camt053.Header) error {
		if n >= len(closed) { // the file changed under us
			return tell.refuse(camt053.ErrTrailing)
		}
		h.Closing = closed[n]
		n++
		if h.Version == Statement {
			h.ID = name(h)
		}
		return head(h)
	}
	return tell.read(src)
}

// ReadAll reads a file of at most camt053.DefaultLimit bytes into memory, whole.
func ReadAll(src io.ReadSeeker) ([]camt053.Statement, error) {
	var all []camt053.Statement
	err := Read(src, 0,
		func(h camt053.Header) error {
			all = append(all, camt053.Statement{Header: h})
			return nil
		},
		func(e camt053.Entry) error {
			s := &all[len(all)-1]
			s.Entries = append(s.Entries, e)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// name is what a statement is known by. Field 20 does not serve: banks write the
// same in every file, or another each time the same statement is fetched. The
// count begins again each year, and may stand still: so the closing day is in it.
func name(h camt053.Header) string {
	return h.ID + " " + h.Closing.On.Format("2006-01-02")
}

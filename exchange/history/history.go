// Package history reads the published past of a fund: a CSV file with one sum a
// row, in the columns year, kind, party, programme, amount_usd. It also keeps six
// real ones, which the project tests and shows with.
package history

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Each rule has a refusal of its own, so that the sentence tells it; params name
// the line, the column and what was given.
var (
	ErrSize      = problem.New(problem.TooLarge, "history-too-large")
	ErrHeader    = problem.New(problem.Invalid, "history-header")
	ErrQuoting   = problem.New(problem.Invalid, "history-quoting")
	ErrColumns   = problem.New(problem.Invalid, "history-columns")
	ErrText      = problem.New(problem.Invalid, "history-text")
	ErrYear      = problem.New(problem.Invalid, "history-year")
	ErrKind      = problem.New(problem.Invalid, "history-kind")
	ErrParty     = problem.New(problem.Invalid, "history-party")
	ErrProgramme = problem.New(problem.Invalid, "history-programme")
	ErrAmount    = problem.New(problem.Invalid, "history-amount")
	ErrSign      = problem.New(problem.Invalid, "history-sign")
)

var columns = []string{"year", "kind", "party", "programme", "amount_usd"}

const (
	maxBytes    = 8 << 20 // a hundred times the longest history known
	maxRefusals = 20      // more than anybody mends in one go
	maxText     = 300     // characters of a name
)

// Read takes a whole history or nothing. A file with bad rows is refused with all
// of them, up to twenty, each by its line, column and rule.
func Read(r io.Reader) ([]domain.HistoryRow, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxBytes {
		return nil, ErrSize.With("megabytes", maxBytes>>20)
	}
	c := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	c.FieldsPerRecord = -1
	head, err := c.Read()
	if err != nil || !slices.Equal(head, columns) {
		return nil, ErrHeader.With("line", 1, "columns", strings.Join(columns, ","))
	}
	var rows []domain.HistoryRow
	var bad []problem.Problem
	for len(bad) < maxRefusals {
		record, err := c.Read()
		if err == io.EOF {
			break
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			bad = append(bad, ErrQuoting.With("line", broken.Line, "column", broken.Column))
			break // after a lost quote no line is where it seems
		}
		if err != nil {
			return nil, err
		}
		line, _ := c.FieldPos(0)
		row, refused := readRow(line, record)
		bad = append(bad, refused...)
		rows = append(rows, row)
	}
	if len(bad) > maxRefusals {
		bad = bad[:maxRefusals]
	}
	if err := problem.Join(bad); err != nil {
		return nil, err
	}
	return rows, nil
}

// readRow reads one record, or says everything that is wrong with it.
func readRow(line int, record []string) (row domain.HistoryRow, bad []problem.Problem) {
	refuse := func(p problem.Problem, column int, more ...any) {
		p = p.With("line", line, "column", columns[column], "given", clip(record[column]))
		bad = append(bad, p.With(more...))
	}
	if len(record) != len(columns) {
		return row, []problem.Problem{ErrColumns.With("line", line, "found", len(record), "expected", len(columns))}
	}
	row = domain.HistoryRow{Line: line, Kind: domain.HistoryKind(record[1])}
	if yearForm.MatchString(record[0]) {
		row.Year, _ = strconv.Atoi(record[0])
	} else {
		refuse(ErrYear, 0)
	}
	if !row.Kind.Valid() {
		refuse(ErrKind, 1)
	}
	var ok bool
	switch {
	case !plain(record[2]):
		refuse(ErrText, 2)
	default:
		if row.Party, ok = readParty(record[2]); !ok {
			refuse(ErrParty, 2)
		}
	}
	switch {
	case !plain(record[3]):
		refuse(ErrText, 3)
	case row.Kind.Valid():
		if row.Programme, ok = readProgramme(record[3]); ok != row.Kind.OfProgramme() || !ok && record[3] != "" {
			refuse(ErrProgramme, 3, "kind", record[1])
		}
	}
	amount, err := ledger.Parse(record[4], ledger.USD)
	switch {
	case err != nil || amount.IsZero():
		refuse(ErrAmount, 4)
	case amount.IsNegative() && row.Kind.Valid() && !row.Kind.MayBeNegative():
		refuse(ErrSign, 4, "kind", record[1])
	}
	row.Amount = amount
	return row, bad
}

var (
	yearForm      = regexp.MustCompile(`^(19|20)[0-9]{2}$`)
	partyForm     = regexp.MustCompile(`^(.*?)(?: \(([^()\s]{1,20})\))?(?: \[([^\[\]]*)\])?$`)
	referenceForm = regexp.MustCompile(`^[A-Z0-9][A-Za-z0-9._-]{1,39}$`)
	programmeForm = regexp.MustCompile(`^([0-9]{8}) (\S.*)$`)
)

// readParty reads "United Nations Development Programme (UNDP) [XM-DAC-41114]":
// a name, an acronym if one word in brackets ends it, an IATI reference.
func readParty(text string) (domain.HistoryParty, bool) {
	m := partyForm.FindStringSubmatch(text)
	if m == nil || m[1] == "" {
		return domain.HistoryParty{}, false
	}
	bracketed := strings.HasSuffix(text, "]")
	return domain.HistoryParty{Name: m[1], Acronym: m[2], Reference: m[3]}, !bracketed || referenceForm.MatchString(m[3])
}

// readProgramme reads "00081625 JP GEO Gender Equality": the eight digits of the
// programme and its title.
func readProgramme(text string) (domain.HistoryProgramme, bool) {
	m := programmeForm.FindStringSubmatch(text)
	if m == nil {
		return domain.HistoryProgramme{}, false
	}
	return domain.HistoryProgramme{Code: m[1], Title: m[2]}, true
}

// plain tells whether text is short, printable and without space at its ends.
func plain(text string) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= maxText && strings.TrimSpace(text) == text &&
		!strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// clip keeps the echo of a field short and printable.
func clip(text string) string {
	runes := []rune(strings.ToValidUTF8(text, "?"))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}

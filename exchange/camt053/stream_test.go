package camt053

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// endless is a statement that goes on for ever, and counts what was taken of it.
type endless struct {
	rest  string
	again string
	taken int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		e.rest = e.again
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.taken += n
	return n, nil
}

var (
	before = good[:strings.Index(good, "<Ntry>")]
	entry  = good[strings.Index(good, "<Ntry>"):strings.Index(good, "\n<Ntry><Amt Ccy=\"USD\">5.00")]
	nohead = func(Header) error { return nil }
)

// Entries are handed on as they come: no more is taken from the file than a
// reader's buffer ahead of them.
func TestStreams(t *testing.T) {
	src := &endless{rest: before, again: entry}
	enough := errors.New("enough")
	err := Read(src, 0, nohead, func(e Entry) error {
		if ahead := src.taken - len(before) - e.N*len(entry); ahead > 8<<10 {
			t.Fatalf("entry %d: %d bytes ahead", e.N, ahead)
		}
		if e.N == 10_000 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		t.Error(err)
	}
}

// Whoever sends without end is stopped by a count, and costs no more than that.
func TestLimits(t *testing.T) {
	cases := []struct {
		name, rest, again string
		limit             int64
		want              error
		taken             int
	}{
		{"entries", before, entry, 100_000, ErrTooLarge, 110_000},
		{"20 MB by default", before, entry, 0, ErrTooLarge, DefaultLimit + 8<<10},
		{"tags in tags", before, "<a>", 0, ErrTooDeep, 16 << 10},
		{"one tag", before + "<Ntry", " a=''", 0, ErrTooLong, maxPiece + 16<<10},
		{"one text", before + "<Ntry><NtryRef>", "reference ", 0, ErrTooLong, maxPiece + 16<<10},
		{"details", before + `<Ntry><Amt Ccy="USD">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><NtryDtls>`, "<TxDtls/>", 0, ErrTooMany, 1 << 20},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := &endless{rest: c.rest, again: c.again}
			err := Read(src, c.limit, nohead, func(Entry) error { return nil })
			if !errors.Is(err, c.want) {
				t.Error(err)
			}
			if src.taken > c.taken {
				t.Errorf("%d bytes taken, at most %d expected", src.taken, c.taken)
			}
		})
	}
}

// The limit is of the file: as many bytes are taken, one more is not.
func TestLimitIsExact(t *testing.T) {
	read := func(limit int) error {
		return Read(strings.NewReader(good), int64(limit), nohead, func(Entry) error { return nil })
	}
	if err := read(len(good)); err != nil {
		t.Error(err)
	}
	if err := read(len(good) - 1); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

// A disk that fails is no fault of the statement.
func TestReaderFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, at := range []int{0, 2, 60, 400, len(good) - 2} {
		_, err := ReadAll(io.MultiReader(strings.NewReader(good[:at]), failing{broken}))
		if !errors.Is(err, broken) {
			t.Errorf("at %d: %v", at, err)
		}
	}
	stop := fmt.Errorf("stop")
	if err := Read(strings.NewReader(good), 0, func(Header) error { return stop }, nil); err != stop {
		t.Error(err)
	}
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

package mt940

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"startupfund/domain/problem"
	"startupfund/exchange/camt053"
)

// endless is a file that goes on for ever. It can be read again from its start.
type endless struct {
	start, again string
	rest         string
	taken        int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.taken == 0 {
		e.rest = e.start
	}
	if e.rest == "" {
		e.rest = e.again
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.taken += int64(n)
	return n, nil
}

func (e *endless) Seek(int64, int) (int64, error) { e.taken = 0; return 0, nil }

// Whoever sends without end is stopped by a count, and costs no more than that.
func TestLimits(t *testing.T) {
	head := good[:strings.Index(good, ":61:")]
	cases := []struct {
		name, start, again string
		want               problem.Problem
	}{
		{"one line", good, "x", camt053.ErrTooLong},
		{"one line from the beginning", "", "x", camt053.ErrTooLong},
		{"digits", head + ":61:2603010301C", "1", camt053.ErrTooLong},
		{"one field", head + ":61:2603010301C30,NTRFE-1\n:86:", "a line\n", camt053.ErrTooLong},
		{"one field of nothing", head + ":61:2603010301C30,NTRFE-1\n:86:", "\n", camt053.ErrTooLong},
		{"nothing", "", "\n", camt053.ErrTooLarge},
		{"entries", head, ":61:2603010301C30,NTRFE-1\n:86:x\n", camt053.ErrTooLarge},
		{"statements", "", good, camt053.ErrTooMany},
		{"pages", good[:strings.Index(good, ":61:2603010301D5")] + ":62M:C260301USD130,\n-\n",
			":20:M\n:25:XX41FUND0000000000000014\n:28C:4\n:60M:C260301USD130,\n:62M:C260301USD130,\n-\n", camt053.ErrTooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			err := Read(&endless{start: c.start, again: c.again}, 4<<20,
				func(camt053.Header) error { return nil }, func(camt053.Entry) error { return nil })
			runtime.GC()
			runtime.ReadMemStats(&after)
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %s", err, c.want.Code)
			}
			if kept := int64(after.HeapInuse) - int64(before.HeapInuse); kept > 8<<20 {
				t.Errorf("%d bytes are held", kept)
			}
		})
	}
}

// What the file itself fails with comes through.
func TestFailure(t *testing.T) {
	broken := errors.New("broken")
	err := Read(failing{broken}, 0, nil, nil)
	var p problem.Problem
	if !errors.Is(err, broken) || errors.As(err, &p) {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error)       { return 0, f.err }
func (f failing) Seek(int64, int) (int64, error) { return 0, nil }

var _ io.ReadSeeker = (*endless)(nil)

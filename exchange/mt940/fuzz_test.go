package mt940

import (
	"bytes"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"startupfund/domain/problem"
)

// Whatever is sent, Read refuses it by name or takes it exactly: no panic, and
// opening and booked entries make closing by arithmetic other than ours.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.sta")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, seed := range []string{good, report, "", ":20:", "\ufeff" + good, good + good} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := ReadAll(bytes.NewReader(b))
		var p problem.Problem
		if err != nil && !errors.As(err, &p) {
			t.Fatal(err)
		}
		for _, s := range all {
			if s.Version == Interim {
				continue
			}
			sum := rational(t, s.Opening.Money.Text())
			for i, e := range s.Entries {
				if e.N != i+1 || e.Money.Currency != s.Currency || e.Booked.IsZero() || e.Value.IsZero() {
					t.Fatalf("%+v", e)
				}
				if e.Counts() {
					sum.Add(sum, rational(t, e.Money.Text()))
				}
			}
			if sum.Cmp(rational(t, s.Closing.Money.Text())) != 0 || s.Closing.Money.Currency != s.Currency || s.ID == "" || s.Account == "" {
				t.Fatalf("%s is not %s: %+v", sum, s.Closing.Money, s.Header)
			}
		}
	})
}

func rational(t *testing.T, s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

package camt053

import (
	"bytes"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever is sent, Read refuses it or takes it exactly: no panic, opening and
// booked entries make closing by arithmetic other than ours, and what was taken
// can be written and read again.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.xml")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, seed := range []string{good, notice, "", "<", "\ufeff" + good, good + good,
		`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>`,
		`<?xml version="1.0" encoding="windows-1252"?><Document>`,
		`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if told, err := toldOf(bytes.NewReader(b)); err != nil {
			t.Fatal(told, err) // a refusal has no error there
		}
		all, err := ReadAll(bytes.NewReader(b))
		if err != nil {
			return
		}
		for _, s := range all {
			exact(t, s)
			again(t, s)
		}
	})
}

func exact(t *testing.T, s Statement) {
	sum := rational(t, s.Opening.Money.Text())
	for _, e := range s.Entries {
		if e.Money.Currency != s.Currency {
			t.Fatalf("entry %d is in %s", e.N, e.Money.Currency)
		}
		if e.Status == Booked {
			sum.Add(sum, rational(t, e.Money.Text()))
		}
	}
	if sum.Cmp(rational(t, s.Closing.Money.Text())) != 0 {
		t.Fatalf("%s is not %s", sum, s.Closing.Money)
	}
}

func rational(t *testing.T, s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

func again(t *testing.T, s Statement) {
	var b bytes.Buffer
	if err := Write(&b, s); err != nil {
		t.Fatal(err)
	}
	got, err := ReadAll(&b)
	if err != nil {
		t.Fatal(err)
	}
	s.Version, s.N = version, 1
	if diff := cmp.Diff([]Statement{s}, got); diff != "" {
		t.Fatal(diff)
	}
}

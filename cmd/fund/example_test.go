package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"startupfund/cmd/fund/example"
)

func TestExampleThatCannotBeShownSaysWhatToDo(t *testing.T) {
	for _, row := range []struct {
		cfg  config
		err  error
		want string
	}{
		{config{Data: ".fund"}, example.ErrAnother, "the folder .fund holds a fund that is not the example"},
		{config{Data: ".fund"}, example.ErrUnfinished, "remove the folder .fund and start again"},
		{config{Data: ".fund", DatabaseURL: "postgres://u:hush@h/d"}, example.ErrUnfinished, "give it an empty database and start again"},
	} {
		if got := exampleRefused(row.cfg, row.err).Error(); !strings.Contains(got, row.want) || strings.Contains(got, "hush") {
			t.Errorf("%q, want %q in it", got, row.want)
		}
	}
}

// Who can sign in is kept for the owner alone, in a folder that need not be there,
// and read again by every later start.
func TestSignInsAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data", "people.json")
	if err := keepSignIns(file, []example.SignIn{{Name: "Ana", Email: "ana@example.org", Password: "abcd-efgh", Sees: "all"}}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	var out strings.Builder
	if err := printSignIns(config{PublicURL: "http://127.0.0.1:8080"}, file, &out); err != nil || !strings.Contains(out.String(), "ana@example.org  abcd-efgh  all") {
		t.Errorf("%v\n%s", err, out.String())
	}
	out.Reset()
	if err := printSignIns(config{}, file+".gone", &out); err != nil || !strings.Contains(out.String(), "is gone") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

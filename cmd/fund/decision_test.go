package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"startupfund/api"
	"startupfund/cmd/fund/example"
	"startupfund/store/storetest"
)

// Every decision of the example leaves as a file that is counted again without its
// database, the same by itself as among all; another's key and a changed byte are told.
func TestDecisionsAreCountedAgain(t *testing.T) {
	f := storetest.New(t)
	now := time.Date(2026, 11, 21, 23, 15, 0, 0, time.UTC)
	f.Clock.Set(now)
	if err := example.Make(t.Context(), f.Store, example.Options{Now: now, File: api.BankFile, Keep: func([]example.SignIn) error { return nil }}); err != nil {
		t.Fatal(err)
	}
	data, all := t.TempDir(), filepath.Join(t.TempDir(), "decisions")
	t.Setenv("FUND_DATABASE_URL", f.URL)
	t.Setenv("FUND_DATA", data)
	said := fundMust(t, "export", "decisions", all)
	key := strings.TrimSpace(said[strings.LastIndex(strings.TrimSpace(said), " "):])
	if info, err := os.Stat(filepath.Join(data, "signing.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the key: %v, %v", info, err)
	}
	files, err := filepath.Glob(filepath.Join(all, "*.json"))
	if err != nil || len(files) < 5 {
		t.Fatalf("%v, %v", files, err)
	}
	t.Setenv("FUND_DATABASE_URL", "postgres://127.0.0.1:1/none") // verifying needs none
	for _, file := range files {
		if out := fundMust(t, "verify", "--key", key, file); !strings.Contains(out, "counted again it is adopted.") {
			t.Errorf("%s: %s", file, out)
		}
	}
	number := strings.TrimSuffix(filepath.Base(files[0]), ".json")
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("FUND_DATABASE_URL", f.URL)
	if one := fundMust(t, "export", "decision", number); one != string(whole) {
		t.Errorf("decision %s leaves by itself otherwise than among all", number)
	}
	part := filepath.Join(t.TempDir(), "part.json")
	if err := os.WriteFile(part, []byte(fundMust(t, "export", "decision", number, "--withhold")), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := fundMust(t, "verify", part, "--key", key); !strings.Contains(out, "rests on what is withheld here: /announced_by") {
		t.Error(out)
	}
	changed := filepath.Join(t.TempDir(), "changed.json")
	if err := os.WriteFile(changed, bytes.Replace(whole, []byte(`"outcome":"adopted"`), []byte(`"outcome":"blocked"`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"verify", changed}, 1, "something in it was changed"},
		{[]string{"verify", "--key", strings.Repeat("0", 64), files[0]}, 1, "another key than the fund's"},
		{[]string{"verify", "--key", "ab", files[0]}, 2, "64 hexadecimal digits"},
		{[]string{"verify", filepath.Join(data, "none")}, 1, "no such file"},
		{[]string{"verify", filepath.Join(data, "signing.key")}, 1, "no decision file"},
		{[]string{"export", "decision", "1999-001"}, 1, "there is no decision 1999-001"},
		{[]string{"export", "decision"}, 2, "NUMBER"},
	} {
		if status, _, said := fund(t, row.args...); status != row.status || !strings.Contains(said, row.says) {
			t.Errorf("fund %v: status %d, %s", row.args, status, said)
		}
	}
}

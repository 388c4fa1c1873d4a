package main

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"startupfund/api"
	"startupfund/cmd/fund/example"
	"startupfund/policy"
	"startupfund/store"
	"startupfund/store/seal"
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
	downloadsAreTheSame(t, f, data, key, strings.TrimSuffix(filepath.Base(files[0]), ".json"), files)
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

// downloadsAreTheSame asks the served fund for each decision's file, as a visitor, and for its key:
// what comes verifies with that key, and is byte by byte what the command line writes.
func downloadsAreTheSame(t *testing.T, f *storetest.Fund, data, key, number string, files []string) {
	t.Helper()
	table, err := policy.New()
	if err != nil {
		t.Fatal(err)
	}
	words, err := api.LoadWords()
	if err != nil {
		t.Fatal(err)
	}
	served, err := store.Open(t.Context(), store.Options{URL: f.URL, Clock: f.Clock.Now, Seal: seal.In(data)})
	if err != nil {
		t.Fatal(err)
	}
	defer served.Close()
	server := &api.Server{Store: served, Policy: table, Words: words, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	door := httptest.NewServer(server.Handler())
	defer door.Close()
	get := func(path string) string {
		t.Helper()
		r, err := door.Client().Get(door.URL + "/api/v1" + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		text, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s %s %v", path, r.Status, text, err)
		}
		return string(text)
	}
	published := strings.TrimSpace(get("/decisions/key"))
	if published != key {
		t.Errorf("the fund publishes %q and signs with %q", published, key)
	}
	for _, file := range files {
		n := strings.TrimSuffix(filepath.Base(file), ".json")
		had := filepath.Join(t.TempDir(), "had.json")
		if err := os.WriteFile(had, []byte(get("/decisions/"+n+"/file")), 0o600); err != nil {
			t.Fatal(err)
		}
		if out := fundMust(t, "verify", "--key", published, had); !strings.Contains(out, "is as it was signed; its outcome, adopted, rests on what is withheld here") {
			t.Errorf("%s as downloaded: %s", n, out)
		}
	}
	if get("/decisions/"+number+"/file") != fundMust(t, "export", "decision", number, "--withhold") {
		t.Errorf("decision %s leaves over HTTP otherwise than by the command line", number)
	}
}

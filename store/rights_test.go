package store_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"startupfund/domain"
	"startupfund/store"
	"startupfund/store/storetest"
)

// What the program's role may do beside reading and adding, by table. A new table is
// written in here or is history: nothing becomes changeable by being forgotten.
func TestWhatTheProgramsRoleMayChange(t *testing.T) {
	f := storetest.New(t)
	want := map[string]string{
		"fund": "update", "organisations": "update", "persons": "update", "memberships": "update", "sessions": "update", "invitations": "update",
		"sign_in_failures": "delete", "notices": "update", "idempotency_keys": "update", "counters": "update", "balances": "update",
		"calls": "update", "proposals": "update", "meetings": "update", "presences": "update", "attendances": "update", "calendar_feeds": "update", "questions": "update",
		"programmes": "update", "programme_shares": "update", "agreements": "update", "bank_accounts": "update", "transfer_requests": "update", "awaited_cover": "update",
		"organisation_aliases": "update", "matched_lines": "delete", "matched_postings": "delete",
		"runs": "update delete", "change_requests": "update", "attachment_parts": "delete", "clarification_drafts": "update", "files": "delete", "reports": "update",
		"agreement_instalments": "", "mous": "", "seats": "", "seat_terms": "update", "belongings": "update", "committee_terms": "update", "group_terms": "update", "nominations": "update", "rules_drafts": "update", "migrations": "", "register": "", "register_words": "", "saved_searches": "update delete", "river_migration": "",
		"river_job": "update delete", "river_leader": "update delete", "river_queue": "update delete", "river_notification": "update delete",
	}
	for _, table := range store.History() {
		want[table] = ""
	}
	rows, err := f.DB.Raw(`SELECT tablename, concat_ws(' ', CASE WHEN has_any_column_privilege('fund_app', t, 'UPDATE') THEN 'update' END,
			CASE WHEN has_table_privilege('fund_app', t, 'DELETE') THEN 'delete' END, CASE WHEN has_table_privilege('fund_app', t, 'TRUNCATE') THEN 'truncate' END)
		FROM pg_tables, LATERAL (SELECT quote_ident(tablename)::regclass::oid AS t) x WHERE schemaname = 'public'`).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for rows.Next() {
		var table, may string
		if err := rows.Scan(&table, &may); err != nil {
			t.Fatal(err)
		}
		seen++
		if w, known := want[table]; !known || w != may {
			t.Errorf("on %s the program's role may %q besides reading and adding; %q is wanted (named here: %t)", table, may, w, known)
		}
	}
	if seen != len(want) {
		t.Errorf("%d tables of %d are there", seen, len(want))
	}
}

// Columns that make a case what it is are nobody's to change: what was asked for
// is what is signed, prepared and released.
func TestWhatMakesACaseIsNotRewritten(t *testing.T) {
	f := storetest.New(t)
	for _, sql := range []string{"UPDATE transfer_requests SET amount = 1", "UPDATE transfer_requests SET organisation = organisation", "UPDATE agreements SET amount = 1",
		"UPDATE organisations SET code = 'X'", "UPDATE questions SET amount = 1", "UPDATE idempotency_keys SET hash = ''", "UPDATE calls SET ref = 'X'",
		"DELETE FROM idempotency_keys", "INSERT INTO migrations (name, sha256) VALUES ('x', 'y')"} {
		tx := f.DB.Begin()
		tx.Exec("SET LOCAL ROLE fund_app")
		if err := tx.Exec(sql).Error; err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", sql, err)
		}
		tx.Rollback()
	}
}

// The check sees a guard that a restore or an owner switched off.
func TestTheCheckSeesAMissingGuard(t *testing.T) {
	for _, sql := range []string{"ALTER TABLE postings DISABLE TRIGGER stands_for_ever", "DROP TRIGGER stands_for_ever ON decisions",
		"GRANT UPDATE (memo) ON vouchers TO fund_app", "GRANT DELETE ON events TO fund_app"} {
		f := storetest.New(t)
		table := slices.IndexFunc(store.History(), func(name string) bool { return strings.Contains(sql, " ON "+name+" ") || strings.Contains(sql, name) })
		if err := f.DB.Exec(sql).Error; err != nil {
			t.Fatal(err)
		}
		found, err := f.Check(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(found, func(q store.Finding) bool { return q.Code == "history-stands" })
		if got := found[i].Faults; !slices.Equal(got, []string{store.History()[table]}) {
			t.Errorf("after %s: %v", sql, got)
		}
		f.DB.Exec(`ALTER TABLE postings ENABLE TRIGGER stands_for_ever; DROP TRIGGER IF EXISTS stands_for_ever ON decisions; SELECT append_only('decisions');
			REVOKE UPDATE (memo) ON vouchers FROM fund_app; REVOKE DELETE ON events FROM fund_app`)
	}
}

// As docs/operations.md has it: one login migrates and one serves, neither more than
// a member of its role. And what is said of logins with less than they need.
func TestLoginsOfProduction(t *testing.T) {
	f := storetest.New(t)
	names := map[string]string{}
	for _, name := range []string{"migrates", "serves", "plain"} {
		names[name] = fmt.Sprintf("%s_%s", name, strings.TrimPrefix(databaseOf(t, f.URL), "/"))
		must(t, f, "CREATE ROLE "+names[name]+" LOGIN")
	}
	must(t, f, "GRANT fund_owner TO "+names["migrates"])
	must(t, f, "GRANT fund_app TO "+names["serves"])
	t.Cleanup(func() {
		for _, name := range names {
			f.DB.Exec("DROP ROLE IF EXISTS " + name)
		}
	})
	for _, c := range []struct {
		name, owner, url, ownerURL string
		guarded                    bool
		refused                    string
	}{
		{"two logins", "fund_owner", "serves", "migrates", true, ""},
		{"one that may do nothing but owns its database", names["plain"], "plain", "", false, ""},
		{"one that migrates also serves, and may not be the role that does", "fund_owner", "migrates", "", false, ""},
		{"one that may not serve", "fund_owner", "plain", "migrates", false, "may not serve the fund as fund_app"},
		{"one that may not make tables", "fund_owner", "plain", "", false, "may not make tables"},
	} {
		t.Run(c.name, func(t *testing.T) {
			database := databaseOf(t, f.URL) + "_login"
			must(t, f, "CREATE DATABASE "+database+" OWNER "+c.owner)
			t.Cleanup(func() { f.DB.Exec("DROP DATABASE " + database + " WITH (FORCE)") })
			o := store.Options{URL: as(t, f.URL, names[c.url], database)}
			if c.ownerURL != "" {
				o.OwnerURL = as(t, f.URL, names[c.ownerURL], database)
			}
			s, err := store.Open(context.Background(), o)
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) {
					t.Fatalf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if s.Guarded != c.guarded {
				t.Errorf("guarded: %t", s.Guarded)
			}
			again, err := store.Open(context.Background(), o) // as every start does
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			found, err := again.Check(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range found {
				if len(q.Faults) > 0 {
					t.Errorf("%s: %v", q.Code, q.Faults)
				}
			}
			if _, err := again.Statement(context.Background(), domain.Console(), storetest.Start); err != nil {
				t.Error(err)
			}
		})
	}
}

func must(t *testing.T, f *storetest.Fund, sql string) {
	t.Helper()
	if err := f.DB.Exec(sql).Error; err != nil {
		t.Fatal(err)
	}
}

func databaseOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(u.Path, "/")
}

func as(t *testing.T, address, login, database string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User, u.Path = url.User(login), "/"+database
	return u.String()
}

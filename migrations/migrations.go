// Package migrations holds the schema, one numbered step after another. A step
// that has landed is never edited: the next one puts it right.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed *.sql
var files embed.FS

// Owner owns every table and applies the steps; App is what the program serves
// as: it may read, and write what is no history. They belong to the whole
// cluster, so that making them is tolerant of another database having done so.
const (
	Owner = "fund_owner"
	App   = "fund_app"
)

// roles are made where this login may make them; what is there already is left
// alone, so that a login that may do nothing but migrate needs nothing more.
// SET is asked since PostgreSQL 16: before, each member might.
const roles = `
DO $$
DECLARE may text := CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END;
BEGIN
    PERFORM pg_advisory_xact_lock(20260102);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_owner') THEN CREATE ROLE fund_owner NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN CREATE ROLE fund_app NOLOGIN; END IF;
    IF NOT pg_has_role(current_user, 'fund_owner', may) THEN EXECUTE format('GRANT fund_owner TO %I', current_user); END IF;
    IF NOT has_database_privilege('fund_owner', current_database(), 'CREATE') THEN
        EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO fund_owner', current_database());
    END IF;
    IF NOT has_schema_privilege('fund_owner', 'public', 'CREATE') THEN GRANT USAGE, CREATE ON SCHEMA public TO fund_owner; END IF;
    IF NOT has_schema_privilege('fund_app', 'public', 'USAGE') THEN GRANT USAGE ON SCHEMA public TO fund_app; END IF;
END $$`

// serves lets a login serve as the program's role.
const serves = `
DO $$
DECLARE may text := CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END;
BEGIN
    IF NOT pg_has_role(%[1]s, 'fund_app', may) THEN EXECUTE format('GRANT fund_app TO %%I', %[1]s); END IF;
END $$`

// private takes from everybody the right to make temporary tables, which could
// stand before ours. Whoever owns the database may.
const private = `
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$`

// What is made from now on the program may read and add to; a step grants more
// where it makes the table.
const rights = `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO fund_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE UPDATE, DELETE ON TABLES FROM fund_app; -- as it was once
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO fund_app`

const table = `CREATE TABLE IF NOT EXISTS migrations (
	name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`

// Apply takes every step that this database has not yet taken, in one
// transaction, and stops where a step already taken has been edited since.
// It reports whether the two roles stand between the program and the tables:
// that login may then serve as App. login is the name the program serves under
// where that is another than the one of db; "" is the same.
func Apply(ctx context.Context, db *sql.DB, login string) (guarded bool, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Close()
	if guarded, err = guard(ctx, conn, login); err != nil {
		return false, err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	if guarded {
		if _, err := tx.ExecContext(ctx, `SET LOCAL ROLE `+Owner); err != nil {
			return false, err
		}
		if _, err := tx.ExecContext(ctx, rights); err != nil {
			return false, err
		}
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(20260101)`); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, table); err != nil {
		return false, fmt.Errorf("the login that migrates may not make tables in this database; docs/operations.md has the statements that let it: %w", err)
	}
	names, err := fs.Glob(files, "*.sql") // sorted
	if err != nil {
		return false, err
	}
	for _, name := range names {
		if err := apply(ctx, tx, name); err != nil {
			return false, fmt.Errorf("migration %s: %w", name, err)
		}
	}
	return guarded, tx.Commit()
}

// guard puts the two roles between the program and its tables, where this login
// may. One login alone does without them; two without them could share no table.
func guard(ctx context.Context, conn *sql.Conn, login string) (guarded bool, err error) {
	// A database that was begun without the roles stays so: its tables are the login's.
	var owner string
	err = conn.QueryRowContext(ctx, `SELECT coalesce((SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'migrations'), $1)`, Owner).Scan(&owner)
	if err != nil {
		return false, err
	}
	served := `current_user`
	if login != "" {
		served = literal(login)
	}
	if owner == Owner {
		_, err = conn.ExecContext(ctx, roles)
		if err == nil {
			_, err = conn.ExecContext(ctx, fmt.Sprintf(serves, served))
		}
		if err == nil {
			conn.ExecContext(ctx, private) // where it is not allowed, each function's search path guards alone
			return true, nil
		}
	}
	if login != "" {
		return false, fmt.Errorf("the login %s may not serve the fund as %s, and that of FUND_OWNER_URL cannot let it; docs/operations.md has the statements that do", login, App)
	}
	return false, nil // triggers alone guard the history
}

// literal writes s as a literal of SQL.
func literal(s string) string { return `'` + strings.ReplaceAll(s, `'`, `''`) + `'` }

func apply(ctx context.Context, tx *sql.Tx, name string) error {
	step, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(step)
	now := hex.EncodeToString(sum[:])

	var then string
	switch err := tx.QueryRowContext(ctx, `SELECT sha256 FROM migrations WHERE name = $1`, name).Scan(&then); {
	case err == nil && then != now:
		return errors.New("was edited after it had been applied")
	case err == nil:
		return nil
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	if _, err := tx.ExecContext(ctx, string(step)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO migrations (name, sha256) VALUES ($1, $2)`, name, now)
	return err
}

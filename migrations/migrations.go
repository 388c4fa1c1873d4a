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

const roles = `
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(20260102);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_owner') THEN CREATE ROLE fund_owner NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN CREATE ROLE fund_app NOLOGIN; END IF;
    IF NOT pg_has_role(current_user, 'fund_owner', 'MEMBER') THEN EXECUTE format('GRANT fund_owner TO %I', current_user); END IF;
    IF NOT pg_has_role(current_user, 'fund_app', 'MEMBER') THEN EXECUTE format('GRANT fund_app TO %I', current_user); END IF;
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO fund_owner', current_database());
    GRANT USAGE, CREATE ON SCHEMA public TO fund_owner;
    GRANT USAGE ON SCHEMA public TO fund_app;
    ALTER DEFAULT PRIVILEGES FOR ROLE fund_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fund_app;
    ALTER DEFAULT PRIVILEGES FOR ROLE fund_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO fund_app;
END $$`

const table = `CREATE TABLE IF NOT EXISTS migrations (
	name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`

// Apply takes every step that this database has not yet taken, in one
// transaction, and stops where a step already taken has been edited since.
// It reports whether the two roles stand between the program and the tables.
func Apply(ctx context.Context, db *sql.DB) (guarded bool, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Close()
	guarded = true
	if _, err := conn.ExecContext(ctx, roles); err != nil {
		guarded = false // this login may not make roles: triggers alone guard the history
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
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(20260101)`); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, table); err != nil {
		return false, err
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

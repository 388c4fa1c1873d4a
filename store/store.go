// Package store keeps the fund in PostgreSQL. Each exported method is one whole
// act or one whole reading, and one transaction: it loads, asks the domain, and
// writes. No transaction and no gorm type ever leaves this package.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"startupfund/domain/charter"
	"startupfund/migrations"
	"startupfund/store/blob"
	"startupfund/store/seal"
)

// Options say how to reach the database. URL alone is enough.
type Options struct {
	URL      string           // what the program serves with
	OwnerURL string           // what applies migrations; empty uses URL
	Clock    func() time.Time // replaces the database's clock, in tests and for the example
	Pool     int              // connections at most; 0 is 20
	Blobs    blob.Blobs       // where the bytes of attachments are kept; nil keeps none
	Seal     *seal.Seal       // the key with which what leaves is signed; nil signs nothing
	Scratch  string           // folder where a file is put together; empty is the system's own
	Trace    pgx.QueryTracer  // told of every statement, for a bench; nil tells nobody
}

// Store is the fund in one database. It keeps no state but rules already read.
type Store struct {
	db       *gorm.DB
	url      string // for the jobs' own pool
	clock    func() time.Time
	blobs    blob.Blobs
	seal     *seal.Seal
	scratch  string
	charters sync.Map // version → charter.Charter: a version never changes
	mute     bool     // acts have no letters written: the example's past is not told to anybody

	// Guarded tells that the program serves under a role that has no right to
	// change history. Without it the triggers alone refuse.
	Guarded bool
}

// Open connects, brings the schema up to date and sees that the fund has rules.
func Open(ctx context.Context, o Options) (*Store, error) {
	guarded, err := migrate(ctx, o)
	if err != nil {
		return nil, err
	}
	db, err := connect(o.URL, guarded, o.Trace)
	if err != nil {
		return nil, err
	}
	if o.Pool == 0 {
		o.Pool = 20
	}
	db.SetMaxOpenConns(o.Pool)
	db.SetMaxIdleConns(o.Pool)
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: db}), &gorm.Config{
		Logger:                 logger.Discard,
		SkipDefaultTransaction: true, // act and read open the only ones
		DisableAutomaticPing:   true,
		PrepareStmt:            false, // pgx caches statements itself
	})
	if err != nil {
		db.Close()
		return nil, err
	}
	s := &Store{db: g, url: o.URL, clock: o.Clock, blobs: o.Blobs, seal: o.Seal, scratch: o.Scratch, Guarded: guarded}
	if err := s.firstCharter(ctx); err != nil {
		db.Close()
		return nil, err
	}
	if err := s.knownGroups(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

func migrate(ctx context.Context, o Options) (guarded bool, err error) {
	url, login := o.URL, ""
	if o.OwnerURL != "" {
		config, err := pgx.ParseConfig(o.URL)
		if err != nil {
			return false, fmt.Errorf("the database URL cannot be read: %w", err)
		}
		url, login = o.OwnerURL, config.User
	}
	db, err := connect(url, false, nil)
	if err != nil {
		return false, err
	}
	defer db.Close()
	if err := check(ctx, db); err != nil {
		return false, err
	}
	return migrations.Apply(ctx, db, login)
}

// check refuses a server whose promises the fund could not keep.
func check(ctx context.Context, db *sql.DB) error {
	var version int
	var fsync, pages, commit string
	var careless bool // of the servers that tests start
	err := db.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int, current_setting('fsync'),
		current_setting('full_page_writes'), current_setting('synchronous_commit'), coalesce(current_setting('fund.careless', true), '') = 'on'`).
		Scan(&version, &fsync, &pages, &commit, &careless)
	switch {
	case err != nil:
		return fmt.Errorf("the database does not answer: %w", err)
	case version < 150000:
		return fmt.Errorf("the database is PostgreSQL %d; the fund needs 15 or later", version/10000)
	case careless:
		return nil
	}
	for name, value := range map[string]string{"fsync": fsync, "full_page_writes": pages, "synchronous_commit": commit} {
		if value == "off" {
			return fmt.Errorf("the database runs with %s = off and would lose, in a crash, what it had promised to keep: set it to on", name)
		}
	}
	return nil
}

// connection is how every connection of the program is set.
var connection = map[string]string{"timezone": "UTC", "lock_timeout": "5s", "statement_timeout": "60s",
	"idle_in_transaction_session_timeout": "60s", "application_name": "fund", "search_path": "public"}

// connect opens a pool. Every connection speaks UTC, gives up on a lock after
// five seconds and, where app is set, serves as the role that may not rewrite.
func connect(url string, app bool, trace pgx.QueryTracer) (*sql.DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("the database URL cannot be read: %w", err)
	}
	for k, v := range connection {
		config.RuntimeParams[k] = v
	}
	config.Tracer = trace
	var after []stdlib.OptionOpenDB
	if app {
		after = append(after, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
			_, err := c.Exec(ctx, "SET ROLE "+migrations.App)
			return err
		}))
	}
	return stdlib.OpenDB(*config, after...), nil
}

// Close lets go of the database.
func (s *Store) Close() error {
	db, err := s.db.DB()
	if err != nil {
		return err
	}
	return db.Close()
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	db, err := s.db.DB()
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

// charterOf is one version of the rules, parsed once.
func (t *tx) charterOf(version int) (charter.Charter, error) {
	if c, ok := t.store.charters.Load(version); ok {
		return c.(charter.Charter), nil
	}
	var document string
	err := t.Raw(`SELECT document FROM charters WHERE version = ?`, version).Row().Scan(&document)
	if err != nil {
		return charter.Charter{}, fmt.Errorf("charter version %d: %w", version, err)
	}
	c, err := charter.Parse([]byte(document))
	if err != nil {
		return charter.Charter{}, fmt.Errorf("charter version %d: %w", version, err)
	}
	t.store.charters.Store(version, c)
	return c, nil
}

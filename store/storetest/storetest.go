// Package storetest gives a test a fund of its own, in a real PostgreSQL that
// the test program starts for itself in a temporary folder.
package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"startupfund/store"
	"startupfund/store/blob"
	"startupfund/store/pg"
	"startupfund/store/seal"
)

// Start is the instant at which every test begins: a Monday.
var Start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Clock is a test's own time. It stands still until it is moved.
type Clock struct{ at atomic.Int64 }

// Now is the clock's reading.
func (c *Clock) Now() time.Time { return time.Unix(0, c.at.Load()).UTC() }

// Set moves the clock to an instant.
func (c *Clock) Set(t time.Time) { c.at.Store(t.UnixNano()) }

// Add moves the clock on.
func (c *Clock) Add(d time.Duration) { c.Set(c.Now().Add(d)) }

// Fund is a fresh fund: its store, a superuser's way in for fixtures and gates,
// and its clock.
type Fund struct {
	*store.Store
	DB    *gorm.DB
	Clock *Clock
	URL   string
	Blobs blob.Blobs // the bytes of its attachments
}

const template = "fund_template"

var (
	once   sync.Once
	server *pg.Server
	seq    atomic.Int64
)

// Main starts the server, runs the tests and stops it: call it from TestMain.
func Main(m *testing.M) {
	code := func() int {
		dir, err := os.MkdirTemp("", "fund")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		if err := os.Chmod(dir, 0o711); err != nil { // as root the server runs under another uid
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		major, _ := strconv.Atoi(os.Getenv("FUND_TEST_PG")) // 0 is the newest here
		server, err = pg.Start(context.Background(), pg.Options{Data: filepath.Join(dir, "data"), Fast: true, Major: major})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer server.Stop(context.Background())
		return m.Run()
	}()
	os.Exit(code)
}

// New opens a fresh fund and drops it when the test ends. The schema is built
// once and copied. At the test's end every question of `fund check` is asked.
func New(t testing.TB) *Fund {
	t.Helper()
	admin := open(t, server.URL("postgres"))
	once.Do(func() {
		must(t, admin.Exec("CREATE DATABASE "+template).Error)
		s, err := store.Open(context.Background(), store.Options{URL: server.URL(template), Clock: func() time.Time { return Start }})
		must(t, err)
		must(t, s.Close())
	})
	name := fmt.Sprintf("fund_%d", seq.Add(1))
	must(t, admin.Exec("CREATE DATABASE "+name+" TEMPLATE "+template).Error)
	clock := &Clock{}
	clock.Set(Start)
	files, err := blob.NewFolder(filepath.Join(t.TempDir(), "files"))
	must(t, err)
	s, err := store.Open(context.Background(), store.Options{URL: server.URL(name), Clock: clock.Now, Blobs: files, Seal: seal.In(t.TempDir()), Scratch: t.TempDir()})
	must(t, err)
	f := &Fund{s, open(t, server.URL(name)), clock, server.URL(name), files}
	t.Cleanup(func() {
		f.agrees(t)
		s.Close()
		closeDB(f.DB)
		admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		closeDB(admin)
	})
	return f
}

// agrees fails the test where the books do not agree, whatever it tested.
func (f *Fund) agrees(t testing.TB) {
	found, err := f.Check(context.Background())
	if err != nil {
		t.Errorf("fund check: %v", err)
	}
	for _, q := range found {
		if len(q.Faults) > 0 {
			t.Errorf("fund check: %s: %s: %v", q.Code, q.Text, q.Faults)
		}
	}
}

// Fill runs the statements of a fixture.
func (f *Fund) Fill(t testing.TB, sql string) {
	t.Helper()
	for _, q := range strings.Split(sql, ";\n") {
		if strings.TrimSpace(q) != "" {
			must(t, f.DB.Exec(q).Error)
		}
	}
}

// Gate holds a lock until n others wait before it, then lets go: what races do
// is then no matter of luck.
func (f *Fund) Gate(t testing.TB, lock string, n int, contenders func()) {
	t.Helper()
	door := f.DB.Begin()
	must(t, door.Exec(lock).Error)
	done := make(chan struct{})
	go func() { contenders(); close(done) }()
	Eventually(t, func() bool {
		var waiting int
		must(t, f.DB.Raw(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Row().Scan(&waiting))
		return waiting >= n
	})
	must(t, door.Rollback().Error)
	<-done
}

// Eventually waits until ok holds, for ten seconds at most.
func Eventually(t testing.TB, ok func() bool) {
	t.Helper()
	for range 1000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("it never came about")
}

func open(t testing.TB, url string) *gorm.DB {
	t.Helper()
	db, err := gorm.Open(postgres.Open(url), &gorm.Config{Logger: logger.Discard})
	must(t, err)
	return db
}

func closeDB(db *gorm.DB) {
	if c, err := db.DB(); err == nil {
		c.Close()
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

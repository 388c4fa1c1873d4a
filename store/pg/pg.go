// Package pg runs the fund's own PostgreSQL: a child process over a private unix
// socket, its data in one folder, for whoever tries the system or tests it. A fund
// in earnest gives FUND_DATABASE_URL and never comes here.
//
// One program at a time owns the server of a data folder and holds the folder's
// lock; others join it. When the owner ends, in order or not, one of those that
// joined takes its place on the same socket.
package pg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Oldest is the oldest major version of PostgreSQL that the fund runs on.
const Oldest = 15

const (
	superuser = "postgres"
	database  = "fund"
	port      = "5432" // only a part of the socket's name: nothing listens on TCP
	pause     = 100 * time.Millisecond
	patience  = 2 * time.Minute // for another's initdb, or for a long recovery
)

// Options of Start. The zero value is what `fund` runs with.
type Options struct {
	Data     string    // the fund's folder, ".fund" when empty; made if missing, mode 0700
	Folder   string    // a folder with postgres and initdb that is used in place of any other
	Packages []string  // node_modules folders; nil looks for frontend/node_modules here and above
	Major    int       // ask for this major version; 0 takes the data's, else the newest
	Fast     bool      // for tests that lose nothing by a power cut: no fsync
	Log      io.Writer // sentences on what takes time or went wrong; nil drops them
}

// Server is a PostgreSQL that this program started or joined.
type Server struct {
	o      Options
	data   string // absolute, without symbolic links
	as     identity
	lock   lock
	socket string

	child    *postmaster // nil where another program owns the server
	stopping context.Context
	stop     context.CancelFunc
	kept     chan struct{}
	once     sync.Once
}

// Start starts the server of o.Data, or joins the one that runs, and returns when
// it takes connections and holds the database "fund". Its errors are one sentence
// each: what is missing, too old, full or held, and what to do about it.
func Start(ctx context.Context, o Options) (*Server, error) {
	s, err := newServer(o)
	if err != nil {
		return nil, err
	}
	if err := s.startOrJoin(ctx); err != nil {
		if s.Owner() && s.socket != "" {
			s.closeSocket()
		}
		s.lock.release()
		return nil, err
	}
	if err := s.createDatabase(ctx); err != nil {
		s.halt(ctx)
		return nil, err
	}
	go s.keep()
	return s, nil
}

func newServer(o Options) (*Server, error) {
	if o.Data == "" {
		o.Data = ".fund"
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	s := &Server{o: o, kept: make(chan struct{})}
	s.stopping, s.stop = context.WithCancel(context.Background())
	if err := s.openFolder(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Server) startOrJoin(ctx context.Context) error {
	for end := time.Now().Add(patience); ; {
		ours, err := s.lock.try()
		if err != nil {
			return err
		}
		if ours {
			return s.launch(ctx)
		}
		if s.join(ctx) {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("another program holds %s and its PostgreSQL does not answer: see %s", s.o.Data, s.logPath())
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// join tells whether the server of the folder's owner answers.
func (s *Server) join(ctx context.Context) bool {
	recorded, err := os.ReadFile(s.socketRecord())
	if err != nil {
		return false
	}
	if s.answers(ctx, string(recorded)) != nil {
		return false
	}
	s.socket = string(recorded)
	return true
}

// Owner tells whether this program started the server, and so will stop it.
func (s *Server) Owner() bool { return s.lock.ours.Load() }

// URL is the address of a database on this server for its superuser, over the
// unix socket. It stays the same as long as the Server is not stopped.
func (s *Server) URL(db string) string { return address(s.socket, db) }

func address(socket, db string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + db}
	u.RawQuery = url.Values{"host": {socket}, "port": {port}}.Encode()
	return u.String()
}

// Stop ends the server if this program owns it (fast shutdown: open transactions
// are rolled back), else only leaves it. When ctx ends first, the server is ended
// without a checkpoint; committed work is kept all the same.
func (s *Server) Stop(ctx context.Context) error {
	var err error
	s.once.Do(func() {
		s.stop()
		<-s.kept
		err = s.halt(ctx)
	})
	return err
}

func (s *Server) halt(ctx context.Context) error {
	var err error
	if s.child != nil {
		err = s.child.stop(ctx)
		s.closeSocket()
	}
	s.lock.release()
	return err
}

// keep starts the server again when it died, and takes it over when the program
// that owned it is gone.
func (s *Server) keep() {
	defer close(s.kept)
	for s.await() {
		if ours, err := s.lock.try(); err != nil || !ours {
			continue
		}
		if err := s.launch(s.stopping); err != nil && s.stopping.Err() == nil {
			fmt.Fprintf(s.o.Log, "PostgreSQL could not be started again: %v.\n", err)
			sleep(s.stopping, 2*time.Second)
		}
	}
}

// await returns when there may be something to start, or false when it is time to stop.
func (s *Server) await() bool {
	if s.child == nil {
		return sleep(s.stopping, pause) == nil
	}
	select {
	case <-s.stopping.Done():
		return false
	case <-s.child.exited:
		s.child = nil
		fmt.Fprintln(s.o.Log, "PostgreSQL ended by itself and is started again.")
		return true
	}
}

// answers connects once and says why that failed.
func (s *Server) answers(ctx context.Context, socket string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, address(socket, "postgres"))
	if err != nil {
		return err
	}
	return c.Close(ctx)
}

func (s *Server) createDatabase(ctx context.Context) error {
	c, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return fmt.Errorf("PostgreSQL in %s does not answer: %w", s.o.Data, err)
	}
	defer c.Close(ctx)
	var there bool
	err = c.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, database).Scan(&there)
	if err != nil || there {
		return err
	}
	if _, err := c.Exec(ctx, `CREATE DATABASE `+database); err != nil && !already(err) {
		return fmt.Errorf("the database %s could not be created: %w", database, err)
	}
	return nil
}

func (s *Server) cluster() string      { return filepath.Join(s.data, "postgres") }
func (s *Server) logPath() string      { return filepath.Join(s.o.Data, "postgres.log") }
func (s *Server) socketRecord() string { return filepath.Join(s.data, "socket") }

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return errors.New("stopped while PostgreSQL was starting")
	case <-t.C:
		return nil
	}
}

package pg

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// CheckVersion asks the server at address (a postgres:// URL, as setting has it) for
// its version and refuses one older than Oldest.
func CheckVersion(ctx context.Context, setting, address string) error {
	c, err := pgx.Connect(ctx, address)
	if err != nil {
		return fmt.Errorf("the database of %s does not answer: %s", setting, reason(err))
	}
	defer c.Close(ctx)
	var number int
	if err := c.QueryRow(ctx, `SELECT current_setting('server_version_num')::int`).Scan(&number); err != nil {
		return fmt.Errorf("the database of %s does not tell its version: %w", setting, err)
	}
	return oldEnough(setting, number/10000)
}

func oldEnough(setting string, major int) error {
	if major < Oldest {
		return fmt.Errorf("the database of %s is PostgreSQL %d, and the fund needs %d or later", setting, major, Oldest)
	}
	return nil
}

// reason is what kept a connection from being made, without the list of all that
// was tried.
func reason(err error) string {
	var said *pgconn.PgError
	if errors.As(err, &said) {
		return said.Message
	}
	var name *net.DNSError
	if errors.As(err, &name) {
		return name.Name + ": " + name.Err
	}
	var network *net.OpError
	if errors.As(err, &network) && network.Addr != nil {
		return fmt.Sprintf("%s: %v", network.Addr, network.Err)
	}
	return err.Error()
}

// already says whether err is that of something created twice at once.
func already(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "42P04" || e.Code == "23505")
}

// fault makes one sentence of what a program of PostgreSQL said before it ended.
func (s *Server) fault(doing, said string, err error) error {
	if strings.Contains(said, "No space left on device") || errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("the disk that holds %s is full: make room, or set FUND_DATA to a folder on another", s.o.Data)
	}
	if strings.Contains(said, "could not create shared memory segment") {
		return fmt.Errorf("the machine has no shared memory left for PostgreSQL: see %s", s.logPath())
	}
	line := complaint(said)
	if line == "" && err != nil {
		line = err.Error()
	}
	return fmt.Errorf("PostgreSQL could not %s: %s", doing, line)
}

// complaint is the first line that tells an error, without its prefix.
func complaint(said string) string {
	for _, mark := range []string{"FATAL:", "PANIC:", "error:", "initdb: "} {
		for line := range strings.Lines(said) {
			if _, what, found := strings.Cut(line, mark); found {
				return strings.TrimSpace(what)
			}
		}
	}
	return ""
}

// passing says whether what PostgreSQL complained of goes away by itself: the
// memory of a server that was killed a moment ago.
func passing(said string) bool {
	return strings.Contains(said, "pre-existing shared memory block") || strings.Contains(said, `"postmaster.pid" already exists`)
}

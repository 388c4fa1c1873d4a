package pg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// postmaster is the server's first process, a child of this program.
type postmaster struct {
	process *os.Process
	exited  chan struct{}
}

// launch starts the server, whose lock we hold, and waits until it answers.
func (s *Server) launch(ctx context.Context) error {
	kept, err := s.writtenBy()
	if err != nil {
		return err
	}
	b, err := choose(s.o, kept)
	if err != nil {
		return err
	}
	if err := errors.Join(s.as.reach(s.data), s.openSocket()); err != nil {
		return err
	}
	if b, err = s.runnable(b); err != nil {
		return err
	}
	if kept == 0 {
		if err := s.initialise(ctx, b); err != nil {
			return err
		}
	}
	if err := s.predecessor(ctx); err != nil {
		return err
	}
	for end := time.Now().Add(15 * time.Second); ; {
		said, err := s.try(ctx, b)
		if err == nil || !passing(said) || time.Now().After(end) {
			return err
		}
		if err := sleep(ctx, 2*pause); err != nil {
			return err
		}
	}
}

// try runs the server once and returns what it said when it did not come up.
func (s *Server) try(ctx context.Context, b Binaries) (string, error) {
	log, err := s.openLog()
	if err != nil {
		return "", s.folderFault(err)
	}
	defer log.Close()
	before, _ := log.Seek(0, 2)
	child, err := s.spawn(b, log)
	if err != nil {
		return "", fmt.Errorf("PostgreSQL could not be run: %w", err)
	}
	if err := s.ready(ctx, child); err != nil {
		child.stop(context.Background())
		said := tail(log, before)
		if errors.Is(err, errExited) {
			err = s.fault("start", said, err)
		}
		return said, err
	}
	s.child = child
	return "", nil
}

var errExited = errors.New("it ended at once and said nothing")

// ready returns nil when the server takes connections.
func (s *Server) ready(ctx context.Context, child *postmaster) error {
	end := time.Now().Add(patience)
	for {
		err := s.answers(ctx, s.socket)
		if err == nil {
			return nil
		}
		select {
		case <-child.exited:
			return errExited
		default:
		}
		if time.Now().After(end) {
			return fmt.Errorf("PostgreSQL was started and does not answer, see %s: %w", s.logPath(), err)
		}
		if err := sleep(ctx, pause/4); err != nil {
			return err
		}
	}
}

func (s *Server) settings() []string {
	set := []string{
		"listen_addresses=", "port=" + port, "unix_socket_directories=" + s.socket, "unix_socket_permissions=0700",
		"max_connections=100", "timezone=UTC", "log_timezone=UTC", "logging_collector=off", "log_destination=stderr",
	}
	if s.o.Fast {
		set = append(set, "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off",
			"fund.careless=on") // the store refuses such a server otherwise
	}
	args := []string{"-D", s.cluster()}
	for _, one := range set {
		args = append(args, "-c", one)
	}
	return args
}

// spawn starts the postmaster from a thread that lives as long as it does: the
// kernel's word to a child is bound to the thread that started it, not to the program.
func (s *Server) spawn(b Binaries, log *os.File) (*postmaster, error) {
	c := s.as.command(context.Background(), b.program("postgres"), s.settings()...)
	c.Stdout, c.Stderr = log, log
	p := &postmaster{exited: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := c.Start()
		p.process = c.Process
		started <- err
		if err == nil {
			c.Wait()
			close(p.exited)
		}
	}()
	return p, <-started
}

// stop asks for a fast shutdown, and for an immediate one when ctx ends first.
func (p *postmaster) stop(ctx context.Context) error {
	p.process.Signal(syscall.SIGINT)
	select {
	case <-p.exited:
		return nil
	case <-ctx.Done():
	}
	p.process.Signal(syscall.SIGQUIT)
	select {
	case <-p.exited:
		return nil
	case <-time.After(10 * time.Second):
	}
	p.process.Kill()
	<-p.exited
	return errors.New("PostgreSQL did not stop and was killed; it will recover at the next start")
}

// predecessor waits for what a killed program left behind: a server that is still
// shutting down, or one that nobody told and that is told here. We hold the lock,
// so nobody else runs one.
func (s *Server) predecessor(ctx context.Context) error {
	file := filepath.Join(s.cluster(), "postmaster.pid")
	for end := time.Now().Add(patience / 2); ; {
		pid := recordedPID(file)
		if pid == 0 || syscall.Kill(pid, 0) == syscall.ESRCH {
			return nil
		}
		switch s.left(ctx, pid) {
		case yes:
			syscall.Kill(pid, syscall.SIGINT)
		case no:
			// The number is another program's by now, which PostgreSQL would not see.
			return os.Remove(file)
		}
		if time.Now().After(end) {
			return fmt.Errorf("process %d seems to use the data in %s and does not end: end it, then start again", pid, s.o.Data)
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// left tells whether pid is the server that was started here before.
func (s *Server) left(ctx context.Context, pid int) answer {
	a := standing(pid, s.cluster())
	if a == unknown {
		if socket, err := os.ReadFile(s.socketRecord()); err == nil && s.answers(ctx, string(socket)) == nil {
			return yes
		}
	}
	return a
}

type answer int

const (
	unknown answer = iota
	yes
	no
)

func recordedPID(file string) int {
	content, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || pid < 2 {
		return 0
	}
	return pid
}

const fullLog = 16 << 20 // bytes; then the log is set aside and begun anew

func (s *Server) openLog() (*os.File, error) {
	path := filepath.Join(s.data, "postgres.log")
	if info, err := os.Stat(path); err == nil && info.Size() > fullLog {
		os.Rename(path, path+".1")
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
}

// tail is what was written to the log since it had size bytes.
func tail(log *os.File, size int64) string {
	said := make([]byte, 16<<10)
	n, _ := log.ReadAt(said, size)
	return string(bytes.TrimSpace(said[:n]))
}

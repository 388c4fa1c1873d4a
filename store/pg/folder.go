package pg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// openFolder makes the fund's folder, private to who runs PostgreSQL, and opens its lock.
func (s *Server) openFolder() error {
	data, err := filepath.Abs(s.o.Data)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return s.folderFault(err)
	}
	if s.data, err = filepath.EvalSymlinks(data); err != nil {
		return s.folderFault(err)
	}
	s.as = whoRuns(s.data)
	if err := errors.Join(os.Chmod(s.data, 0o700), s.as.give(s.data)); err != nil {
		return s.folderFault(err)
	}
	if s.lock.file, err = os.OpenFile(filepath.Join(s.data, "lock"), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return s.folderFault(err)
	}
	return nil
}

func (s *Server) folderFault(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return s.fault("start", "", err)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("the folder %s is not this user's: run as its owner, or set FUND_DATA to another", s.o.Data)
	}
	return fmt.Errorf("the folder %s cannot be used: %w", s.o.Data, err)
}

// writtenBy is the major version of PostgreSQL that wrote the data, 0 where there are none.
func (s *Server) writtenBy() (int, error) {
	written, err := os.ReadFile(filepath.Join(s.cluster(), "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, s.folderFault(err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(written)))
	if err != nil {
		return 0, fmt.Errorf("%s/PG_VERSION does not name a version of PostgreSQL that the fund knows", s.cluster())
	}
	return major, nil
}

// initialise writes an empty cluster. It appears under its name only when it is
// whole, so that a start that was cut short begins again.
func (s *Server) initialise(ctx context.Context, b Binaries) error {
	fmt.Fprintf(s.o.Log, "Preparing a PostgreSQL %s in %s, once.\n", b.Version, s.o.Data)
	fresh := s.cluster() + ".new"
	said, err := s.initdb(ctx, b, fresh, "C.UTF-8")
	if err != nil && strings.Contains(said, "locale") {
		said, err = s.initdb(ctx, b, fresh, "C") // no such locale on this machine
	}
	if err != nil {
		os.RemoveAll(fresh)
		if ctx.Err() != nil {
			return errors.New("stopped while PostgreSQL was being prepared")
		}
		return s.fault("prepare its data", said, err)
	}
	hba := "# Only over the unix socket, whose folder is private.\nlocal all all trust\nlocal replication all trust\n"
	if err := os.WriteFile(filepath.Join(fresh, "pg_hba.conf"), []byte(hba), 0o600); err != nil {
		return s.folderFault(err)
	}
	if err := os.Rename(fresh, s.cluster()); err != nil {
		return s.folderFault(err)
	}
	return syncFolder(s.data)
}

// initdb orders text by code point, the same on every machine, and knows the
// letters of Unicode where the machine does.
func (s *Server) initdb(ctx context.Context, b Binaries, folder, ctype string) (string, error) {
	if err := os.RemoveAll(folder); err != nil {
		return "", err
	}
	args := []string{"-D", folder, "-U", superuser, "-A", "trust", "-k", "-E", "UTF8", "--locale=C", "--lc-ctype=" + ctype}
	if b.Major >= 17 {
		args = append(args, "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
	}
	if s.o.Fast {
		args = append(args, "--no-sync")
	}
	runtime.LockOSThread() // as in spawn
	defer runtime.UnlockOSThread()
	var said bytes.Buffer
	c := s.as.command(ctx, b.program("initdb"), args...)
	c.Stdout, c.Stderr = &said, &said
	err := c.Run()
	return said.String(), err
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// openSocket makes the folder of the socket: private, of the same name as last
// time where it can be, and short, for a socket's path has 107 bytes at most.
func (s *Server) openSocket() error {
	if s.socket != "" { // promised by URL already
		if !s.ownSocket(s.socket) {
			return fmt.Errorf("the folder %s of PostgreSQL's socket is not ours any more", s.socket)
		}
		return nil
	}
	if recorded, err := os.ReadFile(s.socketRecord()); err == nil && s.ownSocket(string(recorded)) {
		s.socket = string(recorded)
		return nil
	}
	folder, err := os.MkdirTemp("/tmp", "fund-")
	if err != nil {
		return fmt.Errorf("no folder for PostgreSQL's socket could be made under /tmp: %w", err)
	}
	if err := s.as.give(folder); err != nil {
		return err
	}
	s.socket = folder
	return s.replace(s.socketRecord(), folder)
}

// ownSocket tells whether folder can be used again: made now, or still ours alone.
func (s *Server) ownSocket(folder string) bool {
	if !strings.HasPrefix(folder, "/tmp/fund-") || filepath.Clean(folder) != folder {
		return false
	}
	if err := os.Mkdir(folder, 0o700); err == nil {
		return s.as.give(folder) == nil
	}
	info, err := os.Lstat(folder)
	if err != nil || !info.IsDir() || info.Mode().Perm() != 0o700 {
		return false
	}
	who := uint32(os.Geteuid())
	if s.as.drop {
		who = s.as.uid
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && st.Uid == who
}

// runnable is b where the identity may run it. The npm package of a checkout that
// only root may enter is copied beside the socket for as long as the server runs:
// PostgreSQL asks access(2) about its programs, which heeds no right to pass.
func (s *Server) runnable(b Binaries) (Binaries, error) {
	closed := s.as.barred(b.program("postgres"))
	if closed == "" {
		return b, nil
	}
	if !b.Package {
		return b, fmt.Errorf("PostgreSQL may not run as root, and the user it runs as (number %d) may not enter %s, where its programs are", s.as.uid, closed)
	}
	open := filepath.Join(s.socket, "programs")
	if err := errors.Join(os.RemoveAll(open), os.CopyFS(open, os.DirFS(filepath.Dir(b.Folder)))); err != nil {
		return b, fmt.Errorf("PostgreSQL's programs could not be copied to %s: %w", open, err)
	}
	b.Folder = filepath.Join(open, "bin")
	return b, filepath.WalkDir(open, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, s.as.give(path))
	})
}

// closeSocket removes the folder of the socket. Its name stays recorded, so that
// who joined finds it again.
func (s *Server) closeSocket() {
	os.RemoveAll(filepath.Join(s.socket, "programs"))
	os.Remove(s.socket)
}

// replace writes a small file so that a reader sees all of it or the old one.
func (s *Server) replace(path, content string) error {
	if err := os.WriteFile(path+".new", []byte(content), 0o600); err != nil {
		return s.folderFault(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return s.folderFault(err)
	}
	return nil
}

// lock is held by the one program that owns the server of a folder. The kernel
// lets go of it when that program ends, however it ends.
type lock struct {
	file *os.File
	ours atomic.Bool
}

// try takes the lock if nobody has it and tells whether it is ours now.
func (l *lock) try() (bool, error) {
	if l.ours.Load() {
		return true, nil
	}
	err := syscall.Flock(int(l.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%s cannot be locked: %w", l.file.Name(), err)
	}
	l.ours.Store(true)
	return true, nil
}

func (l *lock) release() {
	l.ours.Store(false)
	l.file.Close()
}

package pg

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// identity is who PostgreSQL runs as. It refuses root, so root becomes another.
type identity struct {
	drop     bool
	uid, gid uint32
	ambient  []uintptr // what the other needs to reach folders that only root may enter
}

// whoRuns is the zero identity, this program's own user, unless that is root: then
// the one who owns the data, or else the folder around them, or nobody.
func whoRuns(data string) identity {
	if os.Geteuid() != 0 {
		return identity{}
	}
	for _, f := range []string{filepath.Join(data, "postgres"), filepath.Dir(data)} {
		if uid, ok := owner(f); ok && uid != 0 {
			return identity{drop: true, uid: uid, gid: groupOf(uid)}
		}
	}
	if u, err := user.Lookup("nobody"); err == nil {
		if uid, err := strconv.ParseUint(u.Uid, 10, 32); err == nil && uid != 0 {
			return identity{drop: true, uid: uint32(uid), gid: groupOf(uint32(uid))}
		}
	}
	return identity{drop: true, uid: 65534, gid: 65534}
}

func owner(path string) (uint32, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return st.Uid, true
}

func groupOf(uid uint32) uint32 {
	if u, err := user.LookupId(strconv.FormatUint(uint64(uid), 10)); err == nil {
		if gid, err := strconv.ParseUint(u.Gid, 10, 32); err == nil {
			return uint32(gid)
		}
	}
	return uid
}

// give makes path belong to the identity.
func (id identity) give(path string) error {
	if !id.drop {
		return nil
	}
	return os.Lchown(path, int(id.uid), int(id.gid))
}

// reach makes sure that the identity gets to the data. A checkout under /root, say,
// is closed to everyone else: there the child keeps one right of root's, to pass
// through folders.
func (id *identity) reach(data string) error {
	closed := id.barred(data)
	if closed == "" || len(id.ambient) > 0 {
		return nil
	}
	if id.ambient = passThrough(); len(id.ambient) == 0 {
		return fmt.Errorf("PostgreSQL may not run as root, and the user it runs as (number %d) may not enter %s: set FUND_DATA to a folder that anyone may reach, such as one under /var/lib, or run as another user", id.uid, closed)
	}
	return nil
}

// barred is the nearest part of path that the identity may not enter (or run),
// "" where nothing stands in its way.
func (id identity) barred(path string) string {
	for f := path; id.drop; f = filepath.Dir(f) {
		if !id.enters(f) {
			return f
		}
		if f == filepath.Dir(f) {
			break
		}
	}
	return ""
}

func (id identity) enters(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return true // what is missing will be named by who needs it
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return true
	}
	switch mode := info.Mode().Perm(); {
	case st.Uid == id.uid:
		return mode&0o100 != 0
	case st.Gid == id.gid:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

// command is a program of PostgreSQL run as the identity, away from the
// terminal's signals, ended when this program ends.
func (id identity) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, program, args...)
	c.Dir = "/"
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	c.SysProcAttr = attributes(id)
	if id.drop {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: id.uid, Gid: id.gid}
	}
	return c
}

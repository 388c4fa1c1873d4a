package pg

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// attributes puts the child into a process group of its own, so that a Ctrl-C
// reaches the fund first, and has the kernel tell it (SIGINT: fast shutdown) when
// the thread that started it is gone, as after kill -9.
func attributes(id identity) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT, AmbientCaps: id.ambient}
}

// passThrough is the least capability that this program has to enter any folder:
// CAP_DAC_READ_SEARCH, or in a container that lacks it CAP_DAC_OVERRIDE.
func passThrough() []uintptr {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if hex, found := strings.CutPrefix(line, "CapPrm:"); found {
			permitted, _ := strconv.ParseUint(strings.TrimSpace(hex), 16, 64)
			for _, capability := range []uintptr{2, 1} {
				if permitted&(1<<capability) != 0 {
					return []uintptr{capability}
				}
			}
		}
	}
	return nil
}

// standing tells whether process pid is a PostgreSQL on this cluster: each of its
// processes has the data for its working folder.
func standing(pid int, cluster string) answer {
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	name, err := os.ReadFile(filepath.Join(proc, "comm"))
	if err != nil || strings.TrimSpace(string(name)) != "postgres" {
		return no
	}
	at, err := os.Readlink(filepath.Join(proc, "cwd"))
	switch {
	case err != nil:
		return unknown // in a container even root may not look
	case at == cluster:
		return yes
	}
	return no
}

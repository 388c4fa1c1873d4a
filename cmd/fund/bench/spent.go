package bench

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// spent is the time of processors that was used so far, in milliseconds: by the
// database's sessions, and by this program, which asks as well as answers. A machine that
// others use too makes what is waited for longer, and this hardly at all.
type spent struct{ database, program float64 }

// spent adds up what the kernel says of the sessions that are open now: those of a pool
// stay, so that the difference of two is what was done between.
func (g *ground) spent(ctx context.Context) (s spent, err error) {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return s, err
	}
	s.program = float64(used.Utime.Nano()+used.Stime.Nano()) / 1e6
	rows, err := g.db.Query(ctx, `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'`)
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return s, err
		}
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", pid))
		if err != nil {
			continue // it ended, or this is no Linux
		}
		if ns, err := strconv.ParseFloat(strings.Fields(string(text))[0], 64); err == nil {
			s.database += ns / 1e6
		}
	}
	return s, rows.Err()
}

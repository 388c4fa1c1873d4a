package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// P13, I14, I20: the program, or all of its PostgreSQL with it, is killed while
// people write, and started again. What was acknowledged is there; what is unknown is
// asked again under its key; nothing is there twice, and fund check is clean. What was
// acknowledged is remembered outside of the program.
func TestKilledWhilePeopleWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a PostgreSQL")
	}
	k := &killed{t: t, dir: newcomersFolder(t), kept: map[string]string{}}
	k.fund("init", "--code", "KILL", "--name", "A fund", "--admin-email", "adam@example.org", "--admin-name", "Adam", "--bank-account", "CH93", "--password-stdin")
	invitation := regexp.MustCompile(`invitation=(\S+)`).FindStringSubmatch(
		k.fund("user", "add", "--email", "rohan@example.org", "--name", "Rohan", "--role", "agent-preparer", "--organisation", "MPTFO"))
	if invitation == nil {
		t.Fatal("no invitation was printed")
	}
	k.start()
	t.Cleanup(func() { k.stop() })

	adam, rohan := k.person(), k.person()
	k.must(adam, "POST", "/session", "", map[string]any{"email": "adam@example.org", "password": killPassword})
	k.must(rohan, "POST", "/invitation", "", map[string]any{"token": invitation[1], "password": killPassword})
	k.must(rohan, "POST", "/session", "", map[string]any{"email": "rohan@example.org", "password": killPassword})
	usd := func(amount string) map[string]any { return map[string]any{"amount": amount, "currency": "USD"} }
	giver := k.must(adam, "POST", "/organisations", "", map[string]any{"code": "XA", "name": "A giver", "kind": "foundation", "short_name": "", "iso3166": "", "m49": "", "iati_ref": ""})
	today := time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly)
	agreement := k.must(rohan, "POST", "/agreements", "agreement", map[string]any{"contributor": giver, "amount": usd("1000000.00"), "signed_on": today,
		"instalments": []any{map[string]any{"due_on": today, "amount": usd("1000000.00")}}})
	k.path = "/agreements/" + agreement + "/deposits"

	for round, wholly := range []bool{false, true, false} {
		k.load(rohan, round, today, wholly)
		k.start()
		k.again(rohan, today)
	}
	if len(k.kept) < 30 {
		t.Errorf("only %d deposits were made: the kills came too early to tell", len(k.kept))
	}
	t.Logf("%d deposits, over three kills", len(k.kept))
	if faults := differing(k.kept, k.stored(rohan)); faults != nil {
		t.Errorf("of %d: %v", len(k.kept), faults)
	}
	if said := k.fund("check"); strings.Contains(said, "FAIL") {
		t.Error(said)
	}

	// The test can see what it looks for: a caller who asks again under another key
	// has the deposit twice, and one that no answer told of is not there.
	k.must(rohan, "POST", k.path, "another-key", map[string]any{"amount": usd("1.00"), "received_on": today, "bank_reference": "R0-0-0"})
	k.kept["never-asked"] = "no voucher"
	if faults := differing(k.kept, k.stored(rohan)); len(faults) != 2 {
		t.Errorf("a deposit made twice and one that is missing were not both seen: %v", faults)
	}
}

const killPassword = "seven tall grey herons"

// killed is the program under kills, and what its callers know.
type killed struct {
	t       *testing.T
	dir     string
	serve   *exec.Cmd
	address string
	path    string // where deposits are made

	mu      sync.Mutex
	kept    map[string]string // bank reference → the voucher that was answered
	unknown []string
}

func (k *killed) command(args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(k.dir, "bin", "fund"), args...)
	c.Dir, c.Env = k.dir, append(os.Environ(), "FUND_LISTEN=127.0.0.1:0", "FUND_DATA="+filepath.Join(k.dir, ".fund"), "FUND_DATABASE_URL=")
	return c
}

// fund runs a command of the program that must succeed.
func (k *killed) fund(args ...string) string {
	k.t.Helper()
	c := k.command(args...)
	c.Stdin = strings.NewReader(killPassword + "\n")
	said, err := c.CombinedOutput()
	if err != nil {
		k.t.Fatalf("fund %v: %v\n%s", args, err, said)
	}
	return string(said)
}

func (k *killed) start() {
	k.t.Helper()
	k.serve = k.command("serve")
	out, err := k.serve.StdoutPipe()
	if err != nil {
		k.t.Fatal(err)
	}
	k.serve.Stderr = io.Discard // what breaks off in a kill
	if err := k.serve.Start(); err != nil {
		k.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "The fund is served on "); ok {
			k.address = strings.TrimSuffix(at, ". Stop it with Ctrl-C.") + "/api/v1"
			go io.Copy(io.Discard, out)
			return
		}
	}
	k.t.Fatal("the program did not start again")
}

func (k *killed) stop() {
	k.serve.Process.Signal(os.Interrupt)
	if err := k.serve.Wait(); err != nil {
		k.t.Errorf("the program ended with %v", err)
	}
}

// kill ends the program, and where wholly its PostgreSQL in the same instant,
// with no word of warning.
func (k *killed) kill(wholly bool) {
	if wholly {
		text, err := os.ReadFile(filepath.Join(k.dir, ".fund", "postgres", "postmaster.pid"))
		first, _, _ := strings.Cut(string(text), "\n")
		pid, bad := strconv.Atoi(first)
		if err != nil || bad != nil {
			k.t.Fatal(err, bad)
		}
		syscall.Kill(-pid, syscall.SIGKILL) // a group of its own
		syscall.Kill(pid, syscall.SIGKILL)
	}
	k.serve.Process.Kill()
	k.serve.Wait()
}

func (k *killed) person() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		k.t.Fatal(err)
	}
	return &http.Client{Jar: jar, Timeout: 10 * time.Second}
}

// ask is one request; err is of a lost answer, when what became of it is unknown.
func (k *killed) ask(who *http.Client, method, path, key string, body any) (status int, answer []byte, err error) {
	sent, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	r, err := http.NewRequest(method, k.address+path, bytes.NewReader(sent))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	got, err := who.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer got.Body.Close()
	answer, err = io.ReadAll(got.Body)
	return got.StatusCode, answer, err
}

// must is a request that succeeds, and the id it answers with.
func (k *killed) must(who *http.Client, method, path, key string, body any) string {
	k.t.Helper()
	status, answer, err := k.ask(who, method, path, key, body)
	if err != nil || status >= 300 {
		k.t.Fatalf("%s %s: %d, %v\n%s", method, path, status, err, answer)
	}
	var made struct{ ID string }
	json.Unmarshal(answer, &made)
	return made.ID
}

func (k *killed) deposit(who *http.Client, ref, today string) {
	status, answer, err := k.ask(who, "POST", k.path, "key-"+ref, map[string]any{
		"amount": map[string]any{"amount": "1.00", "currency": "USD"}, "received_on": today, "bank_reference": ref})
	var made struct{ Voucher string }
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case err != nil || status >= 500:
		k.unknown = append(k.unknown, ref)
	case status != http.StatusCreated || json.Unmarshal(answer, &made) != nil:
		k.t.Errorf("%s: %d %s", ref, status, answer)
	case k.kept[ref] != "" && k.kept[ref] != made.Voucher:
		k.t.Errorf("%s was answered with %s and then with %s", ref, k.kept[ref], made.Voucher)
	default:
		k.kept[ref] = made.Voucher
	}
}

// load has six callers make deposits, and kills the program among them.
func (k *killed) load(who *http.Client, round int, today string, wholly bool) {
	stop := make(chan struct{})
	var all sync.WaitGroup
	for caller := range 6 {
		all.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
					k.deposit(who, fmt.Sprintf("R%d-%d-%d", round, caller, n), today)
				}
			}
		})
	}
	time.Sleep(time.Second)
	k.kill(wholly)
	close(stop)
	all.Wait()
}

// again asks everything unknown once more, and some of what was acknowledged.
func (k *killed) again(who *http.Client, today string) {
	k.mu.Lock()
	list := k.unknown
	k.unknown = nil
	for ref := range k.kept {
		if len(list) > 200 {
			break
		}
		list = append(list, ref)
	}
	k.mu.Unlock()
	for _, ref := range list {
		k.deposit(who, ref, today)
	}
	if len(k.unknown) > 0 {
		k.t.Fatalf("%v went unanswered by a program that runs", k.unknown)
	}
}

// stored is what the program has, a line a deposit.
func (k *killed) stored(who *http.Client) (list [][2]string) {
	status, answer, err := k.ask(who, "GET", k.path, "", nil)
	if err != nil || status != http.StatusOK {
		k.t.Fatalf("%d, %v: %s", status, err, answer)
	}
	var all []struct {
		BankReference string `json:"bank_reference"`
		Voucher       string `json:"voucher"`
	}
	if err := json.Unmarshal(answer, &all); err != nil {
		k.t.Fatal(err)
	}
	for _, d := range all {
		list = append(list, [2]string{d.BankReference, d.Voucher})
	}
	return list
}

// differing compares what callers were told with what is stored.
func differing(kept map[string]string, stored [][2]string) (faults []string) {
	seen := map[string]bool{}
	for _, d := range stored {
		switch {
		case seen[d[0]]:
			faults = append(faults, d[0]+" is there twice")
		case kept[d[0]] != d[1]:
			faults = append(faults, d[0]+" is there and nobody was told")
		}
		seen[d[0]] = true
	}
	for ref := range kept {
		if !seen[ref] {
			faults = append(faults, ref+" was acknowledged and is not there")
		}
	}
	return faults
}

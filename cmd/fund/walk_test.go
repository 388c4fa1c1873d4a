package main

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// What README promises a newcomer is pasted, as it stands there, against the built
// program with a database of its own: no step is refused, the day is proved and
// every check is ok.
func TestTheWalkOfTheReadme(t *testing.T) {
	for _, tool := range []string{"bash", "curl", "node"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: make test installs it", tool)
		}
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	walk := regexp.MustCompile("(?s)```bash\n(.*?)```").FindSubmatch(readme)
	if walk == nil {
		t.Fatal("README has no walk")
	}
	dir := newcomersFolder(t)
	address := serveExample(t, dir)

	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	shell := exec.CommandContext(ctx, "bash", "-e", "-o", "pipefail", "-c", string(walk[1]))
	shell.Dir, shell.Env = dir, append(os.Environ(), "FUND="+address, "FUND_DATA="+filepath.Join(dir, ".fund"))
	var out bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &out
	if err := shell.Run(); err != nil || strings.Contains(out.String(), "was refused") {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if !regexp.MustCompile(`(?m)^Difference +0\.00$`).MatchString(out.String()) || !strings.Contains(out.String(), "ok     books-tie") {
		t.Errorf("the walk ends without proof:\n%s", out.String())
	}
}

// newcomersFolder holds what the walk expects beside it: bin/fund and docs/walk.sh.
func newcomersFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "walk") // short: a socket's path is 107 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "bin", "fund"), ".")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	words, err := os.ReadFile("../../docs/walk.sh")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "docs"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "docs", "walk.sh"), words, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// serveExample runs the built program in dir until the test ends, and tells its
// address.
func serveExample(t *testing.T, dir string) (address string) {
	t.Helper()
	serve := exec.Command(filepath.Join(dir, "bin", "fund"), "serve", "--example")
	serve.Dir, serve.Env = dir, append(os.Environ(), "FUND_LISTEN=127.0.0.1:0", "FUND_DATA="+filepath.Join(dir, ".fund"), "FUND_DATABASE_URL=")
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	serve.Stderr = os.Stderr
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		serve.Process.Signal(os.Interrupt)
		if err := serve.Wait(); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "The fund is served on "); ok {
			return strings.TrimSuffix(at, ". Stop it with Ctrl-C.")
		}
	}
	t.Fatal("the program ended before it served")
	return ""
}

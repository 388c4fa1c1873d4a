package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// Printing a page takes a second or two and some 200 MB: two at once, and each
// within half a minute.
const (
	printsAtOnce  = 2
	longestToMake = 30 * time.Second
)

// printer makes PDFs of pages with a Chromium; nil where none is set up. What it is
// given forbids itself every script, and it reaches no network.
func printer(program string) func(context.Context, []byte) ([]byte, error) {
	if program == "" {
		return nil
	}
	free := make(chan struct{}, printsAtOnce)
	return func(ctx context.Context, page []byte) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, longestToMake)
		defer cancel()
		select {
		case free <- struct{}{}:
			defer func() { <-free }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return printPage(ctx, program, page)
	}
}

func printPage(ctx context.Context, program string, page []byte) ([]byte, error) {
	folder, err := os.MkdirTemp("", "fund-pdf")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	in, out := filepath.Join(folder, "page.html"), filepath.Join(folder, "page.pdf")
	if err := os.WriteFile(in, page, 0o600); err != nil {
		return nil, err
	}
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage", "--no-pdf-header-footer",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + filepath.Join(folder, "profile"), "--print-to-pdf=" + out}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // it refuses to run as root with one
	}
	cmd := exec.CommandContext(ctx, program, append(args, "file://"+in)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // its children too
	cmd.WaitDelay = time.Second
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w: %.500s", program, err, said)
	}
	return os.ReadFile(out)
}

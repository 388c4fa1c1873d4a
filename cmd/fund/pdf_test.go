package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestPrinter(t *testing.T) {
	if printer("") != nil {
		t.Error("without a program there is one that prints")
	}
	broken := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(broken, []byte("#!/bin/sh\nexit 3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := printer(broken)(t.Context(), nil); err == nil {
		t.Error("a program that fails made a PDF")
	}
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium")
	}
	made, err := printer(program)(t.Context(), []byte("<!doctype html><html lang=ar dir=rtl><title>x</title><p>مدرسة"))
	if err != nil || !bytes.HasPrefix(made, []byte("%PDF-")) {
		t.Errorf("%.20q, %v", made, err)
	}
}

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"startupfund/exchange/document"
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

// What is printed can be read again, in each script; where there is a program that reads it.
func TestPrintedIsRead(t *testing.T) {
	program, err := exec.LookPath("chromium")
	reader, err2 := exec.LookPath("pdftotext")
	if err != nil || err2 != nil {
		t.Skip("there is no chromium, or no pdftotext")
	}
	const hash = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
	names := []string{"Letter of support.pdf", "خطاب الوزارة.pdf", "支持函（签字）.pdf", "Lettre signée.pdf", "Письмо.pdf"}
	files := document.Table{Head: []string{"File", "SHA-256"}, Widths: []int{50, 50}}
	for _, name := range names {
		files.Rows = append(files.Rows, []string{name, hash})
	}
	var page bytes.Buffer
	if err := document.WritePage(&page, document.Document{Title: "Skills", Language: "en", Footer: "P-2026-001", Blocks: []document.Block{{Table: &files}}}, ""); err != nil {
		t.Fatal(err)
	}
	made, err := printer(program)(t.Context(), page.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "made.pdf")
	if err := os.WriteFile(file, made, 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(reader, "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	// A reader gives words of two directions in the order they stand in on the sheet: each word is looked for,
	// without what breaks it over lines.
	bare := func(text string) string {
		return strings.Map(func(c rune) rune {
			if unicode.IsLetter(c) || unicode.IsDigit(c) {
				return c
			}
			return -1
		}, norm.NFKC.String(text))
	}
	for _, want := range strings.Fields(strings.Join(names, " ") + " " + hash) {
		name, _, _ := strings.Cut(want, ".")
		if !strings.Contains(bare(string(said)), bare(name)) {
			t.Errorf("%s is not in %s", want, said)
		}
	}
}

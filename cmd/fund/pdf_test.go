package main

import (
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// Arabic minutes come out as text that is selected and searched, right way round, in a PDF with its tags and
// language: headings, tables and what is of another direction within.
func TestArabicIsPrintedTheRightWayRound(t *testing.T) {
	program, err := exec.LookPath("chromium")
	reader, err2 := exec.LookPath("pdftotext")
	if err != nil || err2 != nil {
		t.Skip("there is no chromium, or no pdftotext")
	}
	const opened, explained = "افتتحت الرئيسة الجلسة وعرضت جدول الأعمال.", "نطلب أن تبقى المكاتب مفتوحة ليلا."
	page := document.Document{Title: "محضر الاجتماع", Language: "ar", Source: "صندوق البداية", Footer: "MIN-2026-01", Page: "صفحة", Blocks: []document.Block{
		{Facts: []document.Fact{{Name: "الاجتماع", Value: document.Text{Is: "M-2026-01"}}}},
		{Heading: "الحضور", Level: 2},
		{Table: &document.Table{Caption: "المواقف", Head: []string{"المنظمة", "الموقف", "الشرح"}, Rows: [][]string{{"UNHCR", "موافق", explained}}}},
		{Text: document.Text{Is: opened, Language: "ar"}},
	}}
	var html bytes.Buffer
	if err := document.WritePage(&html, page, ""); err != nil {
		t.Fatal(err)
	}
	made, err := printer(program)(t.Context(), html.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"/StructTreeRoot", "/MarkInfo", "/Lang (ar)", "/S /H2", "/S /Table", "/S /TH"} {
		if !bytes.Contains(made, []byte(part)) {
			t.Errorf("the PDF has no %s", part)
		}
	}
	file := filepath.Join(t.TempDir(), "made.pdf")
	if err := os.WriteFile(file, made, 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(reader, file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	// The sheet has lam and alef as one sign, whose text is both in their order; this reader turns the two round, and
	// puts marks of direction about what runs the other way.
	if !bytes.Contains(inflated(made), []byte("/ActualText <FEFF06440627>")) {
		t.Error("lam and alef are no text in their order")
	}
	letters := func(text string) string {
		return strings.Join(strings.FieldsFunc(norm.NFKC.String(text), func(c rune) bool { return unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) || c == '.' }), " ")
	}
	turned := strings.NewReplacer("\u0644\u0627", "\u0627\u0644", "\u0644\u0623", "\u0623\u0644")
	text := letters(string(said))
	for _, want := range []string{opened, explained, page.Title, "الحضور", "موافق", "M-2026-01", "UNHCR"} {
		if !strings.Contains(text, letters(turned.Replace(want))) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	if strings.ContainsFunc(string(said), func(c rune) bool { return c == unicode.ReplacementChar || c >= 0xE000 && c <= 0xF8FF }) {
		t.Errorf("some of it is no text: %q", said)
	}
}

// inflated is what stands in a PDF's packed streams.
func inflated(made []byte) (all []byte) {
	for _, m := range regexp.MustCompile(`(?s)stream\r?\n(.*?)endstream`).FindAllSubmatch(made, -1) {
		if r, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
			b, _ := io.ReadAll(r)
			all = append(all, b...)
		}
	}
	return all
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

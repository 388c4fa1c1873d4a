package filetype

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"
)

const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x.xml" ContentType="`

// entry of an archive; stored where its name says so.
type entry struct {
	name, content string
	stored        bool
}

func archived(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		method := zip.Deflate
		if e.stored {
			method = zip.Store
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: method})
		if err == nil {
			_, err = io.WriteString(w, e.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func ooxml(t *testing.T, main string, more ...entry) []byte {
	return archived(t, append([]entry{{"[Content_Types].xml", types + main + `"/></Types>`, false}}, more...)...)
}

func odf(t *testing.T, kind string, more ...entry) []byte {
	return archived(t, append([]entry{{"mimetype", "application/vnd.oasis.opendocument." + kind, true}}, more...)...)
}

func picture(t *testing.T, encode func(io.Writer, image.Image) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

// wide is a text in UTF-16, with its mark.
func wide(order binary.AppendByteOrder, text string) (b []byte) {
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, unit)
	}
	return b
}

func TestOf(t *testing.T) {
	dot := picture(t, png.Encode)
	photo := picture(t, func(w io.Writer, i image.Image) error { return jpeg.Encode(w, i, nil) })
	letter := ooxml(t, word)
	for _, c := range []struct {
		name string
		file []byte
		want Type
		err  error
	}{
		{"a PDF", []byte("%PDF-1.4\n1 0 obj\n%%EOF\n"), PDF, nil},
		{"a PDF without an end", []byte("%PDF-1.4\n1 0 obj\n"), "", ErrBroken},
		{"what Windows calls Unicode", wide(binary.LittleEndian, "Année;Montant\r\n2026;1 000,00 € 𝄞"+strings.Repeat("𝄞", 4000)), Text, nil},
		{"the same the other way round", wide(binary.BigEndian, "السنة\t2026\n"), Text, nil},
		{"markup in UTF-16", wide(binary.LittleEndian, "  <script>alert(1)</script>"), "", ErrUnknown},
		{"a control in UTF-16", wide(binary.LittleEndian, "one\x00two"), "", ErrUnknown},
		{"half a pair in UTF-16", []byte("\xff\xfea\x00\x00\xd8b\x00"), "", ErrUnknown},
		{"UTF-16 that does not say so", wide(binary.LittleEndian, "one")[2:], "", ErrUnknown},
		{"a PDF behind something", []byte("x%PDF-1.4\n%%EOF\x00"), "", ErrUnknown},
		{"a PDF that is an archive too", append([]byte("%PDF-1.4\n"), append(archived(t, entry{"a.html", "x", false}), "\n%%EOF"...)...), "", ErrBroken},
		{"a picture", dot, PNG, nil},
		{"a picture cut off", dot[:len(dot)-3], "", ErrBroken},
		{"a picture with a page behind it", append(bytes.Clone(dot), "<html>"...), "", ErrBroken},
		{"a picture with an archive behind it", append(bytes.Clone(photo), letter...), "", ErrBroken},
		{"a photograph", photo, JPEG, nil},
		{"a photograph with a camera's own behind it", append(bytes.Clone(photo), "SEFT0123"...), JPEG, nil},
		{"the beginning of a photograph", photo[:20], "", ErrBroken},
		{"a document", letter, DOCX, nil},
		{"a sheet", ooxml(t, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), XLSX, nil},
		{"slides", ooxml(t, "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), PPTX, nil},
		{"a template", ooxml(t, "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"), "", ErrUnknown},
		{"a sheet with macros", ooxml(t, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "", ErrMacros},
		{"a document with macros that says it has none", ooxml(t, word, entry{"word/vbaProject.bin", "x", false}), "", ErrMacros},
		{"a sheet with the macros of 1992", ooxml(t, word, entry{"xl/macrosheets/sheet1.xml", "x", false}), "", ErrMacros},
		{"a document with a program in it", ooxml(t, word, entry{"word/embeddings/a.EXE", "x", false}), "", ErrMacros},
		{"an open document", odf(t, "text"), ODT, nil},
		{"an open sheet", odf(t, "spreadsheet"), ODS, nil},
		{"open slides", odf(t, "presentation"), ODP, nil},
		{"an open document with macros", odf(t, "text", entry{"Basic/Standard/Module1.xml", "x", false}), "", ErrMacros},
		{"an open drawing", odf(t, "graphics"), "", ErrUnknown},
		{"an archive", archived(t, entry{"a.txt", "x", false}), "", ErrUnknown},
		{"an archive that leads outside", ooxml(t, word, entry{"../../etc/passwd", "x", false}), "", ErrBroken},
		{"an archive cut off", letter[:len(letter)-30], "", ErrBroken},
		{"an archive behind a program", append([]byte("MZ\x90\x00"), letter...), "", ErrUnknown},
		{"text", []byte("Bonjour\r\n\tÀ bientôt"), Text, nil},
		{"text of an older alphabet", []byte("Ann\xe9e;2026\n"), Text, nil},
		{"a page", []byte("\ufeff \n<!DOCTYPE html>"), "", ErrUnknown},
		{"a picture that is a page", []byte("<svg onload=alert(1)>"), "", ErrUnknown},
		{"a script", []byte("#!/bin/sh\n"), "", ErrUnknown},
		{"a page behind a word", []byte("GIF89a=1;<SCRIPT>alert(1)</script>"), "", ErrUnknown},
		{"a program", []byte("\x7fELF\x02\x01"), "", ErrUnknown},
		{"an older document", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "", ErrUnknown},
		{"bytes late in a text", append(bytes.Repeat([]byte("word "), 20_000), 0), "", ErrUnknown},
		{"nothing", nil, "", ErrBroken},
	} {
		got, err := Of(bytes.NewReader(c.file), int64(len(c.file)))
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %q, %v; wanted %q, %v", c.name, got, err, c.want, c.err)
		}
		if early := Begins(c.file[:min(len(c.file), 4096)]); c.err == nil && !early {
			t.Errorf("%s is refused by its beginning", c.name)
		}
	}
}

// A bomb is told by what it says of itself or, where it lies, by being unpacked no
// further than is needed.
func TestABombIsNotUnpacked(t *testing.T) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 600 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := func(claims uint64) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		raw, err := z.CreateRaw(&zip.FileHeader{Name: "[Content_Types].xml", Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: claims})
		if err == nil {
			_, err = raw.Write(packed.Bytes())
		}
		if err == nil {
			err = z.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, claims := range map[string]uint64{"an honest one": 600 << 20, "one that lies": 1000} {
		file := bomb(claims)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Of(bytes.NewReader(file), int64(len(file)))
		runtime.ReadMemStats(&after)
		if !errors.Is(err, ErrBroken) || after.TotalAlloc-before.TotalAlloc > 16<<20 {
			t.Errorf("%s: %v, %d bytes were needed", name, err, after.TotalAlloc-before.TotalAlloc)
		}
	}
	// A list of entries that is larger than any document's.
	many := ooxml(t, word)
	end := bytes.LastIndex(many, []byte("PK\x05\x06"))
	binary.LittleEndian.PutUint32(many[end+12:], 1<<30)
	if _, err := Of(bytes.NewReader(many), int64(len(many))); !errors.Is(err, ErrBroken) {
		t.Error(err)
	}
}

func TestNamed(t *testing.T) {
	for _, c := range []struct {
		kind       Type
		name, want string
	}{{PDF, "a.pdf", "a.pdf"}, {PDF, "a.PDF", "a.PDF"}, {PDF, "a.exe", "a.exe.pdf"}, {Text, "a.csv", "a.csv"}, {Text, "a.html", "a.html.txt"}, {JPEG, "a.jpeg", "a.jpeg"}} {
		if got := c.kind.Named(c.name); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func FuzzOf(f *testing.F) {
	for _, seed := range []string{"%PDF-1.4\n%%EOF", "PK\x03\x04PK\x05\x06" + strings.Repeat("\x00", 18), "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "\xff\xd8\xff\xe0\x00\x02", "text"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if kind, err := Of(bytes.NewReader(file), int64(len(file))); (err == nil) != (kind != "") || kind != "" && kind.Media() == "" {
			t.Errorf("%q, %v", kind, err)
		}
	})
}

// Package filetype tells what a file is by what is in it. Its name, and what a
// browser says of it, count for nothing. It opens archives far enough to tell
// them apart and unpacks next to nothing.
package filetype

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Type is one that the program knows.
type Type string

const (
	PDF  Type = "pdf"
	DOCX Type = "docx"
	XLSX Type = "xlsx"
	PPTX Type = "pptx"
	ODT  Type = "odt"
	ODS  Type = "ods"
	ODP  Type = "odp"
	PNG  Type = "png"
	JPEG Type = "jpeg"
	Text Type = "text" // plain or of separated values: their bytes are alike
)

// kinds says how each is served, and what names of it end in.
var kinds = map[Type]struct {
	media   string
	endings []string // the first is added where a name has none of them
}{
	PDF:  {"application/pdf", []string{".pdf"}},
	DOCX: {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", []string{".docx"}},
	XLSX: {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", []string{".xlsx"}},
	PPTX: {"application/vnd.openxmlformats-officedocument.presentationml.presentation", []string{".pptx"}},
	ODT:  {"application/vnd.oasis.opendocument.text", []string{".odt"}},
	ODS:  {"application/vnd.oasis.opendocument.spreadsheet", []string{".ods"}},
	ODP:  {"application/vnd.oasis.opendocument.presentation", []string{".odp"}},
	PNG:  {"image/png", []string{".png"}},
	JPEG: {"image/jpeg", []string{".jpg", ".jpeg"}},
	Text: {"text/plain; charset=utf-8", []string{".txt", ".csv"}},
}

// Media is the content type it is served under.
func (t Type) Media() string { return kinds[t].media }

// Named gives a name the ending of its type where it has another: what is no
// program is not saved as one.
func (t Type) Named(name string) string {
	lower := strings.ToLower(name)
	endings := kinds[t].endings
	if len(endings) == 0 || slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(lower, e) }) {
		return name
	}
	return name + endings[0]
}

// Why a file is not taken.
var (
	ErrUnknown = errors.New("the file is of no type that is known here")
	ErrMacros  = errors.New("the file carries macros")
	ErrBroken  = errors.New("the file is not whole, or is two things at once")
)

// Of tells the type of a whole file of a size. What it reads of it at a time, and
// what it unpacks, is little however large the file is.
func Of(r io.ReaderAt, size int64) (Type, error) {
	head := make([]byte, min(size, 512))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", err
	}
	switch {
	case len(head) == 0:
		return "", ErrBroken
	case bytes.HasPrefix(head, []byte("%PDF-1.")), bytes.HasPrefix(head, []byte("%PDF-2.")):
		return whole(PDF, r, size, pdf)
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return whole(PNG, r, size, drawing)
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return whole(JPEG, r, size, photograph)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return archive(r, size)
	}
	return text(io.NewSectionReader(r, 0, size))
}

// whole asks a file to be all of what it begins as, and nothing else: no archive
// is hidden behind it.
func whole(t Type, r io.ReaderAt, size int64, is func(io.ReaderAt, int64) bool) (Type, error) {
	if !is(r, size) {
		return "", ErrBroken
	}
	if _, hidden := directory(r, size); hidden {
		return "", ErrBroken
	}
	return t, nil
}

// pdf asks for the mark that ends one, near the end.
func pdf(r io.ReaderAt, size int64) bool {
	return bytes.Contains(tail(r, size, 2048), []byte("%%EOF"))
}

// drawing walks from the header to the end, which has to be the file's.
func drawing(r io.ReaderAt, size int64) bool {
	at, first := int64(8), true
	var head [8]byte
	for at+12 <= size {
		if _, err := r.ReadAt(head[:], at); err != nil {
			return false
		}
		kind := string(head[4:])
		if first && kind != "IHDR" {
			return false
		}
		first = false
		at += 12 + int64(binary.BigEndian.Uint32(head[:4]))
		if kind == "IEND" {
			return at == size
		}
	}
	return false
}

// photograph walks the segments as far as the picture itself. Cameras write things of
// their own behind it.
func photograph(r io.ReaderAt, size int64) bool {
	var head [4]byte
	for at := int64(2); at+4 <= size; {
		if _, err := r.ReadAt(head[:], at); err != nil || head[0] != 0xff {
			return false
		}
		if head[1] == 0xff { // filling
			at++
			continue
		}
		if head[1] == 0xda {
			return true
		}
		length := int64(binary.BigEndian.Uint16(head[2:]))
		if length < 2 {
			return false
		}
		at += 2 + length
	}
	return false
}

// text takes what a person could read in a plain editor, in UTF-8, in UTF-16 that says
// so by its first two bytes (what Windows calls Unicode), or in one of the older
// single-byte alphabets, and neither markup nor a script.
func text(r io.Reader) (Type, error) {
	begin := bufio.NewReaderSize(r, 32<<10)
	r = begin
	switch mark, _ := begin.Peek(2); string(mark) {
	case "\xff\xfe":
		r = &narrow{r: begin, order: binary.LittleEndian}
	case "\xfe\xff":
		r = &narrow{r: begin, order: binary.BigEndian}
	}
	buffer, first := make([]byte, 32<<10), true
	for {
		n, err := io.ReadFull(r, buffer)
		part := buffer[:n]
		if first && (markup(part) || n == 0) {
			return "", ErrUnknown
		}
		first = false
		for _, b := range part {
			if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' || b == 0x7f {
				return "", ErrUnknown
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return Text, nil
		}
		if err != nil {
			return "", err
		}
	}
}

// narrow reads UTF-16 as UTF-8. Half a pair reads as NUL, which no text holds; where the
// bytes break off, what is broken reads as a letter that could not be read.
type narrow struct {
	r     *bufio.Reader
	order binary.ByteOrder
	left  []byte // of the last letter, what did not fit
}

func (n *narrow) Read(into []byte) (done int, err error) {
	for done < len(into) {
		if len(n.left) == 0 {
			letter, err := n.letter()
			if err != nil {
				return done, err
			}
			n.left = utf8.AppendRune(n.left, letter)
		}
		took := copy(into[done:], n.left)
		done, n.left = done+took, n.left[took:]
	}
	return done, nil
}

func (n *narrow) letter() (rune, error) {
	unit, err := n.unit()
	if err != nil || !utf16.IsSurrogate(unit) {
		return unit, err
	}
	second, err := n.unit()
	if err != nil {
		return utf8.RuneError, nil
	}
	if pair := utf16.DecodeRune(unit, second); pair != utf8.RuneError {
		return pair, nil
	}
	return 0, nil
}

func (n *narrow) unit() (rune, error) {
	var two [2]byte
	switch _, err := io.ReadFull(n.r, two[:]); err {
	case nil:
		return rune(n.order.Uint16(two[:])), nil
	case io.ErrUnexpectedEOF:
		return utf8.RuneError, nil
	default:
		return 0, err
	}
}

// markup tells what a browser or a shell would take for its own.
func markup(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	head = bytes.TrimLeft(head, " \t\r\n\f")
	for _, begin := range []string{"<", "#!", "%!", "{\\rtf", "MZ"} {
		if bytes.HasPrefix(head, []byte(begin)) {
			return true
		}
	}
	return bytes.Contains(bytes.ToLower(head[:min(len(head), 4096)]), []byte("<script"))
}

func tail(r io.ReaderAt, size, most int64) []byte {
	n := min(size, most)
	b := make([]byte, n)
	if _, err := r.ReadAt(b, size-n); err != nil && err != io.EOF {
		return nil
	}
	return b
}

// Begins tells early, from its first bytes, what a file can still become: false
// where it is already known to be of no type here.
func Begins(head []byte) bool {
	for _, mark := range []string{"%PDF-", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "PK\x03\x04"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	head = head[:min(len(head), 4096)]
	_, err := text(bytes.NewReader(head))
	return err == nil
}

// plainName tells whether a name inside an archive is one that stays inside.
func plainName(name string) bool {
	return utf8.ValidString(name) && !strings.HasPrefix(name, "/") && !strings.ContainsAny(name, "\\\x00") &&
		!slices.Contains(strings.Split(name, "/"), "..")
}

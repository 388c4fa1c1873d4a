package camt053

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"startupfund/domain/problem"
	"startupfund/exchange/intake"
)

// source hands the file on until it breaks a limit, and remembers why it stopped.
type source struct {
	r     io.Reader
	left  int64 // bytes still allowed
	limit int64
	piece int   // bytes since the last '<'
	err   error // a refusal, or the reader's own failure; never io.EOF
}

func (s *source) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	if s.left -= int64(n); s.left < 0 {
		return 0, s.stop(ErrTooLarge.With("limit", s.limit))
	}
	if at := bytes.LastIndexByte(p[:n], '<'); at >= 0 {
		s.piece = n - at - 1
	} else if s.piece += n; s.piece > maxPiece {
		return 0, s.stop(ErrTooLong.With("limit", maxPiece))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		s.stop(err)
	}
	return n, err
}

func (s *source) stop(err error) error { s.err = err; return err }

// unmarked passes the byte order mark of UTF-8, and refuses that of UTF-16, which
// encoding/xml would call malformed.
func (r *reader) unmarked(in *bufio.Reader) error {
	head, _ := in.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		r.marked = true
		_, err := in.Discard(3)
		return err
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return r.refuse(ErrEncoding, "given", "UTF-16")
	}
	return nil
}

// charset is what encoding/xml asks when the declaration says other than UTF-8.
func (r *reader) charset(label string, in io.Reader) (io.Reader, error) {
	name := strings.ToLower(label)
	if name == "us-ascii" || name == "ascii" {
		return in, nil // a part of UTF-8, and checked as such
	}
	if name == "latin1" {
		name = "iso-8859-1"
	}
	table, known := intake.Charsets[name]
	if !known || r.marked {
		r.foreign = r.refuse(ErrEncoding, "given", intake.Clip(label))
		return nil, r.foreign
	}
	return table.NewDecoder().Reader(in), nil
}

// refuse adds where the reader stands to a refusal.
func (r *reader) refuse(p problem.Problem, particulars ...any) error {
	line, at := 1, ""
	if r.dec != nil {
		line, _ = r.dec.InputPos()
	}
	for _, name := range r.path[max(0, len(r.path)-3):] {
		at += "/" + intake.Clip(name)
	}
	return p.With("line", line, "element", strings.TrimPrefix(at, "/"),
		"statement", r.statement, "entry", r.entry).With(particulars...)
}

package mt940

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"startupfund/domain/problem"
	"startupfund/exchange/camt053"
)

// lines hands a file on line by line, within the limits. MT940 does not say its
// encoding: it is UTF-8, of which SWIFT's own letters are a part, or refused; one
// guessed wrong turns one name into another.
type lines struct {
	in    *bufio.Reader
	left  int64
	limit int64
	n     int // of the line last read, from 1
}

func linesOf(src io.Reader, limit int64) *lines {
	if limit == 0 {
		limit = camt053.DefaultLimit
	}
	return &lines{in: bufio.NewReaderSize(src, maxLine), left: limit, limit: limit}
}

// next is the next line without its end, or io.EOF. It holds until the next call.
func (l *lines) next() ([]byte, error) {
	line, err := l.in.ReadSlice('\n')
	if len(line) == 0 && errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	l.n++
	switch l.left -= int64(len(line)); {
	case l.left < 0:
		return nil, camt053.ErrTooLarge.With("limit", l.limit)
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, camt053.ErrTooLong.With("limit", maxLine)
	case err != nil && !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("MT940: read the file: %w", err)
	}
	if l.n == 1 {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	// STX and ETX, of the days when this went by telex, still frame some files.
	line = bytes.Trim(line, "\r\n\x01\x03")
	if !utf8.Valid(line) || bytes.ContainsFunc(line, control) {
		return nil, camt053.ErrEncoding.With("given", "UTF-8")
	}
	return line, nil
}

func control(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

var tagged = regexp.MustCompile(`^:([0-9]{2}[A-Z]?|NS):`)

// field is a tag and what follows it, to the next tag or the message's end.
type field struct {
	tag   string   // "61"; "" for a line that belongs to none, "-" for a message's end
	lines []string // the value's; never empty
	n     int      // the line it begins on
}

func (f field) first() string { return strings.TrimRight(f.lines[0], " \t") }

// ends tells whether a line closes a message: "-", "-}" with blocks behind, "-XXX".
func ends(line []byte) bool {
	s := strings.TrimRight(string(line), " \t")
	return s == "-" || s == "-XXX" || strings.HasPrefix(s, "-}")
}

// fields hands the fields of a file to each, in order.
func (l *lines) fields(each func(field) error) error {
	var open *field // nil outside a message
	size := 0
	hand := func() (err error) {
		if open != nil {
			err = each(*open)
		}
		open, size = nil, 0
		return err
	}
	for {
		line, err := l.next()
		if errors.Is(err, io.EOF) {
			return hand()
		}
		if err != nil {
			return l.placed(err, open)
		}
		tag := tagged.FindSubmatch(line)
		switch {
		case tag != nil:
			if err := hand(); err != nil {
				return err
			}
			open = &field{string(tag[1]), []string{string(line[len(tag[0]):])}, l.n}
		case ends(line):
			if err := hand(); err != nil {
				return err
			}
			err = each(field{"-", []string{string(line)}, l.n})
		case open == nil:
			err = each(field{"", []string{string(line)}, l.n})
		case size+len(line) > maxField:
			err = l.placed(camt053.ErrTooLong.With("limit", maxField), open)
		default:
			size += len(line) + 16 // what an empty line costs
			open.lines = append(open.lines, string(line))
		}
		if err != nil {
			return err
		}
	}
}

// placed adds to a refusal of a line where it stands.
func (l *lines) placed(err error, open *field) error {
	var p problem.Problem
	if !errors.As(err, &p) {
		return err
	}
	element := ""
	if open != nil {
		element = ":" + open.tag + ":"
	}
	return p.With("line", l.n, "element", element)
}

// Package intake is what readers of other people's files share: a source that ends at a
// limit, the encodings beside UTF-8 that are still written, and a short echo of what was sent.
package intake

import (
	"errors"
	"io"

	"golang.org/x/text/encoding/charmap"
)

// ErrEnough says that a source has more bytes than it may.
var ErrEnough = errors.New("more than allowed")

// Bound stops a source that goes on, and keeps why it failed: a parser above it may tell
// that in words of its own.
type Bound struct {
	R    io.Reader
	Left int64 // bytes still allowed
	Err  error // ErrEnough, or the source's own; never io.EOF
}

func (b *Bound) Read(p []byte) (int, error) {
	if b.Err != nil {
		return 0, b.Err
	}
	n, err := b.R.Read(p)
	if b.Left -= int64(n); b.Left < 0 {
		b.Err = ErrEnough
		return 0, b.Err
	}
	if err != nil && !errors.Is(err, io.EOF) {
		b.Err = err
	}
	return n, err
}

// Charsets are what banks still write beside UTF-8, and nothing else: an encoding guessed
// wrong turns one name into another.
var Charsets = map[string]*charmap.Charmap{
	"iso-8859-1": charmap.ISO8859_1, "iso-8859-15": charmap.ISO8859_15, "windows-1252": charmap.Windows1252,
}

// Clip keeps an echo of what was sent short enough to show.
func Clip(s string) string {
	if r := []rune(s); len(r) > 35 {
		return string(r[:35]) + "…"
	}
	return s
}

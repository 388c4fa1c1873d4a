package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// part is one part of the package, read from its beginning. What it unpacks to and the
// elements that stand in it are counted for the workbook, as they come: nothing that
// the file says of its sizes is believed.
type part struct {
	*Workbook
	packed io.ReadCloser
	tokens *xml.Decoder
	since  int // bytes read since the last token
	depth  int // elements that are open
}

func (w *Workbook) part(name string) (*part, error) {
	f, known := w.parts[name]
	if !known {
		return nil, ErrBroken
	}
	packed, err := f.Open()
	if err != nil {
		return nil, err
	}
	p := &part{Workbook: w, packed: packed}
	p.tokens = xml.NewDecoder(p)
	return p, nil
}

func (p *part) Close() error { return p.packed.Close() }

// Read unpacks some more for the tokens.
func (p *part) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	if p.unpacked > mostUnpacked || p.since > mostMarkup {
		return 0, ErrBroken
	}
	n, err := p.packed.Read(b)
	p.unpacked += int64(n)
	p.since += n
	return n, err
}

// next is the next token, io.EOF after the last. A part that declares anything, such as
// entities, is refused: the format knows none.
func (p *part) next() (xml.Token, error) {
	t, err := p.tokens.Token()
	p.since = 0
	switch t.(type) {
	case xml.StartElement:
		p.depth++
		p.elements++
		if p.depth > mostDepth || p.elements > mostElements {
			return nil, ErrBroken
		}
	case xml.EndElement:
		p.depth--
	case xml.Directive:
		return nil, ErrBroken
	}
	return t, err
}

// each asks about every element of a part.
func (w *Workbook) each(name string, ask func(xml.StartElement) error) error {
	p, err := w.part(name)
	if err != nil {
		return err
	}
	defer p.Close()
	for {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, begins := t.(xml.StartElement); begins {
			if err := ask(e); err != nil {
				return err
			}
		}
	}
}

// within asks about every element within the one that has just begun, to its end.
func (p *part) within(ask func(xml.StartElement) error) error {
	for here := p.depth; p.depth >= here; {
		t, err := p.next()
		if err != nil {
			return err
		}
		if e, begins := t.(xml.StartElement); begins {
			if err := ask(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// text is what stands in the element that has just begun, without the blanks before and
// after it. Of a long one the beginning is kept.
func (p *part) text() (string, error) {
	var b []byte
	for here := p.depth; p.depth >= here; {
		t, err := p.next()
		if err != nil {
			return "", err
		}
		if s, ok := t.(xml.CharData); ok && p.depth == here {
			b = append(b, s[:min(len(s), mostMarkup-min(len(b), mostMarkup))]...)
		}
	}
	return string(b), nil
}

// rich is a text that is written in runs, each with its own look; what says how it is
// pronounced is no part of it.
func (p *part) rich() (string, error) {
	var b strings.Builder
	err := p.within(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "rPh":
			return p.within(func(xml.StartElement) error { return nil })
		case "t":
			run, err := p.text()
			b.WriteString(run[:min(len(run), mostMarkup-min(b.Len(), mostMarkup))])
			return err
		}
		return nil
	})
	return kept(unescaped(kept(b.String()))), err
}

// shared are the texts that cells name by their number.
func (w *Workbook) shared(name string) (all []string, err error) {
	p, err := w.part(name)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	for {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if e, begins := t.(xml.StartElement); begins && e.Name.Local == "si" {
			text, err := p.rich()
			if err != nil {
				return nil, err
			}
			all = append(all, text)
		}
	}
}

// kept is a text without the blanks around it, and of a long one its beginning.
func kept(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > mostText {
		text = text[:mostText]
	}
	return strings.TrimFunc(strings.ToValidUTF8(strings.Clone(text), ""), unicode.IsSpace)
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped has the letters that XML cannot have: the format writes them as _x000D_.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escape.ReplaceAllStringFunc(text, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16) // four digits, by the expression
		return string(rune(n))
	})
}

package camt053

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"startupfund/domain/problem"
)

// reader walks a document, and knows where it is.
type reader struct {
	src *source
	dec *xml.Decoder

	statements       bool     // are read; else what a bank tells before them
	of               message  // being read
	space            string   // the document's namespace
	path             []string // names of the open elements, from Document
	count            int      // statements begun so far
	statement, entry int      // where we are, from 1; 0 outside
	started          bool     // the XML declaration may no longer come
	marked           bool     // began with a byte order mark
	foreign          error    // the encoding that was refused
	previous         Balance  // PRCD of the statement being read
	onHead           func(Header) error
	onEntry          func(Entry) error
}

// next is the next token, with depth and path kept, or the refusal it earns.
// encoding/xml matches the tags and translates the namespaces.
func (r *reader) next() (xml.Token, error) {
	t, err := r.dec.Token()
	if err != nil {
		return nil, r.broken(err)
	}
	switch t := t.(type) {
	case xml.StartElement:
		if len(r.path) >= maxDepth {
			return nil, r.refuse(ErrTooDeep, "limit", maxDepth)
		}
		r.path = append(r.path, t.Name.Local)
	case xml.EndElement:
		r.path = r.path[:len(r.path)-1]
	case xml.Directive:
		return nil, r.refuse(ErrDoctype)
	case xml.ProcInst:
		// A second declaration could change the encoding half-way.
		if t.Target == "xml" && r.started {
			return nil, r.refuse(ErrMalformed)
		}
	}
	r.started = true
	return t, nil
}

// broken turns what encoding/xml says into our refusals.
func (r *reader) broken(err error) error {
	var refused problem.Problem
	var syntax *xml.SyntaxError
	switch {
	case r.foreign != nil:
		return r.foreign
	case errors.As(r.src.err, &refused):
		return r.refuse(refused)
	case r.src.err != nil:
		return fmt.Errorf("camt.053: read the file: %w", r.src.err)
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "character entity"):
		return r.refuse(ErrDoctype)
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "invalid UTF-8"):
		return r.refuse(ErrEncoding, "given", "UTF-8")
	case r.space == "":
		return r.refuse(ErrNotStatement, "found", "")
	}
	return r.refuse(ErrMalformed)
}

// shape is what an element may hold once, and what it must hold. Elements that
// may repeat, and those nobody reads, are not in it.
type shape struct {
	single   []string // at most 32
	required uint32
}

// holds reads a shape as people write one: "Id Amt! Dt", where ! is for must.
func holds(names string) shape {
	var s shape
	for i, name := range strings.Fields(names) {
		if must, ok := strings.CutSuffix(name, "!"); ok {
			name, s.required = must, s.required|1<<i
		}
		s.single = append(s.single, name)
	}
	return s
}

// children visits the elements within the one just begun, to its end. visit must
// read each to its end too, or skip it.
func (r *reader) children(s shape, visit func(name string, start xml.StartElement) error) error {
	var seen uint32
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if !blank(t) {
				return r.refuse(ErrMisplaced)
			}
		case xml.StartElement:
			if t.Name.Space != r.space {
				return r.refuse(ErrMisplaced)
			}
			if i := slices.Index(s.single, t.Name.Local); i >= 0 {
				if seen&(1<<i) != 0 {
					return r.refuse(ErrTwice)
				}
				seen |= 1 << i
			}
			if err := visit(t.Name.Local, t); err != nil {
				return err
			}
		case xml.EndElement:
			return r.complete(s, seen, t.Name.Local)
		}
	}
}

// complete refuses an element that ended without what it must hold.
func (r *reader) complete(s shape, seen uint32, ended string) error {
	for i, name := range s.single {
		if s.required&(1<<i) != 0 && seen&(1<<i) == 0 {
			r.path = append(r.path, ended, name)
			return r.refuse(ErrMissing)
		}
	}
	return nil
}

// skip passes over the element just begun. What is in it is still counted for
// depth and must be well-formed; supplementary data may be of any namespace.
func (r *reader) skip() error {
	for depth := len(r.path); len(r.path) >= depth; {
		if _, err := r.next(); err != nil {
			return err
		}
	}
	return nil
}

// text reads the value of the element just begun, without the white space around
// it. A comment within would join its two halves unseen: "1<!-- -->000.00".
func (r *reader) text(into *string) error {
	var whole []byte
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if whole = append(whole, t...); len(whole) > maxValue {
				return r.refuse(ErrTooLong, "limit", maxValue)
			}
		case xml.Comment, xml.ProcInst:
			return r.refuse(ErrComment)
		case xml.StartElement:
			return r.refuse(ErrMisplaced)
		case xml.EndElement:
			*into = trim(whole)
			return nil
		}
	}
}

// space is what XML counts as white space; unicode's is more.
const space = " \t\r\n"

func trim(b []byte) string { return strings.Trim(string(b), space) }

func blank(b []byte) bool {
	for _, c := range b {
		if strings.IndexByte(space, c) < 0 {
			return false
		}
	}
	return true
}

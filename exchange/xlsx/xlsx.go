// Package xlsx reads the cells of a workbook that anybody may have sent. It reads each
// part as a stream and keeps no more of it than is asked for, so that a file costs what
// is read of it and never what it says of itself. Styles, formulas' results and
// whatever else a workbook may hold are passed over. Every workbook that comes from
// outside is read through it.
package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"path"
	"strings"
)

// ErrBroken is of a file that is no workbook, or of which more would have to be read
// than is read of any.
var ErrBroken = errors.New("no workbook, or more than is read of one")

// What is read of one workbook at most, all its parts and readings together.
const (
	mostParts    = 2_000
	mostSheets   = 100
	mostUnpacked = 16 << 20  // bytes
	mostElements = 500_000   // of XML
	mostDepth    = 32        // elements within one another
	mostMarkup   = 256 << 10 // bytes of one tag or text: the longest text a cell may have, escaped
	mostText     = 4 << 10   // bytes kept of a cell's text
	lastRow      = 1 << 20   // that the format has
	lastColumn   = 1 << 14
)

// Workbook is a workbook whose sheets are known and not yet read.
type Workbook struct {
	ctx      context.Context // of the reading, which ends with it
	parts    map[string]*zip.File
	sheets   []sheet
	texts    []string // that cells share
	unpacked int64
	elements int
}

type sheet struct{ name, part string }

// Open reads what a workbook is made of, and the texts that its cells share. It and the
// readings after it fail with ErrBroken, or once ctx has ended with its error.
func Open(ctx context.Context, file []byte) (*Workbook, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil || len(z.File) > mostParts {
		return nil, ErrBroken
	}
	w := &Workbook{ctx: ctx, parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		name := partName(f.Name)
		if _, twice := w.parts[name]; twice {
			return nil, ErrBroken // which of them is meant, nobody can tell
		}
		w.parts[name] = f
	}
	if err := w.open(); err != nil {
		return nil, w.fault(err)
	}
	return w, nil
}

// Sheets are the names of the workbook's sheets, in their order.
func (w *Workbook) Sheets() []string {
	var names []string
	for _, s := range w.sheets {
		names = append(names, s.name)
	}
	return names
}

// fault is what a reader is told: that its time is over, or nothing but that the file
// cannot be read.
func (w *Workbook) fault(err error) error {
	switch {
	case err == nil:
		return nil
	case w.ctx.Err() != nil:
		return w.ctx.Err()
	}
	return ErrBroken
}

// partName is one name for what the format takes for the same part: letters of either
// case, and the strokes of those who write a file's path there.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ToLower(strings.ReplaceAll(name, `\`, "/"))), "/")
}

// relation leads from a part to another.
type relation struct{ kind, part string }

// relations are those of a part, by their ids; "" is the package's own.
func (w *Workbook) relations(of string) (map[string]relation, error) {
	folder, name := path.Split(of)
	found := map[string]relation{}
	err := w.each(folder+"_rels/"+name+".rels", func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		target := attribute(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = folder + target
		}
		kind := attribute(e, "Type") // which one standard and its strict sister begin differently
		found[attribute(e, "Id")] = relation{kind[strings.LastIndex(kind, "/")+1:], partName(target)}
		return nil
	})
	return found, err
}

func (w *Workbook) open() error {
	roots, err := w.relations("")
	if err != nil {
		return err
	}
	for _, root := range roots {
		if root.kind == "officeDocument" {
			return w.book(root.part)
		}
	}
	return ErrBroken
}

func (w *Workbook) book(part string) error {
	relations, err := w.relations(part)
	if err != nil {
		return err
	}
	if err := w.each(part, func(e xml.StartElement) error {
		if e.Name.Local != "sheet" {
			return nil
		}
		if len(w.sheets) == mostSheets {
			return ErrBroken
		}
		w.sheets = append(w.sheets, sheet{attribute(e, "name"), relations[attribute(e, "id")].part})
		return nil
	}); err != nil {
		return err
	}
	for _, r := range relations {
		if r.kind == "sharedStrings" {
			w.texts, err = w.shared(r.part)
			return err
		}
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

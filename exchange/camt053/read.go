package camt053

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"startupfund/domain/ledger"
)

// A message is a kind of ISO 20022 document that can be read here: its body under
// Document. camt.054 (BkToCstmrDbtCdtNtfctn, of Ntfctn, without balances) would be
// a second row, and its own reader of what the body repeats.
type message struct {
	body string
	each func(*reader, *Header) error
}

var messages = map[string]message{
	"camt.053": {"BkToCstmrStmt", (*reader).statements},
}

// Namespaces taken: camt.053.001.02 (2009) to .13 (2025). Version .01 was a draft.
var namespace = regexp.MustCompile(`^urn:iso:std:iso:20022:tech:xsd:((camt\.053)\.001\.(0[2-9]|1[0-3]))$`)

// Read reads a message of statements, in the memory of one entry: head is called
// for each statement, then entry for each of its entries. Keep nothing of it
// before Read has returned nil: that a statement adds up is known at its end.
//
// The file may have limit bytes, DefaultLimit where limit is 0. A refusal is a
// problem.Problem of this package; an error of head, entry or src comes through.
func Read(src io.Reader, limit int64, head func(Header) error, entry func(Entry) error) error {
	if limit == 0 {
		limit = DefaultLimit
	}
	r := &reader{src: &source{r: src, left: limit, limit: limit}, onHead: head, onEntry: entry}
	in := bufio.NewReader(r.src)
	if err := r.unmarked(in); err != nil {
		return err
	}
	r.dec = xml.NewDecoder(in)
	r.dec.CharsetReader = r.charset
	return r.document()
}

// ReadAll reads a message of at most DefaultLimit bytes into memory, whole.
func ReadAll(src io.Reader) ([]Statement, error) {
	var all []Statement
	err := Read(src, DefaultLimit,
		func(h Header) error {
			all = append(all, Statement{Header: h})
			return nil
		},
		func(e Entry) error {
			s := &all[len(all)-1]
			s.Entries = append(s.Entries, e)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// document recognises the root, reads it, and refuses whatever follows it.
func (r *reader) document() error {
	m, version, err := r.root()
	if err != nil {
		return err
	}
	h := Header{Version: version}
	err = r.children(holds(m.body+"!"), func(name string, _ xml.StartElement) error {
		if name != m.body {
			return r.refuse(ErrMisplaced)
		}
		return m.each(r, &h)
	})
	if err != nil {
		return err
	}
	return r.end()
}

// root passes what may stand before the root, and opens it.
func (r *reader) root() (message, string, error) {
	for {
		t, err := r.next()
		if errors.Is(err, io.EOF) {
			err = r.refuse(ErrNotStatement, "found", "")
		}
		if err != nil {
			return message{}, "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			if !blank(t) {
				return message{}, "", r.refuse(ErrNotStatement, "found", "")
			}
		case xml.StartElement:
			name := namespace.FindStringSubmatch(t.Name.Space)
			if t.Name.Local != "Document" || name == nil {
				return message{}, "", r.refuse(ErrNotStatement, "found", called(t.Name))
			}
			r.space = t.Name.Space
			return messages[name[2]], name[1], nil
		}
	}
}

// called is what a root is known as: "pain.001.001.09", or its own name.
func called(root xml.Name) string {
	if kind, iso := strings.CutPrefix(root.Space, "urn:iso:std:iso:20022:tech:xsd:"); iso && root.Local == "Document" {
		return clip(kind)
	}
	if root.Space == "" {
		return clip(root.Local)
	}
	return clip(root.Local) + " (" + clip(root.Space) + ")"
}

// end refuses a second document, or anything else behind the first.
func (r *reader) end() error {
	for {
		t, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, ErrMalformed) {
			return r.refuse(ErrTrailing)
		}
		if err != nil {
			return err
		}
		text, is := t.(xml.CharData)
		_, opens := t.(xml.StartElement)
		if opens || is && !blank(text) {
			return r.refuse(ErrTrailing)
		}
	}
}

var (
	bodyShape      = holds("GrpHdr!")
	groupShape     = holds("MsgId! CreDtTm! MsgRcpt MsgPgntn OrgnlBizQry AddtlInf")
	statementShape = holds("Id StmtPgntn ElctrncSeqNb RptgSeq LglSeqNb CreDtTm FrToDt CpyDplctInd RptgSrc Acct RltdAcct TxsSummry AddtlStmtInf")
)

// statements reads BkToCstmrStmt.
func (r *reader) statements(h *Header) error {
	err := r.children(bodyShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "GrpHdr":
			return r.group(h)
		case "Stmt":
			if h.Message == "" {
				return r.refuse(ErrMisplaced)
			}
			one := *h
			r.count++
			r.statement = r.count
			err := r.readStatement(&one)
			r.statement = 0
			return err
		}
		return r.skip()
	})
	if err == nil && r.count == 0 {
		err = r.refuse(ErrMissing, "element", "BkToCstmrStmt/Stmt")
	}
	return err
}

func (r *reader) group(h *Header) error {
	return r.children(groupShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "MsgId":
			return r.required(&h.Message)
		case "CreDtTm":
			return r.instant(&h.MessageCreated)
		}
		return r.skip()
	})
}

// readStatement reads one Stmt. Everything but its entries stands before them, as
// the schema has it: an entry is handed on with its header known.
func (r *reader) readStatement(h *Header) error {
	h.N = r.statement
	var sum ledger.Money
	headed := false
	announce := func() error {
		if headed {
			return nil
		}
		headed = true
		if err := r.complement(h); err != nil {
			return err
		}
		sum = ledger.Zero(h.Currency)
		return r.onHead(*h)
	}
	err := r.children(statementShape, func(name string, _ xml.StartElement) error {
		if name != "Ntry" {
			return r.heading(name, headed, h)
		}
		if err := announce(); err != nil {
			return err
		}
		r.entry++
		e, err := r.readEntry(h.Currency)
		if err != nil {
			return err
		}
		if e.Counts() {
			sum = sum.Add(e.Money)
		}
		return r.onEntry(e)
	})
	if err == nil {
		err = announce()
	}
	if err != nil {
		return err
	}
	r.entry = 0
	return r.addsUp(h, sum)
}

// addsUp is the test of a statement: opening and booked entries make closing.
func (r *reader) addsUp(h *Header, sum ledger.Money) error {
	difference := h.Closing.Money.Sub(h.Opening.Money.Add(sum))
	if difference.IsZero() {
		return nil
	}
	return r.refuse(ErrSum, "element", "Stmt", "opening", h.Opening.Money, "entries", sum,
		"closing", h.Closing.Money, "difference", difference)
}

package camt053

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"startupfund/domain/ledger"
	"startupfund/exchange/intake"
)

// A message is a kind of ISO 20022 document that can be read here: its body under
// Document, and what the body repeats. Only statements stand between two balances.
type message struct {
	body, one string
	statement bool
}

var messages = map[string]message{
	"camt.053": {"BkToCstmrStmt", "Stmt", true},
	"camt.054": {"BkToCstmrDbtCdtNtfctn", "Ntfctn", false},
	"camt.052": {"BkToCstmrAcctRpt", "Rpt", false},
}

// Namespaces taken: 001.02 (2009) to .13 (2025). Version .01 was a draft.
var namespace = regexp.MustCompile(`^urn:iso:std:iso:20022:tech:xsd:((camt\.05[234])\.001\.(0[2-9]|1[0-3]))$`)

// Read reads a message of statements, in the memory of one entry: head is called
// for each statement, then entry for each of its entries. Keep nothing of it
// before Read has returned nil: that a statement adds up is known at its end.
//
// The file may have limit bytes, DefaultLimit where limit is 0. A refusal is a
// problem.Problem of this package; an error of head, entry or src comes through.
func Read(src io.Reader, limit int64, head func(Header) error, entry func(Entry) error) error {
	return read(src, limit, true, head, entry)
}

// ReadNotices reads what a bank tells before its statement, as Read does:
// notifications (camt.054) and reports of the day under way (camt.052), told apart by
// Header.Version. Nothing ties them to the books: they have no balances here, may tell
// the same twice, and all that is booked comes again in the statement. Header.Currency is
// empty where the bank does not say the account's; its entries are then in one currency.
func ReadNotices(src io.Reader, limit int64, head func(Header) error, entry func(Entry) error) error {
	return read(src, limit, false, head, entry)
}

func read(src io.Reader, limit int64, statements bool, head func(Header) error, entry func(Entry) error) error {
	if limit == 0 {
		limit = DefaultLimit
	}
	r := &reader{src: &source{r: src, left: limit, limit: limit}, statements: statements, onHead: head, onEntry: entry}
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
	version, err := r.root()
	if err != nil {
		return err
	}
	h, m := Header{Version: version}, r.of
	err = r.children(holds(m.body+"!"), func(name string, _ xml.StartElement) error {
		if name != m.body {
			return r.refuse(ErrMisplaced)
		}
		return r.body(&h)
	})
	if err != nil {
		return err
	}
	return r.end()
}

// root passes what may stand before the root, and opens it.
func (r *reader) root() (string, error) {
	for {
		t, err := r.next()
		if errors.Is(err, io.EOF) {
			err = r.refuse(ErrNotStatement, "found", "")
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			if !blank(t) {
				return "", r.refuse(ErrNotStatement, "found", "")
			}
		case xml.StartElement:
			name := namespace.FindStringSubmatch(t.Name.Space)
			if t.Name.Local != "Document" || name == nil || messages[name[2]].statement != r.statements {
				return "", r.refuse(ErrNotStatement, "found", called(t.Name))
			}
			r.space = t.Name.Space
			r.of = messages[name[2]]
			return name[1], nil
		}
	}
}

// called is what a root is known as: "pain.001.001.09", or its own name.
func called(root xml.Name) string {
	if kind, iso := strings.CutPrefix(root.Space, "urn:iso:std:iso:20022:tech:xsd:"); iso && root.Local == "Document" {
		return intake.Clip(kind)
	}
	if root.Space == "" {
		return intake.Clip(root.Local)
	}
	return intake.Clip(root.Local) + " (" + intake.Clip(root.Space) + ")"
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

// body reads BkToCstmrStmt, or the body of a message of another kind.
func (r *reader) body(h *Header) error {
	err := r.children(bodyShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "GrpHdr":
			return r.group(h)
		case r.of.one:
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
		err = r.refuse(ErrMissing, "element", r.of.body+"/"+r.of.one)
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

// readStatement reads one Stmt, Ntfctn or Rpt. Everything but its entries stands before them, as
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
		if r.statements {
			sum = ledger.Zero(h.Currency)
		}
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
		e, err := r.readEntry(&h.Currency)
		if err != nil {
			return err
		}
		if e.Counts() && r.statements {
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
	if !r.statements {
		return nil
	}
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

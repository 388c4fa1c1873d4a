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
	periodShape    = holds("FrDtTm ToDtTm")
	accountShape   = holds("Id! Tp Ccy Nm Prxy Ownr Svcr")
	ownerShape     = holds("Nm PstlAdr Id CtryOfRes CtctDtls")
	balanceShape   = holds("Tp! Amt! CdtDbtInd! Dt!")
	typeShape      = holds("CdOrPrtry! SubTp")
	codeShape      = holds("Cd Prtry")
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

// heading reads what a statement says before its entries.
func (r *reader) heading(name string, headed bool, h *Header) error {
	switch name {
	case "Id", "ElctrncSeqNb", "LglSeqNb", "CreDtTm", "FrToDt", "CpyDplctInd", "Acct", "Bal":
		if headed {
			return r.refuse(ErrMisplaced)
		}
	}
	switch name {
	case "Id":
		return r.required(&h.ID)
	case "ElctrncSeqNb":
		return r.sequence(&h.Sequence)
	case "LglSeqNb":
		return r.sequence(&h.LegalSequence)
	case "CreDtTm":
		return r.instant(&h.Created)
	case "FrToDt":
		return r.period(h)
	case "CpyDplctInd":
		return r.oneOf(&h.Copy, "COPY", "DUPL", "CODU")
	case "Acct":
		return r.account(h)
	case "Bal":
		return r.balance(h)
	}
	return r.skip()
}

func (r *reader) period(h *Header) error {
	return r.children(periodShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "FrDtTm":
			return r.instant(&h.From)
		case "ToDtTm":
			return r.instant(&h.To)
		}
		return r.skip()
	})
}

func (r *reader) account(h *Header) error {
	return r.children(accountShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "Id":
			return r.accountID(&h.Account)
		case "Ccy":
			return r.value(func(s string) error {
				if h.Currency = ledger.Currency(s); !h.Currency.Valid() {
					return r.refuse(ErrCurrency, "given", clip(s))
				}
				return nil
			})
		case "Ownr":
			return r.only(ownerShape, "Nm", &h.Owner)
		}
		return r.skip()
	})
}

// accountID reads the choice of an IBAN and the bank's own number.
func (r *reader) accountID(into *string) error {
	return r.children(holds("IBAN Othr"), func(name string, _ xml.StartElement) error {
		if name != "IBAN" && name != "Othr" {
			return r.skip()
		}
		if *into != "" {
			return r.refuse(ErrTwice)
		}
		if name == "IBAN" {
			return r.required(into)
		}
		return r.children(holds("Id!"), func(name string, _ xml.StartElement) error {
			if name != "Id" {
				return r.skip()
			}
			return r.required(into)
		})
	})
}

// only reads the text of one child.
func (r *reader) only(s shape, child string, into *string) error {
	return r.children(s, func(name string, _ xml.StartElement) error {
		if name != child {
			return r.skip()
		}
		return r.once(into)
	})
}

// balance reads a Bal and keeps it if it is one that statements are tied by. One
// with a sub-type is another thing: the interim balance of a page, the balance in
// another currency.
func (r *reader) balance(h *Header) error {
	var b Balance
	var sign int
	var sub bool
	err := r.children(balanceShape, func(name string, start xml.StartElement) error {
		switch name {
		case "Tp":
			return r.children(typeShape, func(name string, _ xml.StartElement) error {
				switch name {
				case "CdOrPrtry":
					return r.only(codeShape, "Cd", &b.Type)
				case "SubTp":
					sub = true
				}
				return r.skip()
			})
		case "Amt":
			return r.amount(start, &b.Money)
		case "CdtDbtInd":
			return r.sign(&sign)
		case "Dt":
			return r.day(&b.On)
		}
		return r.skip()
	})
	if err != nil || sub {
		return err
	}
	b.Money = signed(b.Money, sign)
	return r.keep(h, b)
}

// keep holds OPBD before PRCD, whichever comes first, and refuses either twice.
func (r *reader) keep(h *Header, b Balance) error {
	var place *Balance
	switch b.Type {
	case "OPBD":
		place = &h.Opening
	case "PRCD":
		place = &r.previous
	case "CLBD":
		place = &h.Closing
	default:
		return nil
	}
	if place.Type != "" {
		r.path = append(r.path, "Bal", b.Type)
		return r.refuse(ErrTwice)
	}
	*place = b
	return nil
}

// complement checks that a statement has what it needs before its entries: an id,
// an account, and two balances in the account's currency.
func (r *reader) complement(h *Header) error {
	previous := r.previous
	r.previous = Balance{}
	if h.Opening.Type == "" && previous.On.Before(h.Closing.On) {
		h.Opening = previous
	}
	for _, need := range []struct{ name, value string }{{"Id", h.ID}, {"Acct", h.Account}} {
		if need.value == "" {
			return r.refuse(ErrMissing, "element", "Stmt/"+need.name)
		}
	}
	if h.Opening.Type == "" {
		return r.refuse(ErrBalance, "element", "Stmt/Bal", "balance", "OPBD")
	}
	if h.Closing.Type == "" {
		return r.refuse(ErrBalance, "element", "Stmt/Bal", "balance", "CLBD")
	}
	if h.Currency == "" {
		h.Currency = h.Opening.Money.Currency
	}
	for _, b := range []Balance{h.Opening, h.Closing} {
		if c := b.Money.Currency; c != h.Currency {
			return r.refuse(ErrOther, "element", "Stmt/Bal/"+b.Type, "given", string(c), "currency", string(h.Currency))
		}
	}
	return nil
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

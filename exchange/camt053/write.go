package camt053

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"time"

	"startupfund/domain/ledger"
)

// version is what Write writes.
const version = "camt.053.001.08"

// Write writes s as a message of its own, camt.053.001.08, which Read takes back
// equal (but for Version and N). It refuses what Read would refuse, such as a
// statement that does not add up, and then writes nothing. The lengths the
// standard sets (35 characters for most references) are the caller's to keep.
func Write(w io.Writer, s Statement) error {
	var o out
	o.statement(s)
	nothing := func(Header) error { return nil }
	if err := Read(bytes.NewReader(o.Bytes()), int64(o.Len()), nothing, func(Entry) error { return nil }); err != nil {
		return err
	}
	_, err := w.Write(o.Bytes())
	return err
}

// out builds a document; what is empty is left out.
type out struct {
	bytes.Buffer
	open []string
}

// in writes an element with what inner writes into it, or nothing if that is nothing.
func (o *out) in(name string, inner func()) {
	before := o.Len()
	o.line()
	o.WriteString("<" + name + ">")
	start := o.Len()
	o.open = append(o.open, name)
	inner()
	o.open = o.open[:len(o.open)-1]
	if o.Len() == start {
		o.Truncate(before)
		return
	}
	o.line()
	o.WriteString("</" + name + ">")
}

func (o *out) line() {
	o.WriteByte('\n')
	for range o.open {
		o.WriteString("  ")
	}
}

func (o *out) leaf(name, value string) {
	if value == "" {
		return
	}
	o.line()
	o.WriteString("<" + name + ">")
	xml.EscapeText(o, []byte(value)) // a Buffer takes everything
	o.WriteString("</" + name + ">")
}

func (o *out) sequence(name string, n int64) {
	if n > 0 {
		o.leaf(name, strconv.FormatInt(n, 10))
	}
}

func (o *out) instant(name string, at time.Time) {
	if !at.IsZero() {
		o.leaf(name, at.UTC().Format(time.RFC3339Nano))
	}
}

func (o *out) day(name string, on time.Time) {
	if !on.IsZero() {
		o.in(name, func() { o.leaf("Dt", on.Format(time.DateOnly)) })
	}
}

// money writes the amount and its sign; nothing for no amount.
func (o *out) money(m ledger.Money) {
	if m.Currency == "" {
		return
	}
	o.line()
	o.WriteString(`<Amt Ccy="`)
	xml.EscapeText(o, []byte(m.Currency))
	o.WriteString(`">` + m.Abs().Text() + "</Amt>")
	if m.IsNegative() {
		o.leaf("CdtDbtInd", "DBIT")
	} else {
		o.leaf("CdtDbtInd", "CRDT")
	}
}

func (o *out) statement(s Statement) {
	o.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	o.WriteString(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:` + version + `">`)
	o.open = []string{"Document"}
	o.in("BkToCstmrStmt", func() {
		o.in("GrpHdr", func() {
			o.leaf("MsgId", s.Message)
			o.instant("CreDtTm", s.MessageCreated)
		})
		o.in("Stmt", func() {
			o.header(s.Header)
			for _, e := range s.Entries {
				o.in("Ntry", func() { o.entry(e) })
			}
		})
	})
	o.WriteString("\n</Document>\n")
}

func (o *out) header(h Header) {
	o.leaf("Id", h.ID)
	o.sequence("ElctrncSeqNb", h.Sequence)
	o.sequence("LglSeqNb", h.LegalSequence)
	o.instant("CreDtTm", h.Created)
	o.in("FrToDt", func() {
		o.instant("FrDtTm", h.From)
		o.instant("ToDtTm", h.To)
	})
	o.leaf("CpyDplctInd", h.Copy)
	o.in("Acct", func() {
		o.accountID(h.Account)
		o.leaf("Ccy", string(h.Currency))
		o.in("Ownr", func() { o.leaf("Nm", h.Owner) })
	})
	for _, b := range []Balance{h.Opening, h.Closing} {
		o.in("Bal", func() {
			o.in("Tp", func() { o.in("CdOrPrtry", func() { o.leaf("Cd", b.Type) }) })
			o.money(b.Money)
			o.day("Dt", b.On)
		})
	}
}

var ibanForm = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$`)

func (o *out) accountID(number string) {
	o.in("Id", func() {
		if ibanForm.MatchString(number) {
			o.leaf("IBAN", number)
			return
		}
		o.in("Othr", func() { o.leaf("Id", number) })
	})
}

func (o *out) entry(e Entry) {
	o.leaf("NtryRef", e.Ref)
	o.money(e.Money)
	if e.Reversal {
		o.leaf("RvslInd", "true")
	}
	o.in("Sts", func() { o.leaf("Cd", string(e.Status)) })
	o.day("BookgDt", e.Booked)
	o.day("ValDt", e.Value)
	o.leaf("AcctSvcrRef", e.BankRef)
	o.code(e.Code)
	o.charges(e.Charges)
	o.in("NtryDtls", func() {
		for _, d := range e.Details {
			o.detail(d)
		}
	})
	o.leaf("AddtlNtryInf", e.Info)
}

// code writes BkTxCd, which the schema wants even where it says nothing.
func (o *out) code(c Code) {
	if c == (Code{}) {
		o.line()
		o.WriteString("<BkTxCd/>")
		return
	}
	o.in("BkTxCd", func() {
		o.in("Domn", func() {
			o.leaf("Cd", c.Domain)
			o.in("Fmly", func() {
				o.leaf("Cd", c.Family)
				o.leaf("SubFmlyCd", c.SubFamily)
			})
		})
		o.in("Prtry", func() {
			o.leaf("Cd", c.Proprietary)
			o.leaf("Issr", c.Issuer)
		})
	})
}

func (o *out) charges(all []Charge) {
	o.in("Chrgs", func() {
		for _, c := range all {
			o.in("Rcrd", func() {
				o.money(c.Money)
				if c.Included {
					o.leaf("ChrgInclInd", "true")
				}
				o.leaf("Br", c.Bearer)
			})
		}
	})
}

// detail writes a TxDtls, also where it says nothing: that it stands there does.
func (o *out) detail(d Detail) {
	before := o.Len()
	o.in("TxDtls", func() { o.payment(d) })
	if o.Len() == before {
		o.line()
		o.WriteString("<TxDtls/>")
	}
}

func (o *out) payment(d Detail) {
	o.in("Refs", func() {
		o.leaf("MsgId", d.MessageID)
		o.leaf("AcctSvcrRef", d.BankRef)
		o.leaf("PmtInfId", d.PaymentID)
		o.leaf("InstrId", d.InstrID)
		o.leaf("EndToEndId", d.EndToEndID)
		o.leaf("UETR", d.UETR)
		o.leaf("TxId", d.TxID)
	})
	o.money(d.Money)
	o.charges(d.Charges)
	o.in("RltdPties", func() {
		o.party("Dbtr", d.Debtor.Name)
		o.number("DbtrAcct", d.Debtor.Account)
		o.party("UltmtDbtr", d.Debtor.Ultimate)
		o.party("Cdtr", d.Creditor.Name)
		o.number("CdtrAcct", d.Creditor.Account)
		o.party("UltmtCdtr", d.Creditor.Ultimate)
	})
	o.in("RmtInf", func() { o.remittance(d) })
	o.in("RtrInf", func() {
		o.in("Rsn", func() {
			if len(d.ReturnedFor) <= 4 { // ISO's codes are that short
				o.leaf("Cd", d.ReturnedFor)
			} else {
				o.leaf("Prtry", d.ReturnedFor)
			}
		})
	})
	o.leaf("AddtlTxInf", d.Info)
}

func (o *out) party(name, of string) {
	o.in(name, func() { o.in("Pty", func() { o.leaf("Nm", of) }) })
}

func (o *out) number(name, of string) {
	o.in(name, func() { o.accountID(of) })
}

func (o *out) remittance(d Detail) {
	for _, text := range d.Text {
		o.leaf("Ustrd", text)
	}
	for _, number := range d.Documents {
		o.in("Strd", func() { o.in("RfrdDocInf", func() { o.leaf("Nb", number) }) })
	}
	for _, ref := range d.References {
		o.in("Strd", func() { o.in("CdtrRefInf", func() { o.leaf("Ref", ref) }) })
	}
}

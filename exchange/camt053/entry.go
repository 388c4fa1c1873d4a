package camt053

import (
	"encoding/xml"

	"startupfund/domain/ledger"
	"startupfund/exchange/intake"
)

var (
	entryShape = holds("NtryRef Amt! CdtDbtInd! RvslInd Sts! BookgDt ValDt AcctSvcrRef BkTxCd ComssnWvrInd AddtlInfInd " +
		"AmtDtls TechInptChanl CardTx AddtlNtryInf")
	domainShape  = holds("Domn Prtry")
	familyShape  = holds("Cd Fmly")
	subShape     = holds("Cd SubFmlyCd")
	ownShape     = holds("Cd Issr")
	detailsShape = holds("Btch")
	detailShape  = holds("Refs Amt CdtDbtInd AmtDtls BkTxCd RltdPties RltdAgts LclInstrm Purp RmtInf RltdDts RtrInf AddtlTxInf")
	refsShape    = holds("MsgId AcctSvcrRef PmtInfId InstrId EndToEndId UETR TxId MndtId ChqNb ClrSysRef")
	amountsShape = holds("InstdAmt TxAmt CntrValAmt AnncdPstngAmt")
	partiesShape = holds("InitgPty Dbtr DbtrAcct UltmtDbtr Cdtr CdtrAcct UltmtCdtr TradgPty")
	partyShape   = holds("Nm Pty Agt PstlAdr Id CtryOfRes CtctDtls")
	numberShape  = holds("Id! Tp Ccy Nm Prxy")
	strdShape    = holds("RfrdDocAmt CdtrRefInf Invcr Invcee TaxRmt GrnshmtRmt")
	chargeShape  = holds("TtlChrgsAndTaxAmt Amt CdtDbtInd ChrgInclInd Tp Rate Br Agt Pty Tax")
)

// readEntry reads one Ntry of an account in currency c; where that is not known, the
// first entry says it for all.
func (r *reader) readEntry(c *ledger.Currency) (Entry, error) {
	e := Entry{N: r.entry}
	var sign int
	err := r.children(entryShape, func(name string, start xml.StartElement) error {
		switch name {
		case "NtryRef":
			return r.text(&e.Ref)
		case "Amt":
			return r.entryAmount(start, c, &e.Money)
		case "CdtDbtInd":
			return r.sign(&sign)
		case "RvslInd":
			return r.flag(&e.Reversal)
		case "Sts":
			return r.status(&e.Status)
		case "BookgDt":
			return r.day(&e.Booked)
		case "ValDt":
			return r.day(&e.Value)
		case "AcctSvcrRef":
			return r.text(&e.BankRef)
		case "BkTxCd":
			return r.code(&e.Code)
		case "Chrgs":
			return r.charges(&e.Charges)
		case "NtryDtls":
			if sign == 0 { // the details' sign hangs on it
				return r.refuse(ErrMisplaced)
			}
			return r.details(&e, sign)
		case "AddtlNtryInf":
			return r.text(&e.Info)
		}
		return r.skip()
	})
	if err == nil && r.statements && e.Counts() && e.Booked.IsZero() {
		// The standard lets it be absent; what counts on no day we cannot book.
		err = r.refuse(ErrMissing, "element", r.of.one+"/Ntry/BookgDt")
	}
	if err != nil {
		return Entry{}, err
	}
	e.Money = signed(e.Money, sign)
	return e, nil
}

func (r *reader) entryAmount(start xml.StartElement, c *ledger.Currency, into *ledger.Money) error {
	if err := r.amount(start, into); err != nil {
		return err
	}
	if *c == "" {
		*c = into.Currency
	}
	if into.Currency != *c {
		return r.refuse(ErrOther, "element", r.of.one+"/Ntry/Amt", "given", string(into.Currency), "currency", string(*c))
	}
	return nil
}

// status reads Sts, a code up to .07 and a choice of Cd and Prtry since. What a
// bank's own status means nobody can know, so it is refused.
func (r *reader) status(into *Status) error {
	var s string
	err := r.textOr("Cd", &s)
	if err != nil {
		return err
	}
	switch *into = Status(s); *into {
	case Booked, Pending, Information, Future:
		return nil
	}
	return r.refuse(ErrValue, "element", r.of.one+"/Ntry/Sts", "given", intake.Clip(s))
}

// textOr reads a text that stands in the element itself or in a child of it.
func (r *reader) textOr(child string, into *string) error {
	var bare []byte
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if bare = append(bare, t...); len(bare) > maxValue {
				return r.refuse(ErrTooLong, "limit", maxValue)
			}
		case xml.Comment, xml.ProcInst:
			return r.refuse(ErrComment)
		case xml.StartElement:
			if t.Name.Local != child || t.Name.Space != r.space {
				return r.refuse(ErrMisplaced)
			}
			if err := r.once(into); err != nil {
				return err
			}
		case xml.EndElement:
			switch {
			case blank(bare):
			case *into != "":
				return r.refuse(ErrTwice)
			default:
				*into = trim(bare)
			}
			return nil
		}
	}
}

func (r *reader) code(c *Code) error {
	return r.children(domainShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "Domn":
			return r.children(familyShape, func(name string, _ xml.StartElement) error {
				switch name {
				case "Cd":
					return r.text(&c.Domain)
				case "Fmly":
					return r.pair(subShape, "Cd", &c.Family, "SubFmlyCd", &c.SubFamily)
				}
				return r.skip()
			})
		case "Prtry":
			return r.pair(ownShape, "Cd", &c.Proprietary, "Issr", &c.Issuer)
		}
		return r.skip()
	})
}

// pair reads the texts of two children.
func (r *reader) pair(s shape, first string, a *string, second string, b *string) error {
	return r.children(s, func(name string, _ xml.StartElement) error {
		switch name {
		case first:
			return r.text(a)
		case second:
			return r.text(b)
		}
		return r.skip()
	})
}

// charges reads a Chrgs: records of charges since .03, one charge itself in .02.
// The total stands in only where nothing else does.
func (r *reader) charges(into *[]Charge) error {
	var c charge
	records := false
	err := r.children(chargeShape, func(name string, start xml.StartElement) error {
		if name != "Rcrd" {
			return r.chargePart(name, start, &c)
		}
		records = true
		var one charge
		err := r.children(chargeShape, func(name string, start xml.StartElement) error {
			return r.chargePart(name, start, &one)
		})
		if err != nil {
			return err
		}
		return r.charge(one, into)
	})
	if err != nil || records {
		return err
	}
	if c.Money.Currency == "" {
		c.Money = c.total
	}
	return r.charge(c, into)
}

type charge struct {
	Charge
	total ledger.Money
	sign  int
}

func (r *reader) chargePart(name string, start xml.StartElement, c *charge) error {
	switch name {
	case "Amt":
		return r.amount(start, &c.Money)
	case "TtlChrgsAndTaxAmt":
		return r.amount(start, &c.total)
	case "CdtDbtInd":
		return r.sign(&c.sign)
	case "ChrgInclInd":
		return r.flag(&c.Included)
	case "Br":
		return r.oneOf(&c.Bearer, "DEBT", "CRED", "SHAR", "SLEV")
	}
	return r.skip()
}

func (r *reader) charge(c charge, into *[]Charge) error {
	if c.Money.Currency == "" {
		return nil
	}
	if len(*into) == maxDetails {
		return r.refuse(ErrTooMany, "limit", maxDetails)
	}
	if c.sign <= 0 {
		c.Money = c.Money.Neg()
	}
	*into = append(*into, c.Charge)
	return nil
}

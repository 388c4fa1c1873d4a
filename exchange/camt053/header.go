package camt053

import (
	"encoding/xml"

	"startupfund/domain/ledger"
	"startupfund/exchange/intake"
)

var (
	periodShape  = holds("FrDtTm ToDtTm")
	accountShape = holds("Id! Tp Ccy Nm Prxy Ownr Svcr")
	ownerShape   = holds("Nm PstlAdr Id CtryOfRes CtctDtls")
	balanceShape = holds("Tp! Amt! CdtDbtInd! Dt!")
	typeShape    = holds("CdOrPrtry! SubTp")
	codeShape    = holds("Cd Prtry")
)

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
					return r.refuse(ErrCurrency, "given", intake.Clip(s))
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
			return r.refuse(ErrMissing, "element", r.of.one+"/"+need.name)
		}
	}
	if !r.statements { // a report may state a balance or two; nothing is tied by them
		h.Opening, h.Closing = Balance{}, Balance{}
		return nil
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

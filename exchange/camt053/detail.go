package camt053

import (
	"encoding/xml"

	"startupfund/domain/ledger"
)

// details reads an NtryDtls: any number of TxDtls, of an entry of the sign given.
func (r *reader) details(e *Entry, sign int) error {
	return r.children(detailsShape, func(name string, _ xml.StartElement) error {
		if name != "TxDtls" {
			return r.skip()
		}
		if len(e.Details) == maxDetails {
			return r.refuse(ErrTooMany, "limit", maxDetails)
		}
		d, err := r.detail(sign)
		if err != nil {
			return err
		}
		e.Details = append(e.Details, d)
		return nil
	})
}

// detail reads a TxDtls. Its amount is Amt, or AmtDtls/TxAmt where there is none
// (.02 has only that); without a sign of its own it has the entry's.
func (r *reader) detail(sign int) (Detail, error) {
	var d Detail
	var stated, inner ledger.Money
	err := r.children(detailShape, func(name string, start xml.StartElement) error {
		switch name {
		case "Refs":
			return r.refs(&d)
		case "Amt":
			return r.amount(start, &stated)
		case "CdtDbtInd":
			return r.sign(&sign)
		case "AmtDtls":
			return r.innerAmount(&inner)
		case "Chrgs":
			return r.charges(&d.Charges)
		case "RltdPties":
			return r.parties(&d)
		case "RmtInf":
			return r.remittance(&d)
		case "RtrInf":
			return r.children(holds("Rsn"), func(name string, _ xml.StartElement) error {
				if name != "Rsn" {
					return r.skip()
				}
				return r.choice(&d.ReturnedFor, "Cd", "Prtry")
			})
		case "AddtlTxInf":
			return r.text(&d.Info)
		}
		return r.skip()
	})
	if d.Money = stated; stated.Currency == "" {
		d.Money = inner
	}
	d.Money = signed(d.Money, sign)
	return d, err
}

func (r *reader) refs(d *Detail) error {
	return r.children(refsShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "MsgId":
			return r.text(&d.MessageID)
		case "AcctSvcrRef":
			return r.text(&d.BankRef)
		case "PmtInfId":
			return r.text(&d.PaymentID)
		case "InstrId":
			return r.text(&d.InstrID)
		case "EndToEndId":
			return r.text(&d.EndToEndID)
		case "UETR":
			return r.text(&d.UETR)
		case "TxId":
			return r.text(&d.TxID)
		}
		return r.skip()
	})
}

func (r *reader) innerAmount(into *ledger.Money) error {
	return r.children(amountsShape, func(name string, _ xml.StartElement) error {
		if name != "TxAmt" {
			return r.skip()
		}
		return r.children(holds("Amt! CcyXchg"), func(name string, start xml.StartElement) error {
			if name != "Amt" {
				return r.skip()
			}
			return r.amount(start, into)
		})
	})
}

func (r *reader) parties(d *Detail) error {
	return r.children(partiesShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "Dbtr":
			return r.party(&d.Debtor.Name)
		case "UltmtDbtr":
			return r.party(&d.Debtor.Ultimate)
		case "DbtrAcct":
			return r.number(&d.Debtor.Account)
		case "Cdtr":
			return r.party(&d.Creditor.Name)
		case "UltmtCdtr":
			return r.party(&d.Creditor.Ultimate)
		case "CdtrAcct":
			return r.number(&d.Creditor.Account)
		}
		return r.skip()
	})
}

// party reads a name: Nm up to .07, since then Pty/Nm, or a bank's Agt/FinInstnId/Nm.
func (r *reader) party(into *string) error {
	return r.children(partyShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "Nm":
			return r.once(into)
		case "Pty":
			return r.only(ownerShape, "Nm", into)
		case "Agt":
			return r.children(holds("FinInstnId BrnchId"), func(name string, _ xml.StartElement) error {
				if name != "FinInstnId" {
					return r.skip()
				}
				return r.only(holds("Nm"), "Nm", into)
			})
		}
		return r.skip()
	})
}

func (r *reader) number(into *string) error {
	return r.children(numberShape, func(name string, _ xml.StartElement) error {
		if name != "Id" {
			return r.skip()
		}
		return r.accountID(into)
	})
}

// choice reads the one of several children that stands there.
func (r *reader) choice(into *string, names ...string) error {
	return r.children(shape{}, func(name string, _ xml.StartElement) error {
		for _, one := range names {
			if name == one {
				return r.once(into)
			}
		}
		return r.skip()
	})
}

func (r *reader) remittance(d *Detail) error {
	return r.children(shape{}, func(name string, _ xml.StartElement) error {
		switch name {
		case "Ustrd":
			return r.list(&d.Text)
		case "Strd":
			return r.structured(d)
		}
		return r.skip()
	})
}

func (r *reader) structured(d *Detail) error {
	return r.children(strdShape, func(name string, _ xml.StartElement) error {
		switch name {
		case "CdtrRefInf":
			return r.listed(holds("Tp Ref"), "Ref", &d.References)
		case "RfrdDocInf":
			return r.listed(holds("Tp Nb RltdDt"), "Nb", &d.Documents)
		case "AddtlRmtInf":
			return r.list(&d.Text)
		}
		return r.skip()
	})
}

// listed appends the text of one child.
func (r *reader) listed(s shape, child string, into *[]string) error {
	return r.children(s, func(name string, _ xml.StartElement) error {
		if name != child {
			return r.skip()
		}
		return r.list(into)
	})
}

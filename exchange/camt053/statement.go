// Package camt053 reads and writes bank-to-customer statements, ISO 20022
// camt.053.001.02 to .13: the part of them that a fund reconciles by. It also reads
// what a bank tells before them, camt.054 and camt.052 (ReadNotices). It is pure
// and streams, so that a statement of any length costs the memory of one entry.
//
// It is strict. A statement is taken whole or refused by code, with the place
// where it breaks a rule; one whose opening balance and booked entries do not
// make its closing balance is refused. encoding/xml by itself takes any root, any
// namespace, the last of two amounts, an amount with a comment inside, and what
// follows the end: each of those is closed here, in token.go.
package camt053

import (
	"time"

	"startupfund/domain/ledger"
)

// Statement is one account's movements between two balances.
type Statement struct {
	Header
	Entries []Entry // in the file's order, those that do not count included
}

// Booked is the sum of the entries that count: closing less opening balance.
func (s Statement) Booked() ledger.Money {
	sum := ledger.Zero(s.Currency)
	for _, e := range s.Entries {
		if e.Counts() {
			sum = sum.Add(e.Money)
		}
	}
	return sum
}

// Header is what a statement says of itself, before its entries.
//
// Instants without an offset are taken as UTC: the standard leaves them to the
// bank, and nothing is booked by them. Days are midnight UTC of the day the bank
// wrote, whatever offset it wrote with it.
type Header struct {
	Version        string    // of the message: "camt.053.001.08"
	Message        string    // GrpHdr/MsgId
	MessageCreated time.Time // GrpHdr/CreDtTm
	N              int       // place in the file, from 1

	ID            string    // Stmt/Id
	Sequence      int64     // ElctrncSeqNb, 0 where the bank gives none
	LegalSequence int64     // LglSeqNb, 0 where the bank gives none
	Created       time.Time // zero where the bank gives none
	From, To      time.Time // the period reported; zero where the bank gives none
	Copy          string    // CpyDplctInd: COPY, DUPL or CODU; "" for an original

	Account  string          // the IBAN, or the bank's own number (Acct/Id/Othr/Id)
	Currency ledger.Currency // Acct/Ccy, or that of the opening balance
	Owner    string          // Acct/Ownr/Nm

	Opening Balance // OPBD, or PRCD of an earlier day where there is no OPBD
	Closing Balance // CLBD
}

// Balance is a booked balance: positive where the bank owes the customer.
type Balance struct {
	Type  string // OPBD, PRCD or CLBD
	Money ledger.Money
	On    time.Time
}

// Status says whether an entry counts (ISO 20022 external code set EntryStatus).
type Status string

const (
	Booked      Status = "BOOK" // counts
	Pending     Status = "PDNG" // expected: listed, does not count
	Information Status = "INFO" // told for information: listed, does not count
	Future      Status = "FUTR" // will be booked: listed, does not count
)

// Entry is one movement on the account; a batch is one entry with many details.
type Entry struct {
	N        int          // place in its statement, from 1
	Money    ledger.Money // credit positive, debit negative, in the account's currency
	Reversal bool         // undoes an earlier entry; Money has the sign of this one
	Status   Status
	Booked   time.Time // day; zero only where the entry does not count
	Value    time.Time // day from which interest runs; zero where the bank gives none
	Ref      string    // NtryRef
	BankRef  string    // AcctSvcrRef
	Code     Code
	Charges  []Charge
	Info     string // AddtlNtryInf
	Details  []Detail
}

// Counts tells whether e is part of the closing balance.
func (e Entry) Counts() bool { return e.Status == Booked }

// Counterparty is who stands on the other side of d, one of e's details: who
// paid what came in, who received what went out.
func (e Entry) Counterparty(d Detail) Party {
	in := !e.Money.IsNegative()
	if d.Money.Currency != "" && !d.Money.IsZero() {
		in = d.Money.IsPositive()
	}
	if in {
		return d.Debtor
	}
	return d.Creditor
}

// Code is the bank transaction code: ISO's three parts, the bank's own, or both.
type Code struct {
	Domain, Family, SubFamily string // "PMNT", "RCDT", "ESCT"
	Proprietary, Issuer       string
}

// Detail is one payment inside an entry. What the bank does not say is empty.
type Detail struct {
	Money ledger.Money // signed as the entry's; its Currency is "" where the bank states no amount. May be another currency's

	MessageID   string // of our pain.001: Refs/MsgId
	PaymentID   string // of our pain.001: Refs/PmtInfId
	InstrID     string
	EndToEndID  string // as we gave it; banks write NOTPROVIDED for none
	UETR        string
	TxID        string
	BankRef     string // Refs/AcctSvcrRef
	Debtor      Party
	Creditor    Party
	Text        []string // unstructured remittance, and structured remittance's additional text
	References  []string // creditor references: RF…, or the bank's form
	Documents   []string // numbers of documents paid, such as invoices
	Charges     []Charge
	ReturnedFor string // reason code of a returned payment: AC04, MD06 …
	Info        string // AddtlTxInf
}

// Party is one side of a payment.
type Party struct {
	Name     string // Nm, Pty/Nm, or of a bank Agt/FinInstnId/Nm
	Ultimate string // UltmtDbtr or UltmtCdtr
	Account  string // the IBAN, or the bank's own number
}

// Charge is what the bank took, or gave back, for an entry or a payment.
type Charge struct {
	Money    ledger.Money // taken negative, given back positive
	Included bool         // already within the amount of the entry
	Bearer   string       // DEBT, CRED, SHAR, SLEV or ""
}

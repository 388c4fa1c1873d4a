package domain

import (
	"errors"
	"time"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	ErrSetUp      = problem.New(problem.Conflict, "already-set-up")
	ErrSetupToken = problem.New(problem.Denied, "wrong-setup-token")
	ErrSameCode   = problem.New(problem.Invalid, "same-code-twice")
	ErrInFuture   = problem.New(problem.Invalid, "day-not-yet-come")
)

// Setup is what an empty fund begins with.
type Setup struct {
	Code, Name    string // of the fund
	Example       bool   // marked as an example on every page
	Administrator Person // the first; acts for the coordinator's organisation
	Password      string // the administrator's, as typed
	Agent         Organisation
	Coordinator   Organisation
	Bank          BankDetails
	OpenedOn      time.Time // the day of the opening balances; zero is today
	Opening       Opening
	Charter       []byte // the document of the fund's own first rules; empty takes the shipped ones
}

// BankDetails name the agent's account for the fund.
type BankDetails struct {
	Number string // IBAN, or the bank's own
	Name   string
}

// Check tidies what was typed in and refuses what cannot stand, all at once.
func (s Setup) Check(today time.Time) (Setup, error) {
	var wrong []problem.Problem
	note := func(err error, at string) { wrong = append(wrong, below(err, at)...) }
	if !codeForm.MatchString(s.Code) || len(s.Code) > maxCode {
		wrong = append(wrong, ErrCode.With("given", clipped(s.Code)).At("fund/code"))
	}
	wrong = append(wrong, text(s.Name, "fund/name", 200)...)
	var err error
	s.Administrator, err = s.Administrator.Check()
	note(err, "/administrator")
	note(CheckPassword(s.Password, s.Administrator), "/administrator")
	s.Agent.Kind, s.Coordinator.Kind = AgentOffice, UN
	s.Agent, err = s.Agent.Check()
	note(err, "/agent")
	s.Coordinator, err = s.Coordinator.Check()
	note(err, "/coordinator")
	if s.Agent.Code == s.Coordinator.Code && s.Agent.Code != "" {
		wrong = append(wrong, ErrSameCode.With("given", s.Agent.Code).At("coordinator/code"))
	}
	wrong = append(wrong, text(s.Bank.Number, "bank_account/number", 40)...)
	if s.OpenedOn.IsZero() {
		s.OpenedOn = today
	}
	if s.OpenedOn.After(today) {
		wrong = append(wrong, ErrInFuture.With("today", today).At("opening/on"))
	}
	if s.Opening.Bank.IsNegative() {
		wrong = append(wrong, ledger.ErrNotPositive.At("opening/bank/amount"))
	}
	for _, a := range s.Opening.Available {
		if a.Amount.Currency != s.Opening.Bank.Currency {
			wrong = append(wrong, ledger.ErrOtherMoney.At("opening/available"))
		}
	}
	if len(s.Opening.Available) == 0 {
		s.Opening.Available = []EarmarkBalance{{Amount: s.Opening.Bank}}
	}
	return s, problem.Join(wrong)
}

// Voucher books what the fund brings along; there is none where it brings
// nothing.
func (s Setup) Voucher(e Entry) (v ledger.Voucher, any bool, err error) {
	e.BookedOn, e.ValueOn, e.Memo = s.OpenedOn, s.OpenedOn, "Opening balances"
	v, err = OpeningVoucher(e, s.Opening)
	return v, len(v.Postings) > 0, err
}

// below puts the fields of a refusal under the member that holds them.
func below(err error, at string) []problem.Problem {
	var p problem.Problem
	if !errors.As(err, &p) {
		return nil
	}
	all := append([]problem.Problem{p}, p.Also...)
	for i := range all {
		all[i].Also, all[i].Field = nil, at+all[i].Field
	}
	return all
}

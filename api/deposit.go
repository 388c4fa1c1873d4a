package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

type depositRequest struct {
	Amount        money  `json:"amount"`
	Credited      *money `json:"credited"` // of another currency: what the bank made of it
	ReceivedOn    string `json:"received_on"`
	BankReference string `json:"bank_reference"`
}

type depositView struct {
	ID            uuid.UUID     `json:"id"`
	Agreement     uuid.UUID     `json:"agreement"`
	Amount        ledger.Money  `json:"amount"`
	Fee           ledger.Money  `json:"fee"`
	Available     ledger.Money  `json:"available"`
	ReceivedOn    string        `json:"received_on"`
	BankReference string        `json:"bank_reference"`
	Voucher       uuid.UUID     `json:"voucher"`
	Number        int64         `json:"number"`
	Reversal      *uuid.UUID    `json:"reversal"`
	Counted       ledger.Money  `json:"counted"`
	Exchange      *exchangeView `json:"exchange,omitempty"`
	Beyond        bool          `json:"beyond"`
	May           []string      `json:"may"`
}

func (s *Server) viewDeposit(by domain.Actor, d domain.Deposit) depositView {
	v := depositView{d.ID, d.Agreement, d.Amount, d.Fee, d.Valued.Sub(d.Fee), d.ReceivedOn.Format(time.DateOnly), d.BankReference, d.Voucher, d.Number, d.Reversal,
		d.Counted, nil, d.Beyond, s.may(by, d.May())}
	if d.Foreign() {
		difference := d.Difference()
		v.Exchange = &exchangeView{&d.Paid, d.Valued, rateText(d.Rate), d.RateOn.Format(time.DateOnly), &difference}
	}
	return v
}

func (in depositRequest) received() (r domain.Received, err error) {
	r.BankReference = in.BankReference
	if r.Amount, err = in.Amount.at("/amount"); err != nil {
		return r, err
	}
	if in.Credited != nil {
		if r.Credited, err = in.Credited.at("/credited"); err != nil {
			return r, err
		}
	}
	r.On, err = dayAt(in.ReceivedOn, "/received_on")
	return r, err
}

// recordDeposit books money received, and the agent's fee with it.
func (s *Server) recordDeposit(a *asked) (answer, error) {
	id, in, err := onto[depositRequest](a)
	if err != nil {
		return answer{}, err
	}
	r, err := in.received()
	if err != nil {
		return answer{}, err
	}
	d, err := s.Store.RecordDeposit(a, a.ask, id, r)
	if err != nil {
		return answer{}, err
	}
	return made("/vouchers/"+d.Voucher.String(), s.viewDeposit(a.by, d), 0)
}

func (s *Server) deposits(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return whole(func(d domain.Deposit) depositView { return s.viewDeposit(a.by, d) })(s.Store.Deposits(a, a.by, id))
}

type reasonRequest struct {
	Reason string `json:"reason"`
}

// reverseDeposit undoes a deposit, with a reason.
func (s *Server) reverseDeposit(a *asked) (answer, error) {
	id, in, err := onto[reasonRequest](a)
	if err != nil {
		return answer{}, err
	}
	d, err := s.Store.ReverseDeposit(a, a.ask, id, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return made("/vouchers/"+d.Reversal.String(), s.viewDeposit(a.by, d), 0)
}

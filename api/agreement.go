package api

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
)

type instalmentRequest struct {
	DueOn  string `json:"due_on"`
	Amount money  `json:"amount"`
}

type agreementRequest struct {
	Contributor uuid.UUID           `json:"contributor"`
	Amount      money               `json:"amount"`
	Earmark     string              `json:"earmark"`
	FeeRate     string              `json:"fee_rate"`
	SignedOn    string              `json:"signed_on"`
	Document    string              `json:"document"`
	Instalments []instalmentRequest `json:"instalments"`
}

func (in agreementRequest) agreement() (a domain.Agreement, err error) {
	a = domain.Agreement{ID: uuid.New(), Contributor: in.Contributor, Earmark: in.Earmark, Document: in.Document}
	if a.Amount, err = in.Amount.at("/amount"); err != nil {
		return a, err
	}
	if a.SignedOn, err = dayAt(in.SignedOn, "/signed_on"); err != nil {
		return a, err
	}
	for i, p := range in.Instalments {
		at := "/instalments/" + strconv.Itoa(i)
		part := domain.Instalment{}
		if part.DueOn, err = dayAt(p.DueOn, at+"/due_on"); err != nil {
			return a, err
		}
		if part.Amount, err = p.Amount.at(at + "/amount"); err != nil {
			return a, err
		}
		a.Instalments = append(a.Instalments, part)
	}
	return a, nil
}

// partyView names an organisation or a programme.
type partyView struct {
	ID   uuid.UUID `json:"id"`
	Code string    `json:"code"`
}

type instalmentView struct {
	DueOn    string                 `json:"due_on"`
	Amount   ledger.Money           `json:"amount"`
	Paid     ledger.Money           `json:"paid"`
	State    domain.InstalmentState `json:"state"`
	PaidOn   string                 `json:"paid_on,omitempty"`
	LateDays int                    `json:"late_days"`
}

// exchangeView is the rate by which another currency was valued.
type exchangeView struct {
	Paid       *ledger.Money `json:"paid,omitempty"` // of a deposit
	Valued     ledger.Money  `json:"valued"`
	Rate       string        `json:"rate"`
	RateOn     string        `json:"rate_on"`
	Difference *ledger.Money `json:"difference,omitempty"` // of a deposit: what the bank credited above that worth
}

type agreementView struct {
	ID          uuid.UUID        `json:"id"`
	Ref         string           `json:"ref"`
	Contributor partyView        `json:"contributor"`
	Amount      ledger.Money     `json:"amount"`
	Deposited   ledger.Money     `json:"deposited"`
	Remaining   ledger.Money     `json:"remaining"`
	Value       ledger.Money     `json:"value"`    // of the commitment, in the books' currency
	Credited    ledger.Money     `json:"credited"` // of it, by the bank
	Exchange    *exchangeView    `json:"exchange,omitempty"`
	Earmark     string           `json:"earmark"`
	FeeRate     string           `json:"fee_rate"`
	SignedOn    string           `json:"signed_on"`
	Document    string           `json:"document"`
	Instalments []instalmentView `json:"instalments"`
	Charter     int              `json:"charter"`
	May         []string         `json:"may"`
}

func (s *Server) agreementView(by domain.Actor, g domain.Agreement) agreementView {
	v := agreementView{g.ID, g.Ref, partyView{g.Contributor, g.ContributorCode}, g.Amount, g.Deposited, g.Remaining(), g.Valued, g.Credited, nil, g.Earmark,
		g.FeeRate.String(), g.SignedOn.Format(time.DateOnly), g.Document, []instalmentView{}, g.CharterVersion, s.may(by, g.May())}
	if g.Amount.Currency != g.Valued.Currency {
		v.Exchange = &exchangeView{Valued: g.Valued, Rate: rateText(g.Rate), RateOn: g.RateOn.Format(time.DateOnly)}
	}
	for _, i := range g.SetOffs {
		part := instalmentView{i.DueOn.Format(time.DateOnly), i.Amount, i.Paid, i.State, "", i.LateDays}
		if i.State == domain.InstalmentPaid {
			part.PaidOn = i.PaidOn.Format(time.DateOnly)
		}
		v.Instalments = append(v.Instalments, part)
	}
	return v
}

// recordAgreement keeps what a contributor committed itself to.
func (s *Server) recordAgreement(a *asked) (answer, error) {
	in, err := body[agreementRequest](a)
	if err != nil {
		return answer{}, err
	}
	g, err := in.agreement()
	if err != nil {
		return answer{}, err
	}
	if g, err = s.Store.RecordAgreement(a, a.ask, g, in.FeeRate); err != nil {
		return answer{}, err
	}
	return made("/agreements/"+g.ID.String(), s.agreementView(a.by, g), g.Version)
}

func (s *Server) agreements(a *asked) (answer, error) {
	w, err := a.window()
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Agreements(a, a.by, w)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(g domain.Agreement) agreementView { return s.agreementView(a.by, g) })
}

func (s *Server) agreement(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	g, err := s.Store.Agreement(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.agreementView(a.by, g), g.Version)
}

type contributionView struct {
	Contributor string       `json:"contributor"`
	Name        string       `json:"name"`
	Year        int          `json:"year"`
	Committed   ledger.Money `json:"committed"`
	Deposited   ledger.Money `json:"deposited"`
}

// contributions shows everybody who committed and deposited what in which year.
func (s *Server) contributions(a *asked) (answer, error) {
	asOf, err := a.day("as_of")
	if err != nil {
		return answer{}, err
	}
	return whole(func(c store.Contribution) contributionView { return contributionView(c) })(s.Store.Contributions(a, a.by, asOf))
}

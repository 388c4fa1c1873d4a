package api

import (
	"crypto/subtle"
	"errors"
	"strconv"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

type fundView struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Currency string `json:"currency"`
	Example  bool   `json:"example"`
}

type setupView struct {
	SetUp bool      `json:"set_up"`
	Fund  *fundView `json:"fund"`
}

// showSetup tells whether the fund is set up, and what it is called.
func (s *Server) showSetup(a *asked) (answer, error) {
	f, err := s.Store.Fund(a)
	if err != nil {
		return answer{}, err
	}
	if !f.Founded {
		return shown(setupView{})
	}
	return shown(setupView{true, &fundView{f.Code, f.Name, string(f.Currency), f.Example}})
}

type setupRequest struct {
	Token         string        `json:"token"`
	Fund          setupName     `json:"fund"`
	Administrator setupPerson   `json:"administrator"`
	Agent         setupName     `json:"agent"`
	Coordinator   setupName     `json:"coordinator"`
	BankAccount   setupAccount  `json:"bank_account"`
	Opening       *setupOpening `json:"opening"`
	Charter       string        `json:"charter"`
}

type setupName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

type setupPerson struct {
	Email    string `json:"email"`
	Name     string `json:"name"`
	Password string `json:"password"`
	Language string `json:"language"`
}

type setupAccount struct {
	Number string `json:"number"`
	Name   string `json:"name"`
}

type setupOpening struct {
	On        string         `json:"on"`
	Bank      money          `json:"bank"`
	Available []setupEarmark `json:"available"`
}

type setupEarmark struct {
	Earmark string `json:"earmark"`
	Amount  money  `json:"amount"`
}

type foundedView struct {
	Fund          fundView  `json:"fund"`
	Administrator uuid.UUID `json:"administrator"`
	Agent         uuid.UUID `json:"agent"`
	Coordinator   uuid.UUID `json:"coordinator"`
}

// setUp is for whoever holds the token that the program printed on its own
// machine. Where it printed none, there is nothing here.
func (s *Server) setUp(a *asked) (answer, error) {
	in, err := body[setupRequest](a)
	if err != nil {
		return answer{}, err
	}
	if s.SetupToken == "" {
		return answer{}, domain.ErrMissing
	}
	if subtle.ConstantTimeCompare([]byte(in.Token), []byte(s.SetupToken)) != 1 {
		return answer{}, domain.ErrSetupToken.At("token")
	}
	setup, err := in.setup()
	if err != nil {
		return answer{}, err
	}
	out, err := s.Store.Init(a, setup)
	if err != nil {
		return answer{}, err
	}
	f := out.Fund
	return made("/setup", foundedView{fundView{f.Code, f.Name, string(f.Currency), f.Example}, out.Administrator, out.Agent, out.Coordinator}, 0)
}

func (r setupRequest) setup() (domain.Setup, error) {
	out := domain.Setup{Code: r.Fund.Code, Name: r.Fund.Name,
		Administrator: domain.Person{Email: r.Administrator.Email, Name: r.Administrator.Name, Language: r.Administrator.Language},
		Password:      r.Administrator.Password,
		Agent:         domain.Organisation{Code: r.Agent.Code, Name: r.Agent.Name},
		Coordinator:   domain.Organisation{Code: r.Coordinator.Code, Name: r.Coordinator.Name},
		Bank:          domain.BankDetails{Number: r.BankAccount.Number, Name: r.BankAccount.Name},
		Opening:       domain.Opening{Bank: ledger.Zero(ledger.USD)},
		Charter:       []byte(r.Charter)}
	if r.Opening == nil {
		return out, nil
	}
	var err error
	if r.Opening.On != "" {
		if out.OpenedOn, err = dayAt(r.Opening.On, "/opening/on"); err != nil {
			return out, err
		}
	}
	if out.Opening.Bank, err = r.Opening.Bank.at("/opening/bank/amount"); err != nil {
		return out, err
	}
	var wrong []problem.Problem
	for i, e := range r.Opening.Available {
		m, err := e.Amount.at("/opening/available/" + strconv.Itoa(i) + "/amount")
		var p problem.Problem
		if errors.As(err, &p) {
			wrong = append(wrong, p)
		} else if err != nil {
			return out, err
		}
		out.Opening.Available = append(out.Opening.Available, domain.EarmarkBalance{Earmark: e.Earmark, Amount: m})
	}
	return out, problem.Join(wrong)
}

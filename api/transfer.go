package api

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
)

type transferRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	Amount       money     `json:"amount"`
	Purpose      string    `json:"purpose"`
}

type stepView struct {
	Person uuid.UUID `json:"person"`
	Name   string    `json:"name"`
	At     time.Time `json:"at"`
}

// stepped is a step with its person's name; nil where it was not taken.
func stepped(step *domain.Step, names map[uuid.UUID]string) *stepView {
	if step == nil {
		return nil
	}
	return &stepView{step.Person, names[step.Person], step.At}
}

type decisionRefView struct {
	ID     uuid.UUID `json:"id"`
	Number string    `json:"number"`
}

type transferView struct {
	ID              uuid.UUID            `json:"id"`
	Ref             string               `json:"ref"`
	Programme       partyView            `json:"programme"`
	Organisation    partyView            `json:"organisation"`
	Decision        decisionRefView      `json:"decision"`
	Amount          ledger.Money         `json:"amount"`
	Purpose         string               `json:"purpose"`
	Stage           domain.TransferStage `json:"stage"`
	Requested       stepView             `json:"requested"`
	Signed          *stepView            `json:"signed"`
	Prepared        *stepView            `json:"prepared"`
	ReleaseBegun    *stepView            `json:"release_begun"`
	TwoReleasers    bool                 `json:"two_releasers"`
	Released        *stepView            `json:"released"`
	ReleaseVoucher  *uuid.UUID           `json:"release_voucher"`
	SentOn          *string              `json:"sent_on"`
	SentBy          *string              `json:"sent_by"`
	TransferVoucher *uuid.UUID           `json:"transfer_voucher"`
	Receipt         *receiptView         `json:"receipt"`
	AcknowledgeBy   *string              `json:"acknowledge_by"`
	Tries           []tryView            `json:"tries"`
	Tranche         *trancheView         `json:"tranche"`
	CompleteSince   *time.Time           `json:"complete_since"`
	PayBy           *string              `json:"pay_by"`
	Version         int                  `json:"version"`
	Missing         []string             `json:"missing"`
	Held            []heldView           `json:"held,omitempty"` // by which conditions
	May             []string             `json:"may"`
}

// heldView is a condition that holds a transfer.
type heldView struct {
	Ref  string `json:"ref"`
	Text string `json:"text"`
}

func (s *Server) transferView(by domain.Actor, f store.TransferFile) transferView {
	v := transferView{ID: f.ID, Ref: f.Ref, Programme: partyView{f.Programme, f.ProgrammeCode}, Organisation: partyView{f.Organisation, f.OrganisationCode},
		Decision: decisionRefView{f.Decision, f.DecisionNumber}, Amount: f.Amount, Purpose: f.Purpose, Stage: f.Stage,
		Requested: *stepped(&f.Requested, f.Names), Signed: stepped(f.Signed, f.Names), Prepared: stepped(f.Prepared, f.Names),
		Released: stepped(f.Released, f.Names), ReleaseBegun: stepped(f.ReleaseBegun, f.Names), TwoReleasers: f.Two,
		Receipt: receiptOf(f), AcknowledgeBy: dayText(f.Due), Tries: triesOf(f), Tranche: trancheOf(f.Tranche, f.Before), CompleteSince: f.Since, PayBy: dayText(f.PayBy),
		ReleaseVoucher: f.ReleaseVoucher, TransferVoucher: f.TransferVoucher, Version: f.Version,
		Missing: append([]string{}, f.Missing...), May: s.may(by, f.May)}
	for _, p := range f.Held {
		v.Held = append(v.Held, heldView{fmt.Sprint(p.Params()["ref"]), fmt.Sprint(p.Params()["text"])})
	}
	if f.SentBy != nil {
		name := f.Names[*f.SentBy]
		v.SentBy = &name
	}
	if f.SentOn != nil {
		day := f.SentOn.Format(time.DateOnly)
		v.SentOn = &day
	}
	return v
}

// requestTransfer is the secretariat's fund transfer request.
func (s *Server) requestTransfer(a *asked) (answer, error) {
	programme, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	in, err := body[transferRequest](a)
	if err != nil {
		return answer{}, err
	}
	amount, err := in.Amount.at("/amount")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.RequestTransfer(a, a.ask, programme, in.Organisation, amount, in.Purpose)
	if err != nil {
		return answer{}, err
	}
	return made("/transfer-requests/"+f.ID.String(), s.transferView(a.by, f), f.Version)
}

func (s *Server) transfers(a *asked) (answer, error) {
	w, err := a.window()
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Transfers(a, a.by, domain.TransferStage(a.Query("stage")), w)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(f store.TransferFile) transferView { return s.transferView(a.by, f) })
}

func (s *Server) transfer(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Transfer(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.transferView(a.by, f), f.Version)
}

type transferStep func(ctx context.Context, by store.Ask, id uuid.UUID, version int) (store.TransferFile, error)

// step does one step of a request that has no particulars.
func (s *Server) step(do func(*store.Store) transferStep) handler {
	return func(a *asked) (answer, error) {
		id, err := a.id("id")
		if err != nil {
			return answer{}, err
		}
		version, err := a.version()
		if err != nil {
			return answer{}, err
		}
		f, err := do(s.Store)(a, a.ask, id, version)
		if err != nil {
			return answer{}, err
		}
		return versioned(s.transferView(a.by, f), f.Version)
	}
}

func signing(s *store.Store) transferStep     { return s.SignTransfer }
func preparing(s *store.Store) transferStep   { return s.PrepareTransfer }
func releasing(s *store.Store) transferStep   { return s.ReleaseTransfer }
func withdrawing(s *store.Store) transferStep { return s.WithdrawTransfer }

type sendingRequest struct {
	SentOn string `json:"sent_on"`
}

// sendTransfer records the day on which the bank was told to pay.
func (s *Server) sendTransfer(a *asked) (answer, error) {
	id, version, in, err := change[sendingRequest](a)
	if err != nil {
		return answer{}, err
	}
	on, err := dayAt(in.SentOn, "/sent_on")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.SendTransfer(a, a.ask, id, version, on)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.transferView(a.by, f), f.Version)
}

package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
	"startupfund/store"
)

// receiptView is what the organisation says came of a transfer.
type receiptView struct {
	By         stepView     `json:"by"`
	ReceivedOn string       `json:"received_on"`
	Amount     ledger.Money `json:"amount"`
	Difference ledger.Money `json:"difference"`
	Note       string       `json:"note"`
}

// tryView is a payment of the request that did not stand.
type tryView struct {
	N                int        `json:"n"`
	Prepared         stepView   `json:"prepared"`
	ReleaseBegun     *stepView  `json:"release_begun"`
	Released         stepView   `json:"released"`
	SentOn           *string    `json:"sent_on"` // none where its release was taken back
	EndedOn          string     `json:"ended_on"`
	Ended            stepView   `json:"ended"`
	Reason           string     `json:"reason"`
	TransferVoucher  *uuid.UUID `json:"transfer_voucher"`
	TransferReversal *uuid.UUID `json:"transfer_reversal"`
	ReleaseReversal  uuid.UUID  `json:"release_reversal"`
}

func receiptOf(f store.TransferFile) *receiptView {
	if f.Receipt == nil {
		return nil
	}
	return &receiptView{*stepped(&f.Receipt.Step, f.Names), f.Receipt.On.Format(time.DateOnly), f.Receipt.Amount, f.Difference(), f.Receipt.Note}
}

func triesOf(f store.TransferFile) []tryView {
	list := []tryView{}
	for _, y := range f.Tries {
		list = append(list, tryView{y.N, *stepped(&y.Prepared, f.Names), stepped(y.ReleaseBegun, f.Names), *stepped(&y.Released, f.Names), dayText(y.SentOn),
			y.EndedOn.Format(time.DateOnly), *stepped(&y.Ended, f.Names), y.Reason, y.TransferVoucher, y.TransferReversal, y.ReleaseReversal})
	}
	return list
}

type receiptRequest struct {
	ReceivedOn string `json:"received_on"`
	Amount     money  `json:"amount"`
	Note       string `json:"note"`
}

// acknowledgeTransfer is the organisation's word that the money came.
func (s *Server) acknowledgeTransfer(a *asked) (answer, error) {
	id, version, in, err := change[receiptRequest](a)
	if err != nil {
		return answer{}, err
	}
	on, err := dayAt(in.ReceivedOn, "/received_on")
	if err != nil {
		return answer{}, err
	}
	amount, err := in.Amount.at("/amount")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.AcknowledgeTransfer(a, a.ask, id, version, on, amount, in.Note)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.transferView(a.by, f), f.Version)
}

type returnRequest struct {
	ReturnedOn string `json:"returned_on"`
	Reason     string `json:"reason"`
}

// returnTransfer records that the bank gave a payment back.
func (s *Server) returnTransfer(a *asked) (answer, error) {
	id, version, in, err := change[returnRequest](a)
	if err != nil {
		return answer{}, err
	}
	on, err := dayAt(in.ReturnedOn, "/returned_on")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.ReturnTransfer(a, a.ask, id, version, on, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.transferView(a.by, f), f.Version)
}

type releaseReversalRequest struct {
	Reason string `json:"reason"`
}

// takeBackRelease undoes a release whose payment was not sent.
func (s *Server) takeBackRelease(a *asked) (answer, error) {
	id, version, in, err := change[releaseReversalRequest](a)
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.TakeBackRelease(a, a.ask, id, version, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.transferView(a.by, f), f.Version)
}

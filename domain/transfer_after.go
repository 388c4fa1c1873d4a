package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Refusals of what comes after a release.
var (
	// ErrOwnRelease refuses the second release to whoever gave the first.
	ErrOwnRelease = problem.New(problem.Denied, "released-by-one-already")
	// ErrBeforeSent refuses a day on which a payment cannot have come in or come back.
	ErrBeforeSent = problem.New(problem.Invalid, "before-it-was-sent")
)

// Receipt is what the organisation says came of a transfer.
type Receipt struct {
	Step
	On     time.Time
	Amount ledger.Money
	Note   string
}

// Try is a payment that was released and did not stand: its release was taken back
// before it was sent, or the bank returned it. Its money is allocated again.
type Try struct {
	N                int // from 1
	Prepared         Step
	ReleaseBegun     *Step
	Released         Step
	ReleaseVoucher   uuid.UUID
	SentBy           *uuid.UUID
	SentOn           *time.Time // none where its release was taken back
	TransferVoucher  *uuid.UUID
	EndedOn          time.Time // the bank's day, or the day it was taken back
	Reason           string
	Ended            Step
	ReleaseReversal  uuid.UUID
	TransferReversal *uuid.UUID
}

// Over tells whether a release is no longer waited for.
func (r TransferRequest) Over() bool {
	switch r.Stage {
	case TransferReleased, TransferSent, TransferAcknowledged, TransferWithdrawn:
		return true
	}
	return false
}

// ReleasedByTwo tells whether the transfer takes two releasers: from the charter's
// amount on. A charter that has no such rule asks for one.
func (r TransferRequest) ReleasedByTwo(c charter.Charter) bool {
	from := c.Agent.SecondReleaseFrom.Value.Money
	return from.Currency == r.Amount.Currency && from.IsPositive() && r.Amount.Cmp(from) >= 0
}

// AcknowledgedBy is the last day on which the organisation should say that a transfer
// came: the charter's working days from the day it was sent; nil where none is awaited.
func (r TransferRequest) AcknowledgedBy(c charter.Charter) *time.Time {
	if r.Stage != TransferSent || r.SentOn == nil || c.Agent.AcknowledgementDays.Value <= 0 {
		return nil
	}
	due := c.AddBusinessDays(*r.SentOn, c.Agent.AcknowledgementDays.Value)
	return &due
}

// Acknowledge is the organisation's word that the money came, on a day and how much.
// What is less or more than was sent is recorded as it is: the agent follows it up.
func (r TransferRequest) Acknowledge(by Actor, on time.Time, amount ledger.Money, note string, now, today time.Time) (TransferRequest, error) {
	if err := r.at(TransferSent); err != nil {
		return r, err
	}
	var bad []problem.Problem
	switch {
	case amount.Currency != r.Amount.Currency:
		bad = append(bad, ledger.ErrOtherMoney.With("currency", string(amount.Currency), "books", string(r.Amount.Currency)).At("/amount"))
	case !amount.IsPositive():
		bad = append(bad, ledger.ErrNotPositive.With("amount", amount).At("/amount"))
	}
	bad = append(bad, r.afterSending(on, today, "/received_on")...)
	bad = append(bad, bounded(note, "/note", longestText)...)
	if err := problem.Join(bad); err != nil {
		return r, err
	}
	r.Stage, r.Receipt = TransferAcknowledged, &Receipt{Step{by.Person, now}, on, amount, strings.TrimSpace(note)}
	return r.next(), nil
}

// Difference is what came less than was sent; below zero where more came.
func (r TransferRequest) Difference() ledger.Money {
	if r.Receipt == nil {
		return ledger.Zero(r.Amount.Currency)
	}
	return r.Amount.Sub(r.Receipt.Amount)
}

func (r TransferRequest) afterSending(on, today time.Time, field string) []problem.Problem {
	switch {
	case on.After(today):
		return []problem.Problem{ErrFuture.With("day", on, "today", today).At(field)}
	case r.SentOn != nil && on.Before(*r.SentOn):
		return []problem.Problem{ErrBeforeSent.With("day", on, "sent", *r.SentOn).At(field)}
	}
	return nil
}

// Return records that the bank gave a payment back, on a day and why. Both vouchers are
// reversed: the money is allocated again, and the request may be prepared and released
// anew by two people, or withdrawn. The reason stands in the try and in the event:
// vouchers are public, and people write names.
func (r TransferRequest) Return(by Actor, sent, released ledger.Voucher, n int, on time.Time, reason string, now, today time.Time) (TransferRequest, Try, []ledger.Voucher, error) {
	if err := r.at(TransferSent); err != nil {
		return r, Try{}, nil, err
	}
	if err := problem.Join(append(r.afterSending(on, today, "/returned_on"), written(reason, "/reason", longestText)...)); err != nil {
		return r, Try{}, nil, err
	}
	back := sent.Reverse(uuid.New(), today, r.Ref+", returned")
	back.ValueOn = on // when the bank credited it
	freed := released.Reverse(uuid.New(), today, r.Ref+", returned")
	freed.ValueOn = on
	r, try := r.undone(by, n, on, reason, now)
	try.TransferReversal, try.ReleaseReversal = &back.ID, freed.ID
	r.Stage = TransferReturned
	return r, try, []ledger.Voucher{back, freed}, nil
}

// TakeBack undoes a release whose payment was not sent: the request is as it was signed.
func (r TransferRequest) TakeBack(by Actor, released ledger.Voucher, n int, reason string, now, today time.Time) (TransferRequest, Try, ledger.Voucher, error) {
	if err := r.at(TransferReleased); err != nil {
		return r, Try{}, ledger.Voucher{}, err
	}
	if err := problem.Join(written(reason, "/reason", longestText)); err != nil {
		return r, Try{}, ledger.Voucher{}, err
	}
	freed := released.Reverse(uuid.New(), today, r.Ref+", release taken back")
	freed.ValueOn = today
	r, try := r.undone(by, n, today, reason, now)
	try.ReleaseReversal = freed.ID
	r.Stage = TransferSigned
	return r, try, freed, nil
}

// undone takes the steps of a payment off the request and keeps them in a try.
func (r TransferRequest) undone(by Actor, n int, on time.Time, reason string, now time.Time) (TransferRequest, Try) {
	try := Try{N: n, Prepared: *r.Prepared, ReleaseBegun: r.ReleaseBegun, Released: *r.Released, ReleaseVoucher: *r.ReleaseVoucher,
		SentBy: r.SentBy, SentOn: r.SentOn, TransferVoucher: r.TransferVoucher, EndedOn: on, Reason: strings.TrimSpace(reason), Ended: Step{by.Person, now}}
	r.Prepared, r.ReleaseBegun, r.Released, r.ReleaseVoucher = nil, nil, nil, nil
	r.SentBy, r.SentOn, r.TransferVoucher = nil, nil, nil
	return r.next(), try
}

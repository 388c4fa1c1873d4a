package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Refusals of transfer requests. Those that say what a release still needs are
// also shown before anybody tries: see TransferRequest.Missing.
var (
	ErrNoShare         = problem.New(problem.Conflict, "no-share-in-the-programme")
	ErrAboveAllocation = problem.New(problem.Conflict, "above-allocation")
	ErrTransferStage   = problem.New(problem.Conflict, "wrong-transfer-stage")
	ErrOwnRequest      = problem.New(problem.Denied, "signed-by-its-requester")
	ErrOwnPreparation  = problem.New(problem.Denied, "released-by-its-preparer")
	ErrBeforeRelease   = problem.New(problem.Invalid, "sent-before-release")

	ErrNoDecision  = problem.New(problem.Conflict, "no-decision")
	ErrNotSigned   = problem.New(problem.Conflict, "not-signed")
	ErrNotPrepared = problem.New(problem.Conflict, "not-prepared")
	ErrNoMOU       = problem.New(problem.Conflict, "no-mou")
	ErrHalted      = problem.New(problem.Conflict, "programme-takes-no-transfers")
)

// TransferStage is how far a fund transfer request has come.
type TransferStage string

// The stages in their order. A request is withdrawn while no money is set aside for it;
// what the bank returned is prepared again, or withdrawn.
const (
	TransferRequested TransferStage = "requested"
	TransferSigned    TransferStage = "signed"
	TransferPrepared  TransferStage = "prepared"
	TransferReleased  TransferStage = "released"
	TransferSent      TransferStage = "sent"
	TransferWithdrawn TransferStage = "withdrawn"

	TransferAcknowledged TransferStage = "acknowledged" // by the organisation: the money came
	TransferReturned     TransferStage = "returned"     // by the bank: the money is allocated again
)

// Valid tells whether s is one of the stages.
func (s TransferStage) Valid() bool {
	switch s {
	case TransferRequested, TransferSigned, TransferPrepared, TransferReleased, TransferSent, TransferWithdrawn, TransferAcknowledged, TransferReturned:
		return true
	}
	return false
}

// Step is who did one step of a request, and when.
type Step struct {
	Person uuid.UUID
	At     time.Time
}

// TransferRequest asks the agent to pay an organisation what was allocated to it.
// Each step is another hand's, and no step is ever taken back.
type TransferRequest struct {
	ID               uuid.UUID
	Ref              string // the payment's end-to-end id at the bank: at most 35 of [A-Z0-9-]
	Programme        uuid.UUID
	ProgrammeCode    string
	Organisation     uuid.UUID
	OrganisationCode string
	Decision         uuid.UUID
	DecisionNumber   string
	Amount           ledger.Money
	Purpose          string
	Stage            TransferStage
	Requested        Step
	Signed           *Step
	Prepared         *Step
	ReleaseBegun     *Step // by the first of two, where the charter asks for two
	Released         *Step
	ReleaseVoucher   *uuid.UUID
	SentBy           *uuid.UUID
	SentOn           *time.Time
	TransferVoucher  *uuid.UUID
	Receipt          *Receipt
	CharterVersion   int
	Version          int
}

// TransferBasis is what a request for an organisation of a programme stands on.
type TransferBasis struct {
	Programme        uuid.UUID
	ProgrammeCode    string
	ProjectNumber    string // the agent's, where it gave one: references derive from it
	State            ProgrammeState
	Decision         uuid.UUID
	DecisionNumber   string
	Organisation     uuid.UUID
	OrganisationCode string
	Share            bool         // a decision gave the organisation a part
	Allocated        ledger.Money // to it and not yet released
	Requested        ledger.Money // of that, by requests not yet released
	Before           int          // requests made so far, withdrawn ones too
	First            bool         // none of them stands
	Conditions       []Condition  // of the programme
}

// Request asks for a transfer of amount.
func (b TransferBasis) Request(by Actor, id uuid.UUID, amount ledger.Money, purpose string, now, today time.Time, c charter.Charter) (TransferRequest, error) {
	books := b.Allocated.Currency
	switch {
	case amount.Currency != books:
		return TransferRequest{}, ledger.ErrOtherMoney.With("currency", string(amount.Currency), "books", string(books)).At("/amount")
	case !amount.IsPositive():
		return TransferRequest{}, ledger.ErrNotPositive.With("amount", amount).At("/amount")
	case tooLong(purpose, longestText):
		return TransferRequest{}, ErrTooLong.With("limit", longestText).At("/purpose")
	case b.Decision == uuid.Nil:
		return TransferRequest{}, ErrNoDecision
	case !b.State.Paid():
		return TransferRequest{}, ErrHalted.With("programme", b.ProgrammeCode, "state", string(b.State))
	case !b.Share:
		return TransferRequest{}, ErrNoShare.With("organisation", b.OrganisationCode, "programme", b.ProgrammeCode).At("/organisation")
	case len(Holding(b.Conditions, b.First, today)) > 0:
		return TransferRequest{}, problem.Join(Holding(b.Conditions, b.First, today))
	case amount.Add(b.Requested).Cmp(b.Allocated) > 0:
		return TransferRequest{}, ErrAboveAllocation.With("allocated", b.Allocated, "requested", b.Requested, "asked", amount).At("/amount")
	}
	return TransferRequest{ID: id, Ref: b.reference(), Programme: b.Programme, ProgrammeCode: b.ProgrammeCode,
		Organisation: b.Organisation, OrganisationCode: b.OrganisationCode, Decision: b.Decision, DecisionNumber: b.DecisionNumber,
		Amount: amount, Purpose: purpose, Stage: TransferRequested, Requested: Step{by.Person, now},
		CharterVersion: c.Version, Version: 1}, nil
}

var notReferenceSign = regexp.MustCompile(`[^A-Z0-9]+`)

const longestEndToEnd = 35 // ISO 20022, Max35Text

// reference is the request's end-to-end id: project, organisation and a running
// number, "MIG-JP-2026-001-IOM-1". Where one had to be changed to fit, six signs of
// its hash keep two that look alike apart.
func (b TransferBasis) reference() string {
	project := b.ProjectNumber
	if project == "" {
		project = b.ProgrammeCode
	}
	raw := project + "-" + b.OrganisationCode
	tail := fmt.Sprintf("-%d", b.Before+1)
	plain := strings.Trim(notReferenceSign.ReplaceAllString(strings.ToUpper(raw), "-"), "-")
	if plain != raw || len(plain)+len(tail) > longestEndToEnd {
		sum := sha256.Sum256([]byte(raw))
		tail = "-" + strings.ToUpper(hex.EncodeToString(sum[:3])) + tail
	}
	return strings.TrimRight(plain[:min(len(plain), longestEndToEnd-len(tail))], "-") + tail
}

// Sign is the Chair's signature, or the delegate's: never the requester's own, and not
// over a condition that holds the money.
func (r TransferRequest) Sign(by Actor, g Grounds, now time.Time) (TransferRequest, error) {
	switch {
	case r.Stage != TransferRequested:
		return r, r.wrongStage(TransferRequested)
	case by.Person == r.Requested.Person:
		return r, ErrOwnRequest
	case len(g.Held) > 0:
		return r, problem.Join(g.Held)
	}
	r.Stage, r.Signed = TransferSigned, &Step{by.Person, now}
	return r.next(), nil
}

// Prepare is the work of one person of the agent.
func (r TransferRequest) Prepare(by Actor, now time.Time) (TransferRequest, error) {
	switch r.Stage {
	case TransferRequested:
		return r, ErrNotSigned
	case TransferSigned, TransferReturned:
		r.Stage, r.Prepared = TransferPrepared, &Step{by.Person, now}
		return r.next(), nil
	}
	return r, r.wrongStage(TransferSigned)
}

// Grounds are the facts beside a request on which its release depends, on the day.
type Grounds struct {
	State     ProgrammeState
	MOU       bool              // one is in force with the organisation
	Allocated ledger.Money      // to the organisation and not yet released
	Held      []problem.Problem // by which conditions it is held today: see Holding
	Tranche   *Tranche          // that it would be of; nil once it is released
	Released  ledger.Money      // for the organisation's part before it
	Papers    []time.Time       // when what the release asks for came
}

// Missing is all that a release still needs, by name; nothing once it is released.
func (r TransferRequest) Missing(g Grounds, c charter.Charter) []problem.Problem {
	if r.Over() {
		return nil
	}
	var missing []problem.Problem
	for _, need := range []struct {
		met bool
		say problem.Problem
	}{
		{r.Decision != uuid.Nil, ErrNoDecision},
		{r.Signed != nil, ErrNotSigned},
		{r.Prepared != nil, ErrNotPrepared},
		{g.State.Paid(), ErrHalted.With("programme", r.ProgrammeCode, "state", string(g.State))},
		{g.MOU || !c.Agent.MemorandumRequired.Value, ErrNoMOU.With("organisation", r.OrganisationCode)},
		{r.Amount.Cmp(g.Allocated) <= 0, ledger.ErrInsufficient.With("available", g.Allocated, "asked", r.Amount)},
	} {
		if !need.met {
			missing = append(missing, need.say)
		}
	}
	if g.Tranche != nil {
		missing = append(missing, g.Tranche.Missing(r.Amount, g.Released)...)
	}
	return append(missing, g.Held...)
}

// Release sets the money aside for the payment. It takes another person than the
// one who prepared it, whatever hats the two wear, and all that Missing asks for. Where
// the charter asks for two releasers the first begins it: there is no voucher yet.
func (r TransferRequest) Release(by Actor, g Grounds, c charter.Charter, now, today time.Time) (TransferRequest, ledger.Voucher, error) {
	if r.Over() {
		return r, ledger.Voucher{}, r.wrongStage(TransferPrepared)
	}
	if r.Prepared != nil && r.Prepared.Person == by.Person {
		return r, ledger.Voucher{}, ErrOwnPreparation
	}
	if r.ReleaseBegun != nil && r.ReleaseBegun.Person == by.Person {
		return r, ledger.Voucher{}, ErrOwnRelease
	}
	if err := problem.Join(r.Missing(g, c)); err != nil {
		return r, ledger.Voucher{}, err
	}
	if r.ReleaseBegun == nil && r.ReleasedByTwo(c) {
		r.ReleaseBegun = &Step{by.Person, now}
		return r.next(), ledger.Voucher{}, nil
	}
	v := ReleaseVoucher(Entry{ID: uuid.New(), BookedOn: today, ValueOn: today, Memo: r.Ref + ", released"},
		r.ProgrammeCode, r.OrganisationCode, r.Amount)
	r.Stage, r.Released, r.ReleaseVoucher = TransferReleased, &Step{by.Person, now}, &v.ID
	return r.next(), v, nil
}

// Send records that the bank was told to pay, on a day (in the zone of the charter
// c) not before the release and not after today.
func (r TransferRequest) Send(by Actor, on time.Time, c charter.Charter, today time.Time) (TransferRequest, ledger.Voucher, error) {
	switch {
	case r.Stage != TransferReleased:
		return r, ledger.Voucher{}, r.wrongStage(TransferReleased)
	case on.After(today):
		return r, ledger.Voucher{}, ErrFuture.With("day", on, "today", today).At("/sent_on")
	case on.Before(c.Day(r.Released.At)):
		return r, ledger.Voucher{}, ErrBeforeRelease.With("day", on, "released", c.Day(r.Released.At)).At("/sent_on")
	}
	v := TransferVoucher(Entry{ID: uuid.New(), BookedOn: today, ValueOn: on, Memo: r.Ref + ", sent"},
		r.ProgrammeCode, r.OrganisationCode, r.Amount)
	r.Stage, r.SentBy, r.SentOn, r.TransferVoucher = TransferSent, &by.Person, &on, &v.ID
	return r.next(), v, nil
}

// Withdraw takes the request back while no money is set aside for it.
func (r TransferRequest) Withdraw() (TransferRequest, error) {
	switch r.Stage {
	case TransferRequested, TransferSigned, TransferPrepared, TransferReturned:
		r.Stage = TransferWithdrawn
		return r.next(), nil
	}
	return r, r.wrongStage(TransferRequested)
}

// May lists the acts that the rules would not refuse this actor now.
func (r TransferRequest) May(by Actor, g Grounds, c charter.Charter, now, today time.Time) []string {
	var may []string
	try := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	_, err := r.Sign(by, g, now)
	try("transfer.sign", err)
	_, err = r.Prepare(by, now)
	try("transfer.prepare", err)
	_, _, err = r.Release(by, g, c, now, today)
	try("transfer.release", err)
	_, _, err = r.Send(by, today, c, today)
	try("transfer.send", err)
	_, err = r.Withdraw()
	try("transfer.withdraw", err)
	try("transfer.acknowledge", r.at(TransferSent))
	try("transfer.return", r.at(TransferSent))
	try("transfer.take-back", r.at(TransferReleased))
	return may
}

// at refuses what can be done in one stage alone.
func (r TransferRequest) at(want TransferStage) error {
	if r.Stage != want {
		return r.wrongStage(want)
	}
	return nil
}

func (r TransferRequest) wrongStage(want TransferStage) problem.Problem {
	return ErrTransferStage.With("ref", r.Ref, "stage", string(r.Stage), "wanted", string(want))
}

func (r TransferRequest) next() TransferRequest { r.Version++; return r }

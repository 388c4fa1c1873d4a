package domain

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// Refusals about papers that were signed elsewhere, and about parts confirmed.
var (
	ErrNotSignedOff = problem.New(problem.Conflict, "not-signed-off")
	ErrNotConfirmed = problem.New(problem.Conflict, "part-not-confirmed")
	ErrConfirmed    = problem.New(problem.Conflict, "part-confirmed-already")
	ErrOtherContent = problem.New(problem.Conflict, "paper-of-other-content")
	ErrPaperHash    = problem.New(problem.Invalid, "not-a-hash")
	ErrNotOwner     = problem.New(problem.Invalid, "not-an-owner-state")
	ErrPaperChecked = problem.New(problem.Conflict, "paper-checked-already")
	ErrOwnPaper     = problem.New(problem.Denied, "own-paper") // another person than who brought it checks it
	ErrNoScan       = problem.New(problem.Conflict, "scan-not-here")
	ErrSignedLater  = problem.New(problem.Invalid, "signed-on-a-day-to-come")
)

// PaperKind is what a signed paper says.
type PaperKind string

const (
	EndorsementPaper PaperKind = "endorsement" // an owner state's
	SignOffPaper     PaperKind = "sign-off"    // the Resident Coordinator's, or a regional body's
)

// Paper is the scan of a paper signed elsewhere, for one content of a proposal. It
// counts when somebody of the secretariat, other than who brought it, has checked
// that it names that content and is signed by whom it says.
type Paper struct {
	ID           uuid.UUID
	Proposal     uuid.UUID
	Kind         PaperKind
	State        uuid.UUID // of an endorsement; Nil of a regional body's sign-off
	Hash         []byte    // of the content that it names
	Content      []byte
	Signer       Signer
	SignedOn     time.Time // a day
	Reference    string    // of the note verbale or letter
	DocumentHash string    // SHA-256 of the scan, 64 hexadecimal digits
	Person       uuid.UUID // who brought it
	At           time.Time
	Scanned      bool        // the scan's bytes are here
	Check        *PaperCheck // nil while it waits
}

// Signer is whose signature a paper bears.
type Signer struct{ Name, Title, Body string }

// PaperCheck is what the secretariat found.
type PaperCheck struct {
	Accepted bool
	Reason   string // of a refusal
	Person   uuid.UUID
	At       time.Time
}

// SignOff is a checked sign-off of one content.
type SignOff struct {
	Paper uuid.UUID
	Hash  []byte
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// papered refuses a paper for what is not being written, or from an applicant who
// does not write it.
func (p Proposal) papered(by Actor) error {
	if err := p.Written(by); err != nil {
		return err
	}
	return p.Editable()
}

// TakePaper takes in a signed paper for what the proposal says now. The hash printed on
// the paper is given with it: a paper for other content is refused here, not found
// out later.
func (p Proposal) TakePaper(by Actor, x Paper, named string, today, at time.Time) (Paper, error) {
	if err := p.papered(by); err != nil {
		return x, err
	}
	var wrong []problem.Problem
	switch x.Kind {
	case EndorsementPaper:
		if !slices.Contains(p.States(), x.State) {
			wrong = append(wrong, ErrNotOwner.At("/state"))
		}
	case SignOffPaper:
		if x.State != uuid.Nil && !slices.Contains(p.States(), x.State) {
			wrong = append(wrong, ErrNotOwner.At("/state"))
		}
	default:
		wrong = append(wrong, ErrUnknownWord.With("given", clip(string(x.Kind))).At("/kind"))
	}
	wrong = append(wrong, text(strings.TrimSpace(x.Signer.Name), "/signer", 200)...)
	wrong = append(wrong, text(strings.TrimSpace(x.Signer.Title), "/title", 200)...)
	wrong = append(wrong, text(strings.TrimSpace(x.Signer.Body), "/body", 300)...)
	wrong = append(wrong, text(strings.TrimSpace(x.Reference), "/reference", 300)...)
	if !hashForm.MatchString(x.DocumentHash) {
		wrong = append(wrong, ErrPaperHash.At("/document_hash"))
	}
	switch {
	case x.SignedOn.IsZero():
		wrong = append(wrong, ErrRequired.At("/signed_on"))
	case x.SignedOn.After(today):
		wrong = append(wrong, ErrSignedLater.At("/signed_on"))
	}
	if len(wrong) > 0 {
		return x, problem.Join(wrong)
	}
	content, hash := p.canonical()
	if named != hex.EncodeToString(hash) {
		return x, ErrOtherContent.With("named", clip(named), "hash", hex.EncodeToString(hash)).At("/content_hash")
	}
	x.Proposal, x.Content, x.Hash, x.Person, x.At = p.ID, content, hash, by.Person, at
	return x, nil
}

// CheckedBy is another person's finding on the paper, with a reason where it is not
// taken: of none who works on its proposal, or has.
func (x Paper) CheckedBy(by Actor, p Proposal, accepted bool, reason string, at time.Time) (PaperCheck, error) {
	if err := p.apart(by); err != nil {
		return PaperCheck{}, err
	}
	return checked(x.Check, x.Person, x.Scanned, by, accepted, reason, at)
}

// checked is a finding on what was signed elsewhere, once, by another person than who
// brought it. Nothing is accepted unseen: the scan has to be here.
func checked(before *PaperCheck, brought uuid.UUID, scanned bool, by Actor, accepted bool, reason string, at time.Time) (PaperCheck, error) {
	switch {
	case before != nil:
		return PaperCheck{}, ErrPaperChecked
	case by.Person == brought:
		return PaperCheck{}, ErrOwnPaper
	case accepted && !scanned:
		return PaperCheck{}, ErrNoScan
	}
	if !accepted {
		if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
			return PaperCheck{}, err
		}
	}
	if err := problem.Join(plain(reason, "/reason")); err != nil {
		return PaperCheck{}, err
	}
	return PaperCheck{accepted, reason, by.Person, at}, nil
}

// May lists what by can do about the paper now.
func (x Paper) May(by Actor, p Proposal) []string {
	if by.Hat.Role != Secretariat {
		return nil
	}
	if _, err := x.CheckedBy(by, p, false, "-", time.Time{}); err != nil {
		return nil
	}
	return []string{"paper.check"}
}

// SignedOff tells whether exactly this content is signed off.
func (p Proposal) SignedOff(given []SignOff) bool {
	_, hash := p.canonical()
	return slices.ContainsFunc(given, func(s SignOff) bool { return bytes.Equal(s.Hash, hash) })
}

// Confirmation is a participating organisation's word for its part: what it asks.
// It stands while that amount stands, whatever else is rewritten.
type Confirmation struct {
	Organisation uuid.UUID
	Amount       string // as its share had it
	Person       uuid.UUID
	Note         string
	At           time.Time
}

// Confirm gives the word of a participating organisation, by somebody who works on
// the proposal for it and not only reads.
func (p Proposal) Confirm(by Actor, given []Confirmation, note string, at time.Time) (Confirmation, error) {
	if by.Hat.Role != Applicant || by.Hat.Organisation == p.Organisation || !p.takesPart(by.Hat.Organisation) {
		return Confirmation{}, ErrNotPartner
	}
	if err := p.Budgeted(by); err != nil {
		return Confirmation{}, err
	}
	if err := p.Editable(); err != nil {
		return Confirmation{}, err
	}
	if err := problem.Join(plain(note, "/note")); err != nil {
		return Confirmation{}, err
	}
	if len([]rune(note)) > longestReason {
		return Confirmation{}, ErrTooLong.With("limit", longestReason).At("/note")
	}
	if p.Confirmed(by.Hat.Organisation, given) {
		return Confirmation{}, ErrConfirmed
	}
	amount := p.shareOf(by.Hat.Organisation)
	if amount == "" {
		return Confirmation{}, ErrRequired.At("/shares")
	}
	return Confirmation{by.Hat.Organisation, amount, by.Person, note, at}, nil
}

func (p Proposal) shareOf(organisation uuid.UUID) string {
	for _, s := range p.Shares {
		if s.Organisation == organisation && s.Amount != nil {
			return s.Amount.Text()
		}
	}
	return ""
}

// Confirmed tells whether an organisation has confirmed the part that it has now.
func (p Proposal) Confirmed(organisation uuid.UUID, given []Confirmation) bool {
	amount := p.shareOf(organisation)
	return amount != "" && slices.ContainsFunc(given, func(c Confirmation) bool { return c.Organisation == organisation && c.Amount == amount })
}

// unconfirmed lists the parts of others than the submitter that lack their word.
func (p Proposal) unconfirmed(given []Confirmation) (found []problem.Problem) {
	for i, s := range p.Shares {
		if s.Organisation != uuid.Nil && s.Organisation != p.Organisation && !p.Confirmed(s.Organisation, given) {
			found = append(found, ErrNotConfirmed.At("/shares/"+strconv.Itoa(i)))
		}
	}
	return found
}

// MayEndorse lists what by can now say to the proposal, or bring for it.
func (p Proposal) MayEndorse(by Actor, g Case) []string {
	var may []string
	can := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	_, err := p.Endorse(by, g.Endorsements, "", time.Time{})
	can("proposal.endorse", err)
	_, err = p.Confirm(by, g.Confirmations, "", time.Time{})
	can("proposal.confirm", err)
	if by.Hat.Role == Applicant || by.Hat.Role == Secretariat {
		can("paper.upload", p.papered(by))
	}
	return may
}

package domain

import (
	"time"
)

// ChangeCase is a request with its programme, as a question about it needs them.
type ChangeCase struct {
	ChangeRequest
	Programme ProgrammeCase
	Listed    bool // another question is about it
}

// decidable refuses a request that is not, or no longer, before the body.
func (x ChangeCase) decidable() error {
	if err := x.fits(x.Programme); err != nil {
		return err
	}
	if !x.ForTheBody() {
		return ErrForTheOffice.With("ref", x.Ref)
	}
	return nil
}

// record is what a decision's record says of the request.
func (x ChangeCase) record() map[string]any {
	r := map[string]any{"ref": x.Ref, "kind": x.Kind, "programme": x.Programme.Code, "reason": x.Reason, "language": x.Language,
		"asked_at": instant(x.At), "late": x.Late}
	if x.EndsOn != nil {
		r["ends_on"] = x.EndsOn.Format(time.DateOnly)
	}
	if k, _ := x.Kind.rules(); k.plan {
		r["before"], r["after"] = x.Before.record(x.Programme.Codes), x.After.record(x.Programme.Codes)
	}
	return r
}

// Adopted is the request once the body has adopted it.
func (x ChangeRequest) Adopted() ChangeRequest { return x.settled(ChangeAdopted) }

// Refused is the request once the body has not adopted it.
func (x ChangeRequest) Refused() ChangeRequest { return x.settled(ChangeRefused) }

package domain

import (
	"startupfund/domain/form"
	"startupfund/domain/problem"
)

// Refusals that belong to no single noun. Each noun's own stand in its file.
var (
	ErrMissing     = problem.New(problem.Missing, "not-found")
	ErrForbidden   = problem.New(problem.Denied, "not-permitted")
	ErrUnsigned    = problem.New(problem.Unsigned, "sign-in-first")
	ErrMalformed   = form.ErrMalformed
	ErrRequired    = form.ErrRequired
	ErrUnknownWord = form.ErrUnknownWord // an enumerated value outside its list
	ErrTooLong     = form.ErrTooLong
	ErrUnseen      = problem.New(problem.Invalid, "hidden-characters") // controls, and what turns writing over
	ErrTaken       = problem.New(problem.Conflict, "already-taken")    // a code, reference or address in use
	ErrStale       = problem.New(problem.Stale, "changed-since")
	ErrNoVersion   = problem.New(problem.Precondition, "say-which-version")
	ErrNoKey       = problem.New(problem.Precondition, "idempotency-key-required")
	ErrKeyReused   = problem.New(problem.Invalid, "idempotency-key-reused")
	ErrTooLarge    = problem.New(problem.TooLarge, "too-large")
	ErrTooMany     = problem.New(problem.TooMany, "too-many-attempts")
	ErrBusy        = problem.New(problem.Unavailable, "try-again")
	ErrFault       = problem.New(problem.Unavailable, "fault") // ours, not theirs; answered as 500
)

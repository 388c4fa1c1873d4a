package domain

import (
	"time"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ErrOnCommittee refuses to put an organisation on the Executive Committee for a day on
// which it is.
var ErrOnCommittee = problem.New(problem.Conflict, "on-the-committee")

// OnCommittee is an organisation's time on the Executive Committee, where the charter lets
// that be a list of its own: any organisation, whatever constituency it speaks through, on
// a paper. That no two times of one share a day, the database promises.
func (b Belonging) OnCommittee(o Organisation) (Belonging, error) {
	b.Organisation, b.Constituency = o.ID, charter.OwnList
	switch {
	case b.From.IsZero():
		return b, ErrRequired.At("/from")
	case !b.Until.IsZero() && b.Until.Before(b.From):
		return b, ErrTermOrder.With("from", b.From, "until", b.Until).At("/until")
	}
	return b, problem.Join(written(b.Note, "/note", longestNote))
}

// LeaveCommittee sets the last day on the Executive Committee, on a paper too.
func (b Belonging) LeaveCommittee(on time.Time, note string) (Belonging, error) {
	b, err := b.Leave(on, note, nil, nil)
	if err != nil {
		return b, err
	}
	return b, problem.Join(written(note, "/note", longestNote))
}

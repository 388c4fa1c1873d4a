package domain

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ErrNeedsRevision refuses a change of what the body has decided on.
var ErrNeedsRevision = problem.New(problem.Conflict, "change-needs-a-revision")

// Reopening gives an eligible proposal back for mending.
type Reopening struct {
	Proposal uuid.UUID
	N        int    // of the submission that is given back
	Reason   string // that the applicant and the body read
	Person   uuid.UUID
	At       time.Time
}

// Reopen gives back what was found eligible. A decision stands: what the body has
// decided on is changed by a revision, and not by mending.
func (p *Proposal) Reopen(by Actor, v Verdicts, reason string, at time.Time) (Reopening, error) {
	if err := p.reopenable(by, v); err != nil {
		return Reopening{}, err
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return Reopening{}, err
	}
	p.Stage, p.UpdatedAt = Returned, at
	return Reopening{Proposal: p.ID, N: p.Submission, Reason: reason, Person: by.Person, At: at}, nil
}

func (p Proposal) reopenable(by Actor, v Verdicts) error {
	if v.Decided != "" && p.in(Eligible, Approved) == nil {
		return ErrNeedsRevision.With("ref", p.Ref, "number", v.Decided)
	}
	return cmp.Or(p.in(Eligible), p.apart(by))
}

// VersionChange is what a submission says otherwise than the one before it.
type VersionChange struct {
	N            int
	Changed      []string // members of the content, "title" or "answers/risks", in order
	AssessedFrom int      // scores and questions about this version or a later one count for N too
}

// Material tells whether what was said about the version before no longer counts.
func (c VersionChange) Material() bool { return c.AssessedFrom == c.N }

// Since says what a submission changed, and whether that is material: anything is
// that the charter does not list. from is the AssessedFrom of the one before.
func (v Submission) Since(earlier Submission, from int, rules charter.Proposals) (VersionChange, error) {
	changed, err := differences(earlier.Content, v.Content)
	if err != nil {
		return VersionChange{}, err
	}
	c := VersionChange{N: v.N, Changed: changed, AssessedFrom: from}
	if slices.ContainsFunc(changed, func(member string) bool { return !rules.Immaterial(member) }) {
		c.AssessedFrom = v.N
	}
	return c, nil
}

// unsaid is what a version says that was frozen before these could be said.
var unsaid = map[string]string{"scope": `"national"`, "phase": `"concept"`, "form": "1"}

// differences lists the members in which two frozen contents differ. The sum is no
// member of its own: it follows from the shares.
func differences(before, after []byte) ([]string, error) {
	was, err := members(before)
	if err != nil {
		return nil, err
	}
	is, err := members(after)
	if err != nil {
		return nil, err
	}
	changed := []string{}
	for name, value := range is {
		if was[name] != value {
			changed = append(changed, name)
		}
	}
	for name := range was {
		if _, still := is[name]; !still {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return changed, nil
}

func members(content []byte) (map[string]string, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(content, &all); err != nil {
		return nil, fmt.Errorf("a frozen version: %w", err)
	}
	out := map[string]string{}
	for name, value := range unsaid {
		out[name] = value
	}
	for name, value := range all {
		switch name {
		case "amount":
		case "answers":
			var answers map[string]json.RawMessage
			if err := json.Unmarshal(value, &answers); err != nil {
				return nil, fmt.Errorf("a frozen version's answers: %w", err)
			}
			for key, answer := range answers {
				out[name+"/"+key] = string(answer)
			}
		default:
			out[name] = string(value)
		}
	}
	return out, nil
}

// Counted parts the scores of a proposal into those about what it says now, and
// those about what it said before, which are kept and read, and count for nothing.
func (p Proposal) Counted(all []Score) (counted, earlier []Score) {
	for _, s := range all {
		if s.Version >= p.AssessedFrom && s.Version <= p.Submission {
			counted = append(counted, s)
		} else {
			earlier = append(earlier, s)
		}
	}
	return counted, earlier
}

// Voided ends a question that is about what its proposal no longer says, unless it
// was settled before.
func (q Question) Voided(c VersionChange, at time.Time) (Question, bool) {
	if q.ProposalVersion >= c.AssessedFrom {
		return q, false
	}
	return q.ended(QuestionVoided, at)
}

// Left ends a question whose proposal its applicant takes back, unless it was settled
// before: nothing is before the body any more.
func (q Question) Left(at time.Time) (Question, bool) { return q.ended(QuestionWithdrawn, at) }

func (q Question) ended(as QuestionState, at time.Time) (Question, bool) {
	if !q.UnderWay() {
		return q, false
	}
	if q.ClosedAt != nil { // closed before: in the ladder, or waiting for capitals
		q.State = as
		return q, true
	}
	if q.OpenedAt != nil && q.OpenedAt.After(at) {
		at = *q.OpenedAt
	}
	q.State, q.ClosedAt = as, &at
	return q, true
}

// Voiding is why a question is void.
type Voiding struct {
	N       int      // the version of the proposal that says something else
	Changed []string // what
	Reason  string   // why the version before was given back
	At      time.Time
}

package domain

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrDraftSettled refuses an act on a draft of the rules that is adopted, not adopted or withdrawn.
	ErrDraftSettled = problem.New(problem.Conflict, "rules-draft-settled")
	// ErrDraftListed refuses to change a draft that a meeting has on its agenda. It names the item.
	ErrDraftListed = problem.New(problem.Conflict, "rules-draft-on-an-agenda")
	// ErrDraftSuperseded refuses to decide on a draft that starts from rules that are no longer the newest.
	ErrDraftSuperseded = problem.New(problem.Conflict, "rules-draft-superseded")
	// ErrDraftCurrent refuses to move a draft to the newest version that it starts from already.
	ErrDraftCurrent = problem.New(problem.Conflict, "rules-draft-current")
	// ErrDraftEmpty refuses to decide on a draft that changes nothing.
	ErrDraftEmpty = problem.New(problem.Conflict, "rules-draft-empty")
	// ErrDraftPast refuses rules that would be in force from a day that is past.
	ErrDraftPast = problem.New(problem.Conflict, "rules-not-in-the-past")
	// ErrDraftBeforeNewest refuses rules that would be in force before those that they follow.
	ErrDraftBeforeNewest = problem.New(problem.Conflict, "rules-before-the-newest")
	// ErrClashOpen refuses to move a draft while a choice is missing. It names the place; several come joined.
	ErrClashOpen = problem.New(problem.Invalid, "rules-draft-clash-open")
)

// mostEdits bounds a draft: each rule of the document, twice over.
const mostEdits = 1000

// DraftState is how far a draft of a new version of the rules is. It leaves "draft" once.
type DraftState string

const (
	RulesDrafted   DraftState = "draft"
	RulesAdopted   DraftState = "adopted" // by the body: the version is kept
	RulesRefused   DraftState = "not-adopted"
	RulesWithdrawn DraftState = "withdrawn"
)

// RulesDraft is a draft of a new version of the charter.
type RulesDraft struct {
	ID            uuid.UUID
	Ref           string // "RULES-2026-001"
	Title         string
	Language      string // of the title and the note
	Note          string // why, for the body to read
	Base          int    // the version that it starts from
	EffectiveFrom *time.Time
	Edits         []charter.Edit
	State         DraftState
	Person        uuid.UUID // who began it
	Organisation  uuid.UUID
	At            time.Time
	UpdatedAt     time.Time
	TakesBack     int // adopted version that is not to come into force, of a draft that takes one back; else 0
	Became        int // the version, where it was adopted; 0 of one that takes back
	Version       int
}

// Amendment is a draft with the rules that it is judged by.
type Amendment struct {
	RulesDraft
	From   charter.Charter // the version that it starts from, or takes back
	Newest charter.Charter // the last that stands, whether in force yet or not
	Last   int             // number of the last that is kept, one taken back too
	Back   *TakingBack     // of a draft that takes a version back; else none
	Today  time.Time
	Listed bool // a meeting that is not over has it on its agenda, beside the question that asks
	Shown  bool // it is before the body, or was
	Agenda string
}

// BeginRules begins a draft, from the newest version that stands.
func BeginRules(by Actor, newest charter.Charter, as RulesDraft, now time.Time) (RulesDraft, error) {
	a := Amendment{RulesDraft: RulesDraft{ID: uuid.New(), Base: newest.Version, State: RulesDrafted, Person: by.Person, Organisation: by.Hat.Organisation, At: now}, From: newest, Newest: newest}
	return a.Write(as, now)
}

// Write replaces what the draft says. It may break rules of a charter until it is put to
// the body; what no document could hold is refused.
func (a Amendment) Write(as RulesDraft, now time.Time) (RulesDraft, error) {
	if err := a.changeable(); err != nil {
		return a.RulesDraft, err
	}
	if err := a.plain(as); err != nil {
		return a.RulesDraft, err
	}
	found := written(as.Title, "/title", longestTitle)
	found = append(found, spoken(as.Language, "/language")...)
	found = append(found, bounded(as.Note, "/note", longestReason)...)
	if len(as.Edits) > mostEdits {
		found = append(found, ErrTooLong.With("limit", mostEdits).At("/edits"))
	}
	if err := problem.Join(found); err != nil {
		return a.RulesDraft, err
	}
	amended, err := charter.Amend(a.From, as.Edits)
	if err != nil {
		return a.RulesDraft, err
	}
	d := a.RulesDraft
	d.Title, d.Language, d.Note, d.EffectiveFrom, d.Edits, d.UpdatedAt = as.Title, as.Language, as.Note, as.EffectiveFrom, amended.Edits(), now
	d.Version++
	return d, nil
}

func (a Amendment) changeable() error {
	switch {
	case a.State != RulesDrafted:
		return ErrDraftSettled.With("ref", a.Ref, "state", string(a.State))
	case a.Listed:
		return ErrDraftListed.With("ref", a.Ref, "item", a.Agenda)
	}
	return nil
}

// Amended is the version that the draft makes of the one it starts from.
func (a Amendment) Amended() (charter.Amended, error) { return charter.Amend(a.From, a.Edits) }

// Rebasing compares the draft with what was adopted since it was begun.
func (a Amendment) Rebasing() charter.Rebasing { return charter.Rebase(a.From, a.Newest, a.Edits) }

// Superseded tells whether another version was adopted since the draft was begun, or last moved.
func (a Amendment) Superseded() bool { return a.TakesBack == 0 && a.Base != a.Newest.Version }

// Rebase moves the draft to the newest version. Of what both changed, a place named in
// keep stays as drafted, one named in take becomes what is in force: nobody chooses for
// the drafter.
func (a Amendment) Rebase(keep, take []string, now time.Time) (RulesDraft, error) {
	if err := a.changeable(); err != nil {
		return a.RulesDraft, err
	}
	if !a.Superseded() {
		return a.RulesDraft, ErrDraftCurrent.With("version", a.Base)
	}
	r := a.Rebasing()
	var found []problem.Problem
	for _, c := range r.Clashes {
		if slices.Contains(keep, c.Path) == slices.Contains(take, c.Path) {
			found = append(found, ErrClashOpen.With("path", c.Path).At(c.Path))
		}
	}
	if err := problem.Join(found); err != nil {
		return a.RulesDraft, err
	}
	amended, err := charter.Amend(a.Newest, r.Kept(keep))
	if err != nil {
		return a.RulesDraft, err
	}
	d := a.RulesDraft
	d.Base, d.Edits, d.UpdatedAt = a.Newest.Version, amended.Edits(), now
	d.Version++
	return d, nil
}

// Withdraw gives the draft up; it stays readable.
func (a Amendment) Withdraw(now time.Time) (RulesDraft, error) {
	if err := a.changeable(); err != nil {
		return a.RulesDraft, err
	}
	return a.settled(RulesWithdrawn, now), nil
}

// Refused is the draft that the body did not adopt.
func (a Amendment) Refused(now time.Time) RulesDraft { return a.settled(RulesRefused, now) }

func (a Amendment) settled(state DraftState, now time.Time) RulesDraft {
	d := a.RulesDraft
	d.State, d.UpdatedAt = state, now
	d.Version++
	return d
}

// Sees tells whether by may read the draft: those who write and watch always, those who
// sit on the body once it is, or was, before it.
func (a Amendment) Sees(by Actor) bool {
	switch by.Hat.Role {
	case Secretariat, Coordinator, Auditor:
		return true
	}
	return a.Shown
}

// InForceFrom is the day from which the version is in force if it is adopted today.
func (a Amendment) InForceFrom() time.Time {
	if a.EffectiveFrom != nil {
		return *a.EffectiveFrom
	}
	return a.Today
}

// Lacks says all that stands in the way of putting the draft to the body.
func (a Amendment) Lacks() []problem.Problem {
	switch {
	case a.State != RulesDrafted:
		return nil
	case a.Back != nil:
		return a.Back.lacks(a)
	case a.Superseded():
		return []problem.Problem{ErrDraftSuperseded.With("ref", a.Ref, "base", a.Base, "newest", a.Newest.Version)}
	case len(a.Edits) == 0:
		return []problem.Problem{ErrDraftEmpty.With("ref", a.Ref)}
	}
	var found []problem.Problem
	switch from := a.InForceFrom(); {
	case from.Before(a.Today):
		found = append(found, ErrDraftPast.With("day", from, "today", a.Today).At("/effective_from"))
	case from.Before(a.Newest.EffectiveFrom):
		found = append(found, ErrDraftBeforeNewest.With("day", from, "newest", a.Newest.Version, "from", a.Newest.EffectiveFrom).At("/effective_from"))
	}
	amended, err := a.Amended()
	if err != nil {
		return append(found, ErrDraftSuperseded.With("ref", a.Ref, "base", a.Base, "newest", a.Newest.Version)) // its places are gone
	}
	return append(found, amended.Check()...)
}

// Decidable refuses a draft that is not, or no longer, before the body.
func (a Amendment) Decidable() error {
	if a.State != RulesDrafted {
		return ErrDraftSettled.With("ref", a.Ref, "state", string(a.State))
	}
	return problem.Join(a.Lacks())
}

// Adopted is the draft that the body adopted, and the document of the version it became.
func (a Amendment) Adopted(d Decision, now time.Time) (RulesDraft, charter.Charter, []byte, error) {
	if a.Back != nil {
		return a.settled(RulesAdopted, now), charter.Charter{}, nil, nil
	}
	amended, err := a.Amended()
	if err != nil {
		return a.RulesDraft, charter.Charter{}, nil, err
	}
	document := amended.Document(a.Last+1, a.InForceFrom(), d.Number)
	c, err := charter.Parse(document)
	if err != nil {
		return a.RulesDraft, c, nil, err
	}
	r := a.settled(RulesAdopted, now)
	r.Became = c.Version
	return r, c, document, nil
}

// May lists what by can do to the draft now, as far as its rules go.
func (a Amendment) May() []string {
	var may []string
	if a.changeable() == nil {
		may = append(may, "charter.draft", "charter.withdraw")
		if a.Superseded() {
			may = append(may, "charter.rebase")
		}
		if a.Decidable() == nil {
			may = append(may, "question.list")
		}
	}
	return may
}

// amends fits a question to the draft that it is to put in force; no money goes with it.
func (q Question) amends(c charter.Charter, a *Amendment) (Question, error) {
	if a == nil {
		return Question{}, ErrRequired.At("/rules")
	}
	switch err := a.Decidable(); {
	case err != nil:
		return Question{}, err
	case a.Listed:
		return Question{}, ErrDraftListed.With("ref", a.Ref, "item", a.Agenda).At("/rules")
	}
	q.Rules, q.Waives, q.Change, q.Proposal, q.ProposalVersion = a.ID, uuid.Nil, uuid.Nil, uuid.Nil, 0
	return q.moneyless(c)
}

// record is what a decision's record says of the new version: each rule before and after.
func (a Amendment) record() map[string]any {
	if a.Back != nil {
		return a.Back.record(a)
	}
	differences := []any{}
	if amended, err := a.Amended(); err == nil {
		differences = recordDifferences(amended.Differences())
	}
	return map[string]any{"draft": a.Ref, "follows": a.Newest.Version, "version": a.Last + 1, "in_force_from": a.InForceFrom().Format(time.DateOnly), "differences": differences}
}

func recordDifferences(list []charter.Difference) []any {
	differences := []any{}
	for _, d := range list {
		differences = append(differences, map[string]any{"path": d.Path, "was": recordStated(d.Was), "is": recordStated(d.Is)})
	}
	return differences
}

// recordStated is a rule in a record: its value as JSON in a text, since a record has no
// number that is not whole.
func recordStated(s *charter.Stated) any {
	if s == nil {
		return nil
	}
	return map[string]any{"value": string(json.RawMessage(s.Value)), "source": s.Source, "reason": s.Reason}
}

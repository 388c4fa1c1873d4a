package domain

import (
	"encoding/hex"

	"startupfund/domain/charter"
)

// What a question is about, its matter, decides three things and no more: whether
// the body may decide it as it stands (decidable), what the record says of it
// (recordMatter), and what adopting it does beside the decision itself
// (Consequence). A new matter adds a case to each, and its deed to the store.

// Matter is what a question that is to be listed may name: one of them, or none.
type Matter struct {
	Case      *GrantCase
	Change    *ChangeCase
	Waiver    *WaiverCase
	Amendment *Amendment
}

// Consequence is what adopting a question does; "" is nothing but the decision.
type Consequence string

const (
	Grants  Consequence = "grants"  // money to a proposal, which becomes a programme
	Selects Consequence = "selects" // a concept note, whose document is written next
	Changes Consequence = "changes" // a programme, as a request asks
	Waives  Consequence = "waives"  // a condition of a programme: the body does without it
	Amends  Consequence = "amends"  // the charter: a new version, from its day
)

// Consequence is what adopting the question does.
func (i Item) Consequence() Consequence {
	switch {
	case i.Change != nil:
		return Changes
	case i.Waiver != nil:
		return Waives
	case i.Amendment != nil:
		return Amends
	case i.Case == nil:
		return ""
	case i.Kind == charter.Grant:
		return Grants
	case i.Case.selects(i.Kind):
		return Selects
	}
	return ""
}

// TakesMoney tells whether adopting the question takes money out of what is
// available, for its shares.
func (i Item) TakesMoney() bool { return i.Amount.IsPositive() }

// decidable refuses a question whose matter is not, or no longer, before the body
// as the question has it.
func (i Item) decidable() error {
	if i.Change != nil {
		return i.Change.decidable()
	}
	if i.Waiver != nil {
		return i.Waiver.decidable()
	}
	if i.Amendment != nil {
		return i.Amendment.Decidable()
	}
	if i.Case == nil {
		return i.Move.decidable()
	}
	if err := i.Case.decidable(i.Kind); err != nil {
		return err
	}
	if i.ProposalVersion < i.Case.AssessedFrom || i.ProposalVersion > i.Case.Submission {
		return ErrNotDecidable.With("proposal", i.Case.Ref, "stage", string(i.Case.Stage))
	}
	return i.Move.decidable()
}

// recordMatter puts what the question is about into its decision's record.
func (i Item) recordMatter(r map[string]any) {
	switch {
	case i.Change != nil:
		r["change"] = i.Change.record()
	case i.Waiver != nil:
		r["waives"] = map[string]any{"condition": i.Waiver.Ref(), "programme": i.Waiver.ProgrammeCode, "text": i.Waiver.Text}
	case i.Amendment != nil:
		r["amends"] = i.Amendment.record()
	case i.Case != nil:
		r["proposal"] = map[string]any{"ref": i.Case.Ref, "version": i.ProposalVersion, "content_sha256": hex.EncodeToString(i.Case.ContentHash)}
	}
	if len(i.Conditions) > 0 {
		r["conditions"] = recordTerms(i.Conditions)
	}
	if i.Move != nil {
		r["pipeline"] = i.Move.record()
	}
}

package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

// selectProposal makes an eligible concept note the draft of a joint programme
// document, in the act of the decision that selects it.
func (t *tx) selectProposal(a adoption) error {
	list, err := t.proposals(`p.id = ? FOR UPDATE OF p`, a.Case.ID)
	if err != nil {
		return err
	}
	p := list[0]
	call, err := t.call(p.Call, "")
	if err != nil {
		return err
	}
	if err := p.Select(call, t.now); err != nil {
		return err
	}
	t.changed("selected", p.Ref)
	p.Version++
	if err := t.keepProposal(p); err != nil || !a.TakesMoney() {
		return err
	}
	return t.prepare(a)
}

// CopySections takes sections of an earlier proposal of the same organisation over
// into a draft, over the version that was read.
func (s *Store) CopySections(ctx context.Context, by Ask, id uuid.UUID, version int, from uuid.UUID, sections []string) (ProposalFile, error) {
	return act(ctx, s, by, "proposal.save", func(t *tx) (ProposalFile, error) {
		p, err := t.proposalLocked(id, version)
		if err != nil {
			return ProposalFile{}, err
		}
		if err := p.Written(t.by); err != nil {
			return ProposalFile{}, err
		}
		earlier, err := t.proposal(from, "")
		if err != nil {
			return ProposalFile{}, domain.ErrUnknownWord.With("given", from.String()).At("/from")
		}
		names, err := t.named(append(p.Organisations(), earlier.Organisations()...)...)
		if err != nil {
			return ProposalFile{}, err
		}
		if err := p.CopyFrom(earlier, sections, kindsOf(names), t.now); err != nil {
			return ProposalFile{}, err
		}
		t.changed("copied_from", earlier.Ref)
		t.changed("sections", sections)
		return t.keptProposal(&p)
	})
}

package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/form"
)

// TextFile is all that a proposal says, to be written down: in one of its versions,
// or as it stands.
type TextFile struct {
	domain.Proposal           // its content, phase and form are those of the version
	Version         int       // 0 is a draft as it stands
	Hash            []byte    // of that content
	At              time.Time // when it was submitted; of a draft, now
	Sheet           *form.Form
	Charter         charter.Charter
	Named           map[uuid.UUID]Named
	Attachments     []AttachmentFile // what is attached to it, by their hashes
}

// ProposalText shows what a version says, 0 for what one sees now. What stands as it
// was submitted is that version.
func (s *Store) ProposalText(ctx context.Context, by domain.Actor, id uuid.UUID, version int) (TextFile, error) {
	return read(ctx, s, by, func(t *tx) (f TextFile, err error) {
		if f.Proposal, err = t.proposal(id, ""); err != nil {
			return f, err
		}
		f.Version = version
		if version == 0 && f.Submission > 0 && (f.Editable() != nil || !f.Insider(t.by)) {
			f.Version = f.Submission
		}
		if f.Version == 0 {
			_, f.Hash = f.ContentNow()
			f.At = t.now
		} else {
			v, err := t.submission(id, f.Version)
			if err != nil {
				return f, err
			}
			f.Hash, f.At = v.Hash, v.At
			if f.Content, err = domain.Frozen(v.Content); err != nil {
				return f, err
			}
			if f.Phase, f.Form, err = domain.FrozenForm(v.Content); err != nil {
				return f, err
			}
		}
		if f.Sheet, err = f.OnForm(); err != nil {
			return f, err
		}
		g, err := t.grounds(f.Call, uuid.Nil, f.Content)
		if err != nil {
			return f, err
		}
		f.Charter = g.Charter
		if f.Attachments, err = t.attached(domain.Subject{Kind: "proposal", ID: id}, f.Version); err != nil {
			return f, err
		}
		names := append(f.Content.Organisations(), f.Organisation)
		for _, a := range f.Attachments {
			names = append(names, a.Organisation)
		}
		f.Named, err = t.named(names...)
		return f, err
	})
}

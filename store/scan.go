package store

import (
	"github.com/google/uuid"

	"startupfund/domain"
)

// The scan of a signed paper is seen by whomever its proposal reaches, and by the
// secretariat, who checks papers of drafts too. Who writes the proposal brings it until
// the paper is checked: it is the file whose hash the paper was recorded with.
var _ = holds("paper", holder{
	reach: func(t *tx, id uuid.UUID, _ int) (string, []any, error) {
		_, _, err := t.scanned(id)
		if t.by.Hat.Role == domain.Secretariat {
			_, err = t.paper(id)
		}
		return standing, nil, err
	},
	change: func(t *tx, id uuid.UUID, lock bool) error {
		if lock {
			if err := t.lockPaper(id); err != nil {
				return err
			}
		}
		x, p, err := t.scanned(id)
		if err != nil {
			return err
		}
		if by := t.by.Hat.Role; by != domain.Secretariat && by != domain.Applicant {
			return domain.ErrMissing
		}
		if err := p.Written(t.by); err != nil {
			return err
		}
		if x.Check != nil {
			return domain.ErrPaperChecked
		}
		return nil
	},
	rules: inForce,
	names: func(t *tx, id uuid.UUID) (string, error) {
		x, _, err := t.scanned(id)
		return x.DocumentHash, err
	},
})

// scanned loads a paper and its proposal, where both are within reach.
func (t *tx) scanned(id uuid.UUID) (x PaperRecord, p domain.Proposal, err error) {
	if x, err = t.paper(id); err != nil {
		return x, p, err
	}
	p, err = t.proposal(x.Proposal, "")
	return x, p, err
}

// The scan of the note by which a state accredits its focal point is the state's own,
// and of those who record and audit notes; the secretariat brings it.
var _ = holds("accreditation", holder{
	reach: func(t *tx, id uuid.UUID, _ int) (string, []any, error) {
		_, err := t.noted(id)
		return standing, nil, err
	},
	change: func(t *tx, id uuid.UUID, _ bool) error {
		if _, err := t.noted(id); err != nil {
			return err
		}
		if t.by.Hat.Role != domain.Secretariat {
			return domain.ErrMissing
		}
		return nil
	},
	rules: inForce,
	names: func(t *tx, id uuid.UUID) (string, error) {
		f, err := t.noted(id)
		return f.Document, err
	},
})

// noted loads what a note says, by the membership that it grounds.
func (t *tx) noted(id uuid.UUID) (f FocalPointRecord, err error) {
	list, err := t.focalPoints(`a.membership = ?`, id)
	if err != nil {
		return f, err
	}
	if len(list) == 0 {
		return f, domain.ErrMissing
	}
	switch by := t.by.Hat; by.Role {
	case domain.Secretariat, domain.Administrator, domain.Auditor:
	default:
		if by.Organisation != list[0].Membership.Organisation {
			return f, domain.ErrMissing
		}
	}
	return list[0], nil
}

var _ = ask(Question{"scans-are-those-named", "a scan differs from the one that its paper or note was recorded with", `
	SELECT a.id::text FROM attachments a JOIN signed_papers x ON a.kind = 'paper' AND a.subject = x.id WHERE encode(a.sha256, 'hex') <> x.document_hash
	UNION ALL SELECT a.id::text FROM attachments a JOIN accreditations x ON a.kind = 'accreditation' AND a.subject = x.membership
	WHERE encode(a.sha256, 'hex') <> x.document_hash`})

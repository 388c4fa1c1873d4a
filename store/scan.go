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

// The scan of the letter on which the secretariat submitted for an applicant is seen by
// whomever the proposal reaches; the secretariat brings it. It is the newest such letter's.
var _ = holds("behalf", holder{
	reach: func(t *tx, id uuid.UUID, _ int) (string, []any, error) {
		_, err := t.letterOf(id)
		return standing, nil, err
	},
	change: func(t *tx, id uuid.UUID, _ bool) error {
		if t.by.Hat.Role != domain.Secretariat {
			return domain.ErrMissing
		}
		_, err := t.letterOf(id)
		return err
	},
	rules: inForce,
	names: func(t *tx, id uuid.UUID) (string, error) { return t.letterOf(id) },
})

// letterOf is the hash of the letter on which a proposal was submitted last for its
// applicant, where the proposal is within reach.
func (t *tx) letterOf(proposal uuid.UUID) (hash string, err error) {
	if _, err := t.proposal(proposal, ""); err != nil {
		return "", err
	}
	err = t.Raw(`SELECT document_hash FROM submissions_on_behalf WHERE proposal = ? ORDER BY n DESC LIMIT 1`, proposal).Row().Scan(&hash)
	return hash, missing(err)
}

// The scan of the note by which a state names its focal point is the state's own, and
// of those who record, check and audit notes. The secretariat brings it, until it is
// checked.
var _ = holds("accreditation", holder{
	reach: func(t *tx, id uuid.UUID, _ int) (string, []any, error) {
		_, err := t.noted(id)
		return standing, nil, err
	},
	change: func(t *tx, id uuid.UUID, lock bool) error {
		if lock {
			if err := t.lockPaper(id); err != nil {
				return err
			}
		}
		x, err := t.noted(id)
		if err != nil {
			return err
		}
		switch {
		case t.by.Hat.Role != domain.Secretariat:
			return domain.ErrMissing
		case x.Check != nil:
			return domain.ErrPaperChecked
		case x.Counts:
			return domain.ErrNoteCounted
		}
		return nil
	},
	rules: inForce,
	names: func(t *tx, id uuid.UUID) (string, error) {
		x, err := t.noted(id)
		return x.DocumentHash, err
	},
})

// noted loads a note within reach.
func (t *tx) noted(id uuid.UUID) (NoteRecord, error) {
	x, err := t.note(id)
	if err != nil {
		return x, err
	}
	switch by := t.by.Hat; by.Role {
	case domain.Secretariat, domain.Administrator, domain.Auditor:
	default:
		if by.Organisation != x.State {
			return NoteRecord{}, domain.ErrMissing
		}
	}
	return x, nil
}

var _ = ask(Question{"scans-are-those-named", "a scan differs from the one that its paper or note was recorded with", `
	SELECT a.id::text FROM attachments a JOIN signed_papers x ON a.kind = 'paper' AND a.subject = x.id WHERE encode(a.sha256, 'hex') <> x.document_hash
	UNION ALL SELECT a.id::text FROM attachments a JOIN accreditation_notes x ON a.kind = 'accreditation' AND a.subject = x.id
	WHERE encode(a.sha256, 'hex') <> x.document_hash
	UNION ALL SELECT a.id::text FROM attachments a WHERE a.kind = 'behalf' AND NOT EXISTS (SELECT FROM submissions_on_behalf x
		WHERE x.proposal = a.subject AND encode(a.sha256, 'hex') = x.document_hash)`})

package store

import (
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// toAnswer are the files at a thread that no answer came with yet.
const toAnswer = standing + ` AND NOT EXISTS (SELECT FROM clarification_files s WHERE s.attachment = a.id)`

// A clarification's files are those of the team that writes the answer, until it is given;
// whoever sees the thread sees those that an answer came with.
var _ = holds("clarification", holder{
	reach: func(t *tx, id uuid.UUID, n int) (string, []any, error) {
		q, _, err := t.threadOf(id, false)
		if err == nil && n == 0 && t.by.Hat.Role == domain.Applicant && q.Insider(t.by) {
			return toAnswer, nil, nil
		}
		return "EXISTS (SELECT FROM clarification_files s WHERE s.attachment = a.id AND s.clarification = a.subject AND (? = 0 OR s.n = ?))", []any{n, n}, err
	},
	change: func(t *tx, id uuid.UUID, lock bool) error {
		q, x, err := t.threadOf(id, lock)
		if err != nil {
			return err
		}
		return q.AnswerFiles(t.by, x)
	},
	rules: func(t *tx, id uuid.UUID) (charter.Charter, error) {
		q, _, err := t.threadOf(id, false)
		return q.rules, err
	},
})

// threadOf opens a thread within reach, with what it is asked within.
func (t *tx) threadOf(id uuid.UUID, locked bool) (q inquiry, x domain.Clarification, err error) {
	var proposal uuid.UUID
	if err := t.Raw(`SELECT proposal FROM clarifications WHERE id = ?`, id).Row().Scan(&proposal); err != nil {
		return q, x, missing(err)
	}
	if q, err = t.inquiry(proposal, locked); err != nil {
		return q, x, err
	}
	x, err = q.thread(id)
	return q, x, err
}

// unanswering are the files that stand at a thread for the answer that comes next.
func (t *tx) unanswering(id uuid.UUID) (plain []domain.Attachment, err error) {
	list, err := t.attachments("a.kind = 'clarification' AND a.subject = ? AND "+toAnswer, id)
	for _, f := range list {
		plain = append(plain, f.Attachment)
	}
	return plain, err
}

var _ = ask(
	Question{"files-come-with-answers", "a file stands in a thread with what is no answer, or belongs to something else", `
		SELECT f.attachment::text FROM clarification_files f JOIN clarification_entries e ON e.clarification = f.clarification AND e.n = f.n
		JOIN attachments a ON a.id = f.attachment LEFT JOIN attachment_arrivals v ON v.attachment = a.id
		WHERE e.kind <> 'answered' OR a.kind <> 'clarification' OR a.subject <> f.clarification OR v.at IS NULL OR v.at > e.at`},
)

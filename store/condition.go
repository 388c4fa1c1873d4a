package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// ConditionFile is a condition as somebody sees it now.
type ConditionFile struct {
	domain.Condition
	Title   string            // of the programme
	Owed    string            // code of the organisation that has to fulfil it
	Number  string            // of the decision that asked for it
	Waiver  string            // number of the decision that waived it
	Names   map[int]string    // of the people who took its steps; none where the actor does not read them
	Files   map[int][]FileRef // that a claim was made with, by its step
	Agenda  *Agendum          // where the body is to do without it, or did
	Overdue bool
	Said    bool // whether the actor reads what was claimed and answered
	May     []string
}

// FileRef is an attachment by its name.
type FileRef struct {
	ID   uuid.UUID
	Name string
}

// Conditions lists those of a programme, in their order.
func (s *Store) Conditions(ctx context.Context, by domain.Actor, programme uuid.UUID) ([]ConditionFile, error) {
	return read(ctx, s, by, func(t *tx) ([]ConditionFile, error) {
		g, err := t.programmeCase(programme, false)
		if err != nil {
			return nil, err
		}
		return t.conditionFiles(g)
	})
}

// OpenConditions lists those of all programmes that are neither fulfilled nor waived.
func (s *Store) OpenConditions(ctx context.Context, by domain.Actor) ([]ConditionFile, error) {
	return read(ctx, s, by, func(t *tx) (files []ConditionFile, err error) {
		err = t.eachCondition(unsettled, func(c domain.Condition, g domain.ProgrammeCase) error {
			f, err := t.conditionFile(c, g)
			files = append(files, f)
			return err
		})
		return files, err
	})
}

// eachCondition goes through those that meet a condition on c, each with its programme,
// which is opened once.
func (t *tx) eachCondition(condition string, do func(domain.Condition, domain.ProgrammeCase) error) error {
	list, err := t.conditions(condition)
	if err != nil {
		return err
	}
	var g domain.ProgrammeCase
	for _, c := range list {
		if c.Programme != g.ID { // they come programme by programme
			if g, err = t.programmeCase(c.Programme, false); err != nil {
				return err
			}
		}
		if err := do(c, g); err != nil {
			return err
		}
	}
	return nil
}

// unsettled are the conditions of programmes that may still fulfil them.
const unsettled = `p.state IN ('approved', 'active', 'suspended', 'operationally-closed') AND NOT EXISTS (SELECT FROM condition_steps s WHERE s.condition = c.id AND s.step IN ('confirm', 'waive'))`

func (t *tx) conditionFiles(g domain.ProgrammeCase) (files []ConditionFile, err error) {
	list, err := t.conditions(`c.programme = ?`, g.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		f, err := t.conditionFile(c, g)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func (t *tx) conditionFile(c domain.Condition, g domain.ProgrammeCase) (ConditionFile, error) {
	f := ConditionFile{Condition: c, Title: g.Title, Owed: c.Code, Overdue: c.Overdue(t.today()), Said: g.Reads(t.by), Names: map[int]string{}, Files: map[int][]FileRef{}}
	if f.Owed == "" {
		f.Owed = g.Codes[g.Convener()]
	}
	err := t.Raw(`SELECT d.number, coalesce((SELECT w.number FROM condition_steps s JOIN decisions w ON w.id = s.decision WHERE s.condition = c.id), '')
		FROM conditions c JOIN decisions d ON d.id = c.decision WHERE c.id = ?`, c.ID).Row().Scan(&f.Number, &f.Waiver)
	if err != nil {
		return f, err
	}
	var listed bool
	if f.Agenda, listed, err = t.agendumOf("waives", c.ID); err != nil {
		return f, err
	}
	f.May = c.May(g, t.by, listed, t.now)
	if !f.Said {
		return f, nil
	}
	rows, err := t.Raw(`SELECT s.n, p.name, x.attachment, coalesce(a.name, '') FROM condition_steps s JOIN persons p ON p.id = s.person
		LEFT JOIN condition_files x ON x.condition = s.condition AND x.n = s.n LEFT JOIN attachments a ON a.id = x.attachment
		WHERE s.condition = ? ORDER BY s.n, a.name`, c.ID).Rows()
	if err != nil {
		return f, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		var name, file string
		var id uuid.NullUUID
		if err := rows.Scan(&n, &name, &id, &file); err != nil {
			return f, err
		}
		f.Names[n] = name
		if id.Valid {
			f.Files[n] = append(f.Files[n], FileRef{id.UUID, file})
		}
	}
	return f, rows.Err()
}

// ClaimCondition says that a condition is fulfilled, with the files that stand at it.
func (s *Store) ClaimCondition(ctx context.Context, by Ask, id uuid.UUID, version int, text, language string) (ConditionFile, error) {
	return s.onCondition(ctx, by, "condition.claim", id, version, func(t *tx, c domain.Condition, g domain.ProgrammeCase) (domain.ConditionStep, []domain.Attachment, error) {
		files, err := t.standingFiles("condition", id)
		if err != nil {
			return domain.ConditionStep{}, nil, err
		}
		step, err := c.Claim(g, t.by, text, language, files, t.now)
		return step, files, err
	})
}

// FindCondition is the secretariat's word on a claim: confirmed, or given back with a
// reason.
func (s *Store) FindCondition(ctx context.Context, by Ask, id uuid.UUID, version int, confirmed bool, text, language string) (ConditionFile, error) {
	return s.onCondition(ctx, by, "condition.find", id, version, func(t *tx, c domain.Condition, g domain.ProgrammeCase) (domain.ConditionStep, []domain.Attachment, error) {
		find := c.Return
		if confirmed {
			find = c.Confirm
		}
		step, err := find(g, t.by, text, language, t.now)
		return step, nil, err
	})
}

// onCondition is the frame of an act on a condition: its programme held still, so that
// a transfer and a condition wait for each other.
func (s *Store) onCondition(ctx context.Context, by Ask, name string, id uuid.UUID, version int,
	do func(*tx, domain.Condition, domain.ProgrammeCase) (domain.ConditionStep, []domain.Attachment, error)) (ConditionFile, error) {
	return act(ctx, s, by, name, func(t *tx) (ConditionFile, error) {
		t.on("condition", id)
		c, g, err := t.conditionCase(id, true)
		if err != nil {
			return ConditionFile{}, err
		}
		if c.Version() != version {
			return ConditionFile{}, domain.ErrStale
		}
		step, files, err := do(t, c, g)
		if err != nil {
			return ConditionFile{}, err
		}
		if err := t.stepCondition(&c, step); err != nil {
			return ConditionFile{}, err
		}
		for _, a := range files {
			if err := t.Exec(`INSERT INTO condition_files (condition, n, attachment) VALUES (?, ?, ?)`, c.ID, step.N, a.ID).Error; err != nil {
				return ConditionFile{}, err
			}
		}
		return t.conditionFile(c, g)
	})
}

// conditionCase opens a condition with its programme, held for an act.
func (t *tx) conditionCase(id uuid.UUID, toAct bool) (c domain.Condition, g domain.ProgrammeCase, err error) {
	var programme uuid.UUID
	if err := t.Raw(`SELECT programme FROM conditions WHERE id = ?`, id).Row().Scan(&programme); err != nil {
		return c, g, missing(err)
	}
	if g, err = t.programmeCase(programme, toAct); err != nil {
		return c, g, err
	}
	list, err := t.conditions(`c.id = ?`, id)
	return first(list), g, err
}

// waive does without a condition, as the body decided.
func (t *tx) waive(a adoption) error {
	w := a.Waiver
	a.out.Programme = w.ProgrammeCode
	if err := t.stepCondition(&w.Condition, w.Waived(t.by, a.decision, t.now)); err != nil {
		return err
	}
	return t.impose(a.decision, w.Of.Programme)
}

// waiverCase opens a condition as a question about it needs it; question is that
// question, or none yet.
func (t *tx) waiverCase(id, question uuid.UUID, toAct bool) (*domain.WaiverCase, error) {
	c, g, err := t.conditionCase(id, toAct)
	if errors.Is(err, domain.ErrMissing) {
		return nil, domain.ErrUnknownWord.With("given", id.String()).At("/waives")
	}
	if err != nil {
		return nil, err
	}
	agenda, listed, err := t.agendumOf("waives", id)
	return &domain.WaiverCase{Condition: c, Of: g, Listed: listed && agenda.Question != question}, err
}

// A condition's files are those of who has to fulfil it, until it is claimed; others
// who read claims see what the last one was made with.
var _ = holds("condition", holder{
	reach: func(t *tx, id uuid.UUID, n int) (string, []any, error) {
		c, g, err := t.conditionCase(id, false)
		if err == nil && !g.Reads(t.by) {
			err = domain.ErrMissing
		}
		if n == 0 && c.State() == domain.ConditionOpen {
			return standing, nil, err
		}
		return "EXISTS (SELECT FROM condition_files s WHERE s.attachment = a.id AND s.condition = a.subject AND (? = 0 OR s.n = ?))", []any{n, n}, err
	},
	change: func(t *tx, id uuid.UUID, lock bool) error {
		c, g, err := t.conditionCase(id, lock)
		if err != nil {
			return err
		}
		_, err = c.Claim(g, t.by, "-", charter.Languages[0], nil, t.now)
		return err
	},
	rules: inForce,
})

var _ = ask(
	Question{"conditions-are-decided", "a programme's conditions are not those that its decisions were adopted with", `
		SELECT d.number FROM decisions d JOIN question_terms q ON q.question = d.question
		WHERE jsonb_array_length(q.conditions) <> (SELECT count(*) FROM conditions c WHERE c.decision = d.id)
		UNION ALL SELECT c.id::text FROM conditions c JOIN decisions d ON d.id = c.decision JOIN question_terms q ON q.question = d.question
		WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(q.conditions) x WHERE x->>'text' = c.text AND x->>'due' = c.due AND (x->>'blocking')::boolean = c.blocking)`},
	Question{"conditions-step-in-order", "a condition's steps do not follow from each other, or somebody confirmed their own claim", `
		SELECT s.condition::text || '/' || s.n FROM condition_steps s LEFT JOIN condition_steps b ON b.condition = s.condition AND b.n = s.n - 1
		WHERE s.n > 1 AND b.n IS NULL OR NOT CASE s.step WHEN 'claim' THEN coalesce(b.step, 'return') = 'return'
			WHEN 'waive' THEN coalesce(b.step, 'claim') IN ('claim', 'return') ELSE coalesce(b.step, '') = 'claim' AND b.person <> s.person END`},
	Question{"waivers-are-decided", "a condition was waived by a decision that is not about it", `
		SELECT s.condition::text FROM condition_steps s JOIN decisions d ON d.id = s.decision JOIN questions q ON q.id = d.question WHERE q.waives IS DISTINCT FROM s.condition
		UNION ALL SELECT q.id::text FROM questions q WHERE q.state = 'adopted' AND q.waives IS NOT NULL
			AND NOT EXISTS (SELECT FROM condition_steps s WHERE s.condition = q.waives AND s.step = 'waive')`},
	Question{"no-transfer-over-a-condition", "money was released for a transfer, and so sent, while a blocking condition held it", `
		SELECT r.ref || ' ' || c.n FROM transfer_requests r JOIN conditions c ON c.programme = r.programme AND c.blocking AND c.at <= r.released_at
		JOIN charters k ON k.version = r.charter_version
		WHERE NOT EXISTS (SELECT FROM condition_steps s WHERE s.condition = c.id AND s.step IN ('confirm', 'waive') AND s.at <= r.released_at + interval '1 minute') -- a release may have waited for it
		AND CASE c.due WHEN 'day' THEN (r.released_at AT TIME ZONE k.time_zone)::date > c.due_on
			WHEN 'later-transfer' THEN EXISTS (SELECT FROM transfer_requests e WHERE e.programme = r.programme AND e.organisation = r.organisation
				AND e.requested_at < r.requested_at AND e.released_at <= r.released_at)
			ELSE true END`},
)

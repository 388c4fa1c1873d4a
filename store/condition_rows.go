package store

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

func (t *tx) stepCondition(c *domain.Condition, s domain.ConditionStep) error {
	t.changed("condition", c.Ref())
	t.changed("step", s.Name)
	c.Steps = append(c.Steps, s)
	t.changed("state", string(c.State()))
	return t.Exec(`INSERT INTO condition_steps (condition, n, step, text, language, decision, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, s.N, s.Name, s.Text, s.Language, orNull(s.Decision), s.Person, s.At).Error
}

// impose writes the conditions that a decision was adopted with.
func (t *tx) impose(d domain.Decision, p domain.Programme) error {
	if len(d.Conditions) == 0 {
		return nil
	}
	var there int
	if err := t.Raw(`SELECT count(*) FROM conditions WHERE programme = ?`, p.ID).Row().Scan(&there); err != nil {
		return err
	}
	for _, c := range d.Impose(p, there) {
		if err := t.Exec(`INSERT INTO conditions (id, programme, n, decision, text, language, organisation, due, due_on, blocking, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, c.Programme, c.N, c.Decision, c.Text, c.Language, orNull(c.Organisation), string(c.Due), c.DueOn, c.Blocking, c.At).Error; err != nil {
			return err
		}
	}
	t.changed("conditions", len(d.Conditions))
	return nil
}

// conditions loads those that meet a condition on c, in the order of their programmes.
func (t *tx) conditions(condition string, args ...any) ([]domain.Condition, error) {
	rows, err := t.Raw(`SELECT c.id, c.programme, p.code, c.n, c.decision, c.text, c.language, c.organisation, coalesce(o.code, ''), c.due, c.due_on, c.blocking, c.at,
			coalesce((SELECT jsonb_agg(jsonb_build_object('N', s.n, 'Name', s.step, 'Text', s.text, 'Language', s.language, 'Decision', coalesce(s.decision, ?), 'Person', s.person, 'At', s.at) ORDER BY s.n)
				FROM condition_steps s WHERE s.condition = c.id), '[]')
		FROM conditions c JOIN programmes p ON p.id = c.programme LEFT JOIN organisations o ON o.id = c.organisation WHERE `+condition+` ORDER BY p.code, c.n`,
		append([]any{uuid.Nil}, args...)...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Condition
	for rows.Next() {
		var c domain.Condition
		var organisation uuid.NullUUID
		var steps []byte
		if err := rows.Scan(&c.ID, &c.Programme, &c.ProgrammeCode, &c.N, &c.Decision, &c.Text, &c.Language, &organisation, &c.Code, &c.Due, &c.DueOn, &c.Blocking, &c.At, &steps); err != nil {
			return nil, err
		}
		c.Organisation = organisation.UUID
		if err := json.Unmarshal(steps, &c.Steps); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// wireTerms are the terms of a condition as jsonb keeps them, in questions.
type wireTerms struct {
	Text         string              `json:"text"`
	Organisation uuid.UUID           `json:"organisation"`
	Due          domain.ConditionDue `json:"due"`
	DueOn        string              `json:"due_on,omitempty"`
	Blocking     bool                `json:"blocking"`
}

func packTerms(list []domain.ConditionTerms) (string, error) {
	wire := []wireTerms{}
	for _, c := range list {
		w := wireTerms{c.Text, c.Organisation, c.Due, "", c.Blocking}
		if c.DueOn != nil {
			w.DueOn = c.DueOn.Format(time.DateOnly)
		}
		wire = append(wire, w)
	}
	kept, err := json.Marshal(wire)
	return string(kept), err
}

func (t *tx) conditionTerms(kept []byte) (list []domain.ConditionTerms, err error) {
	var wire []wireTerms
	if err := json.Unmarshal(kept, &wire); err != nil {
		return nil, err
	}
	for _, w := range wire {
		c := domain.ConditionTerms{Text: w.Text, Organisation: w.Organisation, Due: w.Due, Blocking: w.Blocking}
		if w.DueOn != "" {
			day, err := time.Parse(time.DateOnly, w.DueOn)
			if err != nil {
				return nil, err
			}
			c.DueOn = &day
		}
		if w.Organisation != uuid.Nil {
			if c.Code, err = t.organisationCode(w.Organisation, "/conditions"); err != nil {
				return nil, err
			}
		}
		list = append(list, c)
	}
	return list, nil
}

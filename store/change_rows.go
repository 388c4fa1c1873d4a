package store

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

func (t *tx) changeRows(condition string, args ...any) ([]ChangeFile, error) {
	rows, err := t.Raw(`SELECT x.id, x.ref, x.programme, x.n, x.kind, x.state, x.reason, x.language, x.ends_on, x.before, x.after, x.beyond, x.late, x.person,
			x.organisation, x.at, x.settled_at, x.charter_version, x.version, p.name, coalesce(o.code, ''),
			coalesce((SELECT d.number FROM decisions d JOIN questions q ON q.id = d.question WHERE q.change = x.id AND x.state = 'adopted'), '')
		FROM change_requests x JOIN persons p ON p.id = x.person LEFT JOIN organisations o ON o.id = x.organisation WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ChangeFile
	for rows.Next() {
		var f ChangeFile
		var before, after []byte
		var organisation uuid.NullUUID
		var settled *time.Time
		if err := rows.Scan(&f.ID, &f.Ref, &f.Programme, &f.N, &f.Kind, &f.State, &f.Reason, &f.Language, &f.EndsOn, &before, &after, &f.Beyond, &f.Late, &f.Person,
			&organisation, &f.At, &settled, &f.CharterVersion, &f.Version, &f.By, &f.For, &f.Decision); err != nil {
			return nil, err
		}
		f.Organisation = organisation.UUID
		if settled != nil {
			f.SettledAt = *settled
		}
		if before != nil {
			if f.Before, err = t.planOf(before); err != nil {
				return nil, err
			}
			if f.After, err = t.planOf(after); err != nil {
				return nil, err
			}
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// wirePlan is a plan as jsonb keeps it.
type wirePlan struct {
	Shares []wireShare `json:"shares"`
	Budget []keptCell  `json:"budget"`
}

// planOf reads a plan, without the codes of its organisations.
func (t *tx) planOf(kept []byte) (p domain.Plan, err error) {
	var w wirePlan
	if err := json.Unmarshal(kept, &w); err != nil {
		return p, err
	}
	for _, s := range w.Shares {
		m, err := ledger.Parse(s.Amount, t.currency())
		if err != nil {
			return p, err
		}
		p.Shares = append(p.Shares, domain.GrantShare{Organisation: s.Organisation, Amount: m})
	}
	for _, c := range w.Budget {
		m, err := ledger.Parse(c.Amount, t.currency())
		if err != nil {
			return p, err
		}
		p.Budget = append(p.Budget, domain.BudgetCell{Organisation: c.Organisation, Line: c.Line, Year: c.Year, Amount: m})
	}
	return p, nil
}

func packPlan(p domain.Plan) (*string, error) {
	if len(p.Shares) == 0 {
		return nil, nil
	}
	w := wirePlan{[]wireShare{}, []keptCell{}}
	for _, s := range p.Shares {
		w.Shares = append(w.Shares, wireShare{s.Organisation, s.Amount.Text()})
	}
	for _, c := range p.Budget {
		w.Budget = append(w.Budget, keptCell{c.Organisation, c.Line, c.Year, c.Amount.Text()})
	}
	kept, err := json.Marshal(w)
	text := string(kept)
	return &text, err
}

func (t *tx) insertChange(x domain.ChangeRequest) error {
	before, err := packPlan(x.Before)
	if err != nil {
		return err
	}
	after, err := packPlan(x.After)
	if err != nil {
		return err
	}
	return t.Exec(`INSERT INTO change_requests (id, programme, n, ref, kind, state, reason, language, ends_on, before, after, beyond, late, person, organisation, at, charter_version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?)`, x.ID, x.Programme, x.N, x.Ref, string(x.Kind), string(x.State), x.Reason, x.Language, x.EndsOn,
		before, after, x.Beyond, x.Late, x.Person, orNull(x.Organisation), x.At, x.CharterVersion).Error
}

func (t *tx) saveChange(x domain.ChangeRequest) error {
	t.changed("change", string(x.State))
	return t.Exec(`UPDATE change_requests SET state = ?, settled_at = ?, version = ? WHERE id = ?`, string(x.State), t.now, x.Version, x.ID).Error
}

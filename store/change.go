package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["a_kind_of_change_is_asked_once_at_a_time"] = domain.ErrAskedAlready }

// ChangeFile is a request for a change of a programme, as its page shows it.
type ChangeFile struct {
	domain.ChangeRequest
	Code, Title string    // the programme's
	By          string    // who asked, by name
	For         string    // code of the organisation they asked for
	Agenda      *Agendum  // where the body deals with it, or did
	Decision    string    // number, where it was adopted
	SettledAt   time.Time // zero while it is asked
	Listed      bool      // a question about it waits or is open
	Moved       []domain.Moved
	May         []string
}

// Agendum is an item of a meeting by the words people know it by.
type Agendum struct {
	Question uuid.UUID
	Meeting  uuid.UUID
	Ref      string // "M-2026-02/3"
	State    domain.QuestionState
}

// AskChange asks for a change of a programme.
func (s *Store) AskChange(ctx context.Context, by Ask, programme uuid.UUID, x domain.ChangeRequest) (ChangeFile, error) {
	return act(ctx, s, by, "change.ask", func(t *tx) (ChangeFile, error) {
		g, err := t.programmeCase(programme, true)
		if err != nil {
			return ChangeFile{}, err
		}
		if !g.Sees(t.by) {
			return ChangeFile{}, domain.ErrMissing
		}
		if x, err = g.Ask(t.by, t.charter, x, t.now, t.today()); err != nil {
			return ChangeFile{}, err
		}
		if err := t.Raw(`SELECT coalesce(max(n), 0) + 1 FROM change_requests WHERE programme = ?`, programme).Row().Scan(&x.N); err != nil {
			return ChangeFile{}, err
		}
		x.Ref = fmt.Sprintf("%s/R%d", g.Code, x.N)
		t.on("change-request", x.ID)
		t.changed("programme", g.Code)
		t.changed("kind", string(x.Kind))
		t.changed("late", x.Late)
		if err := t.insertChange(x); err != nil {
			return ChangeFile{}, err
		}
		return t.changeFile(x.ID, g)
	})
}

// WithdrawChange takes a request back.
func (s *Store) WithdrawChange(ctx context.Context, by Ask, id uuid.UUID, version int) (ChangeFile, error) {
	return s.onChange(ctx, by, "change.withdraw", id, version, func(t *tx, f ChangeFile, g domain.ProgrammeCase) (domain.ChangeRequest, error) {
		return f.Withdraw(g, t.by, f.Listed)
	})
}

// RecordChange does what a request asks that needs no decision of the body.
func (s *Store) RecordChange(ctx context.Context, by Ask, id uuid.UUID, version int) (ChangeFile, error) {
	return s.onChange(ctx, by, "change.record", id, version, func(t *tx, f ChangeFile, g domain.ProgrammeCase) (domain.ChangeRequest, error) {
		x, err := f.Record(g, t.by)
		if err != nil {
			return x, err
		}
		return x, t.doChange(f.ChangeRequest, g, uuid.Nil, "change-request:"+x.ID.String(), domain.Drawn{})
	})
}

func (s *Store) onChange(ctx context.Context, by Ask, name string, id uuid.UUID, version int,
	do func(*tx, ChangeFile, domain.ProgrammeCase) (domain.ChangeRequest, error)) (ChangeFile, error) {
	return act(ctx, s, by, name, func(t *tx) (ChangeFile, error) {
		t.on("change-request", id)
		g, err := t.caseOfChange(id, true)
		if err != nil {
			return ChangeFile{}, err
		}
		f, err := t.changeFile(id, g)
		if err != nil {
			return ChangeFile{}, err
		}
		if f.Version != version {
			return ChangeFile{}, domain.ErrStale
		}
		x, err := do(t, f, g)
		if err != nil {
			return ChangeFile{}, err
		}
		if err := t.saveChange(x); err != nil {
			return ChangeFile{}, err
		}
		if g, err = t.programmeCase(g.ID, false); err != nil {
			return ChangeFile{}, err
		}
		return t.changeFile(id, g)
	})
}

// Changes lists what was asked for of a programme, the newest first.
func (s *Store) Changes(ctx context.Context, by domain.Actor, programme uuid.UUID) ([]ChangeFile, error) {
	return read(ctx, s, by, func(t *tx) ([]ChangeFile, error) {
		g, err := t.programmeCase(programme, false)
		if err != nil {
			return nil, err
		}
		if !g.Sees(t.by) {
			return nil, domain.ErrMissing
		}
		list, err := t.changesOf(g, `x.programme = ? ORDER BY x.n DESC`, programme)
		if err != nil {
			return nil, err
		}
		var seen []ChangeFile
		for _, f := range list {
			hidden, err := t.hidesChange(g, f)
			if err != nil {
				return nil, err
			}
			if !hidden {
				seen = append(seen, f)
			}
		}
		return seen, nil
	})
}

// OpenChanges lists the requests within reach that nobody has settled, the oldest first.
func (s *Store) OpenChanges(ctx context.Context, by domain.Actor) ([]ChangeFile, error) {
	return read(ctx, s, by, func(t *tx) ([]ChangeFile, error) {
		return t.openChanges(func(g domain.ProgrammeCase) bool { return g.Sees(t.by) })
	})
}

func (t *tx) openChanges(seen func(domain.ProgrammeCase) bool) (list []ChangeFile, err error) {
	var ids []uuid.UUID
	if err := t.Raw(`SELECT id FROM change_requests WHERE state = 'asked' ORDER BY at, id LIMIT ?`, mostTasks).Scan(&ids).Error; err != nil {
		return nil, err
	}
	for _, id := range ids {
		g, err := t.programmeOf(id, false)
		if err != nil {
			return nil, err
		}
		if !seen(g) {
			continue
		}
		f, err := t.changeFile(id, g)
		if err != nil {
			return nil, err
		}
		hidden, err := t.hidesChange(g, f)
		if err != nil {
			return nil, err
		}
		if !hidden {
			list = append(list, f)
		}
	}
	return list, nil
}

// hidesChange tells whether an interest of by's organisation, as one of the body, takes a
// request out of sight until what the body decided on it is everybody's.
func (t *tx) hidesChange(g domain.ProgrammeCase, f ChangeFile) (bool, error) {
	if f.Decision != "" || t.by.Hat.Role != domain.Member && t.by.Hat.Role != domain.Coordinator {
		return false, nil
	}
	c, err := t.charterOf(f.CharterVersion)
	if err != nil {
		return false, err
	}
	ours, err := t.kinOf(t.by.Hat.Organisation)
	if err != nil {
		return false, err
	}
	var declared []charter.InterestKind
	err = t.Raw(`SELECT DISTINCT i.kind FROM interests_now i JOIN questions q ON q.id = i.question WHERE q.change = ? AND i.organisation IN ? AND `+bindsNoOther+` ORDER BY i.kind`,
		f.ID, ours, t.by.Person).Scan(&declared).Error
	if err != nil {
		return false, err
	}
	// What was set aside for this item is, whatever stands in what its programme comes of.
	var aside []charter.InterestKind
	err = t.Raw(`SELECT i.kind FROM interests i JOIN questions q ON q.id = i.question LEFT JOIN interest_dismissals d ON d.interest = i.id
		WHERE q.change = ? AND i.organisation = ? GROUP BY i.kind HAVING bool_and(d.interest IS NOT NULL)`, f.ID, t.by.Hat.Organisation).Scan(&aside).Error
	if err != nil {
		return false, err
	}
	of := g.Of
	of.Aside = map[uuid.UUID][]charter.InterestKind{t.by.Hat.Organisation: aside}
	err = t.standingIn([]uuid.UUID{of.ID}, ours, func(_, _ uuid.UUID, x domain.StandingInterest) {
		if x.Binds(t.by.Person) && !slices.Contains(aside, x.Kind) {
			declared = append(declared, x.Kind)
		}
	})
	return of.Hides(t.by, c, declared), err
}

// caseOfChange opens the programme of a request within reach, held for an act.
func (t *tx) caseOfChange(id uuid.UUID, toAct bool) (domain.ProgrammeCase, error) {
	g, err := t.programmeOf(id, toAct)
	if err == nil && !g.Sees(t.by) {
		err = domain.ErrMissing
	}
	return g, err
}

func (t *tx) programmeOf(id uuid.UUID, toAct bool) (g domain.ProgrammeCase, err error) {
	var programme uuid.UUID
	if err := t.Raw(`SELECT programme FROM change_requests WHERE id = ?`, id).Row().Scan(&programme); err != nil {
		return g, missing(err)
	}
	return t.programmeCase(programme, toAct)
}

func (t *tx) changeFile(id uuid.UUID, g domain.ProgrammeCase) (ChangeFile, error) {
	return only(t.changesOf(g, `x.id = ?`, id))
}

// changesOf loads requests about one programme, with what is known beside them.
func (t *tx) changesOf(g domain.ProgrammeCase, condition string, args ...any) ([]ChangeFile, error) {
	list, err := t.changeRows(condition, args...)
	if err != nil {
		return nil, err
	}
	for n := range list {
		f := &list[n]
		f.Code, f.Title = g.Code, g.Title
		if f.Agenda, f.Listed, err = t.agendumOf("change", f.ID); err != nil {
			return nil, err
		}
		for _, p := range []*domain.Plan{&f.Before, &f.After} {
			if p.Shares, err = t.coded(p.Shares); err != nil {
				return nil, err
			}
		}
		c, err := t.charterOf(f.CharterVersion)
		if err != nil {
			return nil, err
		}
		f.Moved = f.After.Budget.Since(f.Before.Budget, c).Lines
		f.Measure(g, c)
		f.May = f.ChangeRequest.May(g, t.by, f.Listed)
	}
	return list, nil
}

// agendumOf is the latest question about a request or a waiver, named by the column of
// questions that has it, and whether one is alive.
func (t *tx) agendumOf(matter string, id uuid.UUID) (*Agendum, bool, error) {
	rows, err := t.Raw(`SELECT q.id, m.id, coalesce(q.written, m.ref || '/' || q.item), q.state, q.state IN ('listed', 'open') AND m.state IS DISTINCT FROM 'closed' OR q.state IN ('unresolved', 'unconfirmed')
		FROM questions q LEFT JOIN meetings m ON m.id = q.meeting WHERE q.`+matter+` = ? ORDER BY coalesce(m.starts_at, q.circulated_at) DESC, q.item DESC LIMIT 1`, id).Rows()
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, false, rows.Err()
	}
	var a Agendum
	var alive bool
	err = rows.Scan(&a.Question, &a.Meeting, &a.Ref, &a.State, &alive)
	return &a, alive, err
}

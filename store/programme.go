package store

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// ProgrammeFile is a programme as its page shows it.
type ProgrammeFile struct {
	domain.Programme
	ProposalRef    string // "" for a programme of the past
	DecisionNumber string
	OwnerState     string // official name of its owner state; "" for a programme of the past
	ISO3166        string // its code
}

// ProgrammeLife is a programme with what happened to it, and what may happen next.
type ProgrammeLife struct {
	ProgrammeFile
	Steps     []LifeStep
	StartFrom *time.Time           // the day of the first transfer, where the charter counts from it
	Convener  string               // code; "" for a programme of the past
	Budget    domain.Budget        // in force
	Drift     []domain.Moved       // what was recorded since the body last decided makes of what it decided
	Fixed     string               // number of that decision
	Codes     map[uuid.UUID]string // of its organisations
	Askable   []domain.ChangeKind  // that this actor may ask for
	May       []string
}

// LifeStep is a step with the number of the decision it rests on.
type LifeStep struct {
	domain.ProgrammeStep
	Number string
}

var programmesListed = listing{
	from: `programmes j LEFT JOIN proposals p ON p.id = j.proposal LEFT JOIN organisations st ON st.id = p.state`, id: "j.code",
	said:   `concat_ws(' ', j.code, j.title, p.ref, st.name, st.iso3166)`,
	fields: map[string]string{"state": "j.state IN ?", "area": "j.area IN ?", "owner": "EXISTS (SELECT FROM unnest(array_prepend(p.state, p.other_states)) w WHERE w::text IN ?)"},
	bounds: map[string]string{"starts_from": "j.starts_on >= ?::date", "starts_until": "j.starts_on <= ?::date", "ends_from": "j.ends_on >= ?::date",
		"ends_until": "j.ends_on <= ?::date", "least": grantedSum + " >= ?::numeric", "most": grantedSum + " <= ?::numeric"},
	orders: map[string]column{"code": {"j.code", "text"}, "title": {"folded(j.title)", "text"}, "state": {"j.state", "text"}, "owner": {"folded(coalesce(st.name, ''))", "text"},
		"start": {"coalesce(j.starts_on::text, '')", "text"}, "end": {"coalesce(j.ends_on::text, '')", "text"}, "amount": {grantedSum, "numeric"}},
	first: "code",
}

// grantedSum is what all organisations of a programme were granted together.
const grantedSum = `coalesce((SELECT sum(g.amount) FROM programme_shares g WHERE g.programme = j.id), 0)`

// ProgrammeList lists them page by page.
func (s *Store) ProgrammeList(ctx context.Context, by domain.Actor, f ListAsk) (Page[ProgrammeFile], error) {
	return read(ctx, s, by, func(t *tx) (Page[ProgrammeFile], error) {
		p, err := t.page(programmesListed, f)
		if err != nil {
			return Page[ProgrammeFile]{}, err
		}
		list, err := t.programmes(`j.code IN ?`, p.Items)
		return laid(p, list, func(f ProgrammeFile) string { return f.Code }), err
	})
}

// Programmes lists all, by code.
func (s *Store) Programmes(ctx context.Context, by domain.Actor) ([]ProgrammeFile, error) {
	return read(ctx, s, by, func(t *tx) ([]ProgrammeFile, error) { return t.programmes(`true`) })
}

// Programme opens one.
func (s *Store) Programme(ctx context.Context, by domain.Actor, id uuid.UUID) (ProgrammeLife, error) {
	return read(ctx, s, by, func(t *tx) (ProgrammeLife, error) { return t.life(id) })
}

func (t *tx) life(id uuid.UUID) (l ProgrammeLife, err error) {
	list, err := t.programmes(`j.id = ?`, id)
	if err != nil {
		return l, err
	}
	if len(list) == 0 {
		return l, domain.ErrMissing
	}
	l.ProgrammeFile = list[0]
	g, err := t.programmeCase(id, false)
	if err != nil {
		return l, err
	}
	steps, err := t.programmeSteps(id)
	if err != nil {
		return l, err
	}
	for _, step := range steps {
		kept := LifeStep{ProgrammeStep: step}
		if step.Decision != uuid.Nil {
			if err := t.Raw(`SELECT number FROM decisions WHERE id = ?`, step.Decision).Row().Scan(&kept.Number); err != nil {
				return l, err
			}
		}
		l.Steps = append(l.Steps, kept)
	}
	l.Convener, l.Budget, l.Askable = g.Codes[g.Convener()], g.Plan.Budget, g.Askable(t.by)
	l.Drift, l.Codes, l.Fixed = g.Plan.Since(g.Fixed, t.charter), g.Codes, cmp.Or(g.FixedBy, l.DecisionNumber)
	if len(l.Askable) > 0 {
		l.May = append(l.May, "change.ask")
	}
	if l.State == domain.ProgrammeApproved && !l.Preparation {
		l.May = append(l.May, "programme.start")
		if l.StartFrom, err = t.firstSent(id); err != nil {
			return l, err
		}
	}
	return l, nil
}

// firstSent is the day on which the agent first paid for a programme, or nil.
func (t *tx) firstSent(id uuid.UUID) (day *time.Time, err error) {
	err = t.Raw(`SELECT min(sent_on) FROM transfer_requests WHERE programme = ? AND stage IN ('sent', 'acknowledged')`, id).Row().Scan(&day)
	return day, err
}

// StartProgramme says that implementation has started; a nil day is the one that
// follows from the charter or from the document.
func (s *Store) StartProgramme(ctx context.Context, by Ask, id uuid.UUID, version int, on, ends *time.Time) (ProgrammeLife, error) {
	return act(ctx, s, by, "programme.start", func(t *tx) (ProgrammeLife, error) {
		t.on("programme", id)
		g, err := t.programmeCase(id, true)
		if err != nil {
			return ProgrammeLife{}, err
		}
		if g.Version != version {
			return ProgrammeLife{}, domain.ErrStale
		}
		c, err := t.charterOf(g.CharterVersion)
		if err != nil {
			return ProgrammeLife{}, err
		}
		sent, err := t.firstSent(id)
		if err != nil {
			return ProgrammeLife{}, err
		}
		step, err := g.Start(t.by, c, on, ends, sent, c.Day(g.CreatedAt), t.now, t.today())
		if err != nil {
			return ProgrammeLife{}, err
		}
		if err := t.stepProgramme(g.Programme, step); err != nil {
			return ProgrammeLife{}, err
		}
		return t.life(id)
	})
}

func (t *tx) insertProgramme(p domain.Programme) error {
	if err := t.Exec(`INSERT INTO programmes (id, code, proposal, decision, title, area, state, preparation, charter_version, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.Code, p.Proposal, p.Decision, p.Title, p.Area, string(p.State), p.Preparation, p.CharterVersion, p.CreatedAt).Error; err != nil {
		return err
	}
	for _, s := range p.Shares {
		if err := t.Exec(`INSERT INTO programme_shares (programme, organisation, amount) VALUES (?, ?, ?)`, p.ID, s.Organisation, s.Amount.Text()).Error; err != nil {
			return err
		}
	}
	return nil
}

// programmeForUpdate holds a programme still for an act on it. Locks are taken in the
// order proposal, programme, balances.
func (t *tx) programmeForUpdate(id uuid.UUID) (ProgrammeFile, error) {
	if err := t.Raw(`SELECT id FROM programmes WHERE id = ? FOR UPDATE`, id).Row().Scan(&id); err != nil {
		return ProgrammeFile{}, missing(err)
	}
	list, err := t.programmes(`j.id = ?`, id)
	return first(list), err
}

// stepProgramme records what happened to a programme that is held, and makes it so.
func (t *tx) stepProgramme(p domain.Programme, step domain.ProgrammeStep) error {
	t.changed("programme", p.Code)
	t.changed("step", step.Name)
	t.changed("state", string(step.State))
	if err := t.Exec(`INSERT INTO programme_steps (programme, n, step, state, starts_on, ends_on, decision, reason, person, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, p.ID, p.Version, step.Name, string(step.State), step.StartsOn, step.EndsOn,
		orNull(step.Decision), step.Reason, step.Person, step.At).Error; err != nil {
		return err
	}
	return t.Exec(`UPDATE programmes SET state = ?, starts_on = ?, ends_on = ?, version = version + 1, updated_at = ? WHERE id = ?`,
		string(step.State), step.StartsOn, step.EndsOn, step.At, p.ID).Error
}

// programmeSteps lists what happened to a programme, the oldest first.
func (t *tx) programmeSteps(id uuid.UUID) ([]domain.ProgrammeStep, error) {
	rows, err := t.Raw(`SELECT step, state, starts_on, ends_on, decision, reason, person, at FROM programme_steps WHERE programme = ? ORDER BY n`, id).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.ProgrammeStep
	for rows.Next() {
		var s domain.ProgrammeStep
		var decision uuid.NullUUID
		if err := rows.Scan(&s.Name, &s.State, &s.StartsOn, &s.EndsOn, &decision, &s.Reason, &s.Person, &s.At); err != nil {
			return nil, err
		}
		s.Decision = decision.UUID
		list = append(list, s)
	}
	return list, rows.Err()
}

var _ = ask(Question{"programmes-are-where-their-steps-left-them", "a programme's state and days are those of its last step", `
	SELECT p.code FROM programmes p
	LEFT JOIN LATERAL (SELECT * FROM programme_steps s WHERE s.programme = p.id ORDER BY n DESC LIMIT 1) s ON true
	WHERE CASE WHEN s.n IS NULL THEN p.state NOT IN ('approved', 'past') OR p.starts_on IS NOT NULL OR p.ends_on IS NOT NULL
		ELSE (p.state, p.starts_on, p.ends_on, p.version) IS DISTINCT FROM (s.state, s.starts_on, s.ends_on, s.n + 1) END`})

func (t *tx) programmes(condition string, args ...any) ([]ProgrammeFile, error) {
	rows, err := t.Raw(`SELECT j.id, j.code, j.proposal, j.decision, j.title, j.area, j.state, j.starts_on, j.ends_on, j.version, j.preparation, j.charter_version, j.created_at,
			coalesce(p.ref, ''), coalesce(d.number, ''), coalesce(st.name, ''), coalesce(st.iso3166, ''), s.organisation, coalesce(o.code, ''), s.amount
		FROM programmes j LEFT JOIN proposals p ON p.id = j.proposal LEFT JOIN decisions d ON d.id = j.decision LEFT JOIN organisations st ON st.id = p.state
		LEFT JOIN programme_shares s ON s.programme = j.id LEFT JOIN organisations o ON o.id = s.organisation
		WHERE `+condition+` ORDER BY j.code, o.code`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ProgrammeFile
	for rows.Next() {
		var f ProgrammeFile
		var proposal, decision, organisation uuid.NullUUID
		var amount decimal.NullDecimal
		var code string
		if err := rows.Scan(&f.ID, &f.Code, &proposal, &decision, &f.Title, &f.Area, &f.State, &f.StartsOn, &f.EndsOn, &f.Version, &f.Preparation, &f.CharterVersion, &f.CreatedAt,
			&f.ProposalRef, &f.DecisionNumber, &f.OwnerState, &f.ISO3166, &organisation, &code, &amount); err != nil {
			return nil, err
		}
		f.Proposal, f.Decision = proposal.UUID, decision.UUID
		if n := len(list); n == 0 || list[n-1].ID != f.ID {
			list = append(list, f)
		}
		if last := &list[len(list)-1]; organisation.Valid {
			last.Shares = append(last.Shares, domain.GrantShare{Organisation: organisation.UUID, Code: code, Amount: ledger.New(amount.Decimal, t.currency())})
		}
	}
	return list, rows.Err()
}

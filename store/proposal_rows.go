package store

import (
	"encoding/json"
	"errors"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// proposalLocked loads one for a change and names it as the act's subject. Version
// 0 asks for none.
func (t *tx) proposalLocked(id uuid.UUID, version int) (domain.Proposal, error) {
	t.on("proposal", id)
	p, err := t.proposal(id, "FOR UPDATE OF p")
	if err == nil && version != 0 && p.Version != version {
		err = domain.ErrStale
	}
	return p, err
}

// proposal loads one within reach, with the content that the actor sees.
func (t *tx) proposal(id uuid.UUID, lock string) (domain.Proposal, error) {
	list, err := t.proposals(`p.id = ? `+lock, id)
	if err != nil {
		return domain.Proposal{}, err
	}
	if len(list) == 0 {
		if err := t.asLong(id, lock); err != nil {
			return domain.Proposal{}, err
		}
		return domain.Proposal{}, domain.ErrMissing
	}
	p := list[0]
	if t.by.Hat.Role == domain.Expert {
		if p.Advised, err = t.advised(p); err != nil {
			return p, err
		}
	}
	if err := p.Reaches(t.by); err != nil || lock != "" {
		return p, err // an act on what an interest hides is refused by its own rule, which says why
	}
	return p, t.sighted(p)
}

// asLong asks the database of what there is not as often as it is asked of what an interest
// hides, so that the time which an answer takes does not tell the two apart.
func (t *tx) asLong(id uuid.UUID, lock string) error {
	if lock != "" || t.by.Hat.Role != domain.Member && t.by.Hat.Role != domain.Coordinator {
		return nil
	}
	none := []domain.Proposal{{ID: id, CharterVersion: t.charter.Version}}
	return errors.Join(t.withTeams(none), t.withAside(none), t.sighted(none[0]))
}

// sighted refuses, as missing, to read what an interest hides: unseen, for one.
func (t *tx) sighted(p domain.Proposal) error {
	if t.by.Hat.Role != domain.Member && t.by.Hat.Role != domain.Coordinator {
		return nil
	}
	rules, err := t.charterOf(p.CharterVersion)
	if err != nil {
		return err
	}
	declared, err := t.declared(p.ID, t.by.Hat.Organisation, t.by.Person)
	if err != nil {
		return err
	}
	if p.Hides(t.by, rules, declared) {
		return domain.ErrMissing
	}
	return nil
}

// inSight leaves those out of a list that an interest hides from the actor.
func (t *tx) inSight(list []domain.Proposal) ([]domain.Proposal, error) {
	seen := list[:0]
	for _, p := range list {
		err := t.sighted(p)
		if err == nil {
			seen = append(seen, p)
		} else if !errors.Is(err, domain.ErrMissing) {
			return nil, err
		}
	}
	return seen, nil
}

type keptMark struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

type keptCell struct {
	Organisation uuid.UUID `json:"organisation"`
	Line         string    `json:"line"`
	Year         int       `json:"year"`
	Amount       string    `json:"amount"`
}

type keptShare struct {
	Organisation string `json:"organisation"` // "" while not named
	Amount       string `json:"amount"`       // "" while not given
}

func (t *tx) proposals(condition string, args ...any) ([]domain.Proposal, error) {
	return t.proposalsAs(func(p domain.Proposal) bool { return p.Insider(t.by) }, condition, args...)
}

// proposalsAs loads proposals; of those that are not to be seen as they are being
// written, what was submitted.
func (t *tx) proposalsAs(written func(domain.Proposal) bool, condition string, args ...any) ([]domain.Proposal, error) {
	rows, err := t.Raw(`SELECT p.id, p.ref, p.call, c.ref, p.organisation, p.state, p.title, p.summary, p.language, p.area,
			array_to_json(p.objectives), p.markers, p.shares, p.currency, p.stage, p.submission, p.submitted_at, p.charter_version,
			p.version, p.created_at, p.updated_at, p.phase, p.form, p.scope, array_to_json(p.other_states), p.answers, p.budget, `+assessedFrom+`, v.content
		FROM proposals p JOIN calls c ON c.id = p.call LEFT JOIN proposal_versions v ON v.proposal = p.id AND v.n = p.submission
		WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Proposal
	var submitted []*string
	for rows.Next() {
		var p domain.Proposal
		var state uuid.NullUUID
		var objectives, markers, shares, others, answers, budget []byte
		var frozen *string
		var currency ledger.Currency
		if err := rows.Scan(&p.ID, &p.Ref, &p.Call, &p.CallRef, &p.Organisation, &state, &p.Title, &p.Summary, &p.Language, &p.Area,
			&objectives, &markers, &shares, &currency, &p.Stage, &p.Submission, &p.SubmittedAt, &p.CharterVersion,
			&p.Version, &p.CreatedAt, &p.UpdatedAt, &p.Phase, &p.Form, &p.Scope, &others, &answers, &budget, &p.AssessedFrom, &frozen); err != nil {
			return nil, err
		}
		p.State = state.UUID
		if err := unpack(&p.Content, packed{objectives, markers, shares, others, answers, budget}, currency); err != nil {
			return nil, err
		}
		list, submitted = append(list, p), append(submitted, frozen)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	if err := errors.Join(t.withTeams(list), t.withAside(list)); err != nil { // read after the lock, so that it is of now
		return nil, err
	}
	kin, err := t.kin()
	if err != nil {
		return nil, err
	}
	for i, frozen := range submitted {
		list[i].Kin = kin
		if frozen != nil && !written(list[i]) {
			if list[i].Content, err = domain.Frozen([]byte(*frozen)); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// packed is what a row keeps of a content as JSON.
type packed struct{ objectives, markers, shares, otherStates, answers, budget []byte }

func unpack(c *domain.Content, kept packed, currency ledger.Currency) error {
	var marks map[string]keptMark
	var asked []keptShare
	var cells []keptCell
	for from, into := range map[*[]byte]any{&kept.objectives: &c.Objectives, &kept.markers: &marks, &kept.shares: &asked,
		&kept.otherStates: &c.OtherStates, &kept.answers: &c.Answers, &kept.budget: &cells} {
		if err := json.Unmarshal(*from, into); err != nil {
			return err
		}
	}
	for _, k := range cells {
		m, err := ledger.Parse(k.Amount, currency)
		if err != nil {
			return err
		}
		c.Budget = append(c.Budget, domain.BudgetCell{Organisation: k.Organisation, Line: k.Line, Year: k.Year, Amount: m})
	}
	c.Markers = make(map[string]domain.Mark, len(marks))
	for key, m := range marks {
		c.Markers[key] = domain.Mark(m)
	}
	for _, s := range asked {
		var a domain.Asked
		var err error
		if s.Organisation != "" {
			if a.Organisation, err = uuid.Parse(s.Organisation); err != nil {
				return err
			}
		}
		if s.Amount != "" {
			m, err := ledger.Parse(s.Amount, currency)
			if err != nil {
				return err
			}
			a.Amount = &m
		}
		c.Shares = append(c.Shares, a)
	}
	return nil
}

// keptProposal writes a changed proposal under its next version, and shows it.
func (t *tx) keptProposal(p *domain.Proposal) (ProposalFile, error) {
	p.Version++
	if err := t.keepProposal(*p); err != nil {
		return ProposalFile{}, err
	}
	return t.proposalFile(*p)
}

func (t *tx) keepProposal(p domain.Proposal) error {
	marks, shares := map[string]keptMark{}, []keptShare{}
	for key, m := range p.Markers {
		marks[key] = keptMark(m)
	}
	for _, s := range p.Shares {
		var k keptShare
		if s.Organisation != uuid.Nil {
			k.Organisation = s.Organisation.String()
		}
		if s.Amount != nil {
			k.Amount = s.Amount.Text()
		}
		shares = append(shares, k)
	}
	cells := []keptCell{}
	for _, c := range p.Budget {
		cells = append(cells, keptCell{c.Organisation, c.Line, c.Year, c.Amount.Text()})
	}
	answers := p.Answers
	if answers == nil {
		answers = domain.Answers{}
	}
	packed := make([]string, 6)
	for i, v := range []any{append([]int{}, p.Objectives...), marks, shares, append([]uuid.UUID{}, p.OtherStates...), answers, cells} {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		packed[i] = string(b)
	}
	return t.Exec(`UPDATE proposals SET state = ?, title = ?, summary = ?, language = ?, area = ?,
			objectives = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)::smallint), markers = ?::jsonb, shares = ?::jsonb, amount = ?,
			phase = ?, form = ?, scope = ?, other_states = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)::uuid), answers = ?::jsonb, budget = ?::jsonb,
			stage = ?, submission = ?, submitted_at = ?, version = ?, updated_at = ? WHERE id = ?`,
		orNull(p.State), p.Title, p.Summary, p.Language, p.Area, packed[0], packed[1], packed[2], decimal.Decimal(p.Amount().Amount),
		string(p.Phase), p.Form, string(p.Scope), packed[3], packed[4], packed[5],
		string(p.Stage), p.Submission, p.SubmittedAt, p.Version, p.UpdatedAt, p.ID).Error
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// AdviceFile is the technical advice on a proposal's submissions as somebody sees it
// now, and whom the secretariat could ask.
type AdviceFile struct {
	Requests []AdviceRecord // the latest first
	Bodies   []BodyRecord   // to the secretariat while something can be asked; those that lead first
	Least    time.Time      // the first day that advice asked for now can be due
	May      []string
}

// AdviceRecord is a request with the names in it and how it stands.
type AdviceRecord struct {
	domain.AdviceRequest
	Ref, Title, TitleLanguage string // of the proposal; empty once it is out of the reader's reach
	From                      Named
	Adviser, Asker, By        string // people's names; Adviser is "" where any expert may answer
	State                     domain.AdviceState
	Late                      bool
	May                       []string
}

// BodyRecord is an organisation that could be asked, with its experts.
type BodyRecord struct {
	domain.AdvisingBody
	Name    string
	Experts []Expert
}

// Expert is somebody who could be asked by name.
type Expert struct {
	ID   uuid.UUID
	Name string
}

// advised tells whether an expert is asked about what was submitted last, and may
// read it: nobody does who has a stake in it or works on it.
func (t *tx) advised(p domain.Proposal) (bool, error) {
	past, err := t.advice(`r.proposal = ? AND r.version = ? AND r.organisation = ?`, p.ID, p.Submission, t.by.Hat.Organisation)
	if err != nil || len(past) == 0 {
		return false, err
	}
	rules, err := t.charterOf(p.CharterVersion)
	if err != nil {
		return false, err
	}
	stakes, err := t.adviceStakes(p, t.by.Hat.Organisation, rules)
	return slices.ContainsFunc(past, func(r AdviceRecord) bool { return p.AdvisesOn(t.by, r.AdviceRequest, stakes) }), err
}

// counsel is what advice is asked and given within.
type counsel struct {
	review
	past []AdviceRecord
}

func (c counsel) requests() (list []domain.AdviceRequest) {
	for _, r := range c.past {
		list = append(list, r.AdviceRequest)
	}
	return list
}

func (t *tx) counsel(proposal uuid.UUID, locked bool) (c counsel, err error) {
	if c.review, err = t.review(proposal, locked); err != nil {
		return c, err
	}
	c.past, err = t.advice(`r.proposal = ? ORDER BY r.number DESC`, proposal)
	return c, err
}

// Advice shows what was asked of experts about a proposal, and what they said.
func (s *Store) Advice(ctx context.Context, by domain.Actor, proposal uuid.UUID) (AdviceFile, error) {
	return read(ctx, s, by, func(t *tx) (AdviceFile, error) { return t.adviceFile(proposal) })
}

func (t *tx) adviceFile(proposal uuid.UUID) (f AdviceFile, err error) {
	c, err := t.counsel(proposal, false)
	if err != nil {
		return f, err
	}
	for _, r := range c.past {
		f.Requests = append(f.Requests, t.standing(c.Proposal, r, nil))
	}
	f.Least = domain.AdviceDue(c.rules, t.now)
	if f.May = c.MayAskAdvice(t.by); f.May != nil {
		f.Bodies, err = t.bodies(c)
	}
	return f, err
}

// standing is a request as it is on the proposal now.
func (t *tx) standing(p domain.Proposal, r AdviceRecord, stakes []charter.InterestKind) AdviceRecord {
	r.State, r.Late = r.AdviceRequest.State(p), r.AdviceRequest.Late(p, t.now)
	r.May = p.MayAdvice(t.by, r.AdviceRequest, stakes)
	return r
}

// bodies are the organisations that lead on an objective of the proposal or have
// experts today.
func (t *tx) bodies(c counsel) (list []BodyRecord, err error) {
	leads := []string{"-"} // nobody's name
	for _, o := range c.Objectives {
		leads = append(leads, c.rules.Screening.Leads(o)...)
	}
	rows, err := t.Raw(`SELECT o.id, o.code, `+otherNames+`, o.name, coalesce((SELECT json_agg(json_build_object('ID', p.id, 'Name', p.name) ORDER BY p.name, p.id)
			FROM memberships m JOIN persons p ON p.id = m.person WHERE m.organisation = o.id AND m.role = 'expert' AND m.term @> ?::date AND p.disabled_at IS NULL), '[]')
		FROM organisations o WHERE o.code IN ? OR EXISTS (SELECT FROM jsonb_array_elements_text(`+otherNames+`) n WHERE n IN ?)
			OR EXISTS (SELECT FROM memberships m WHERE m.organisation = o.id AND m.role = 'expert' AND m.term @> ?::date)
		ORDER BY o.name, o.id`, t.today(), leads, leads, t.today()).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b BodyRecord
		var called, experts []byte
		if err := rows.Scan(&b.Organisation, &b.Code, &called, &b.Name, &experts); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(called, &b.Called); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(experts, &b.Experts); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for i := range list {
		b := &list[i].AdvisingBody
		for _, e := range list[i].Experts {
			b.People = append(b.People, e.ID)
		}
		declared, err := t.declared(c.ID, b.Organisation, uuid.Nil)
		if err != nil {
			return nil, err
		}
		*b = c.Advising(*b, declared, c.requests(), c.rules)
	}
	slices.SortStableFunc(list, func(a, b BodyRecord) int { return len(b.Leads) - len(a.Leads) })
	return list, nil
}

func (t *tx) adviceStakes(p domain.Proposal, organisation uuid.UUID, rules charter.Charter) ([]charter.InterestKind, error) {
	declared, err := t.declared(p.ID, organisation, t.by.Person)
	return p.AdviceStakes(organisation, declared, rules), err
}

// AskAdvice asks an organisation's experts, or one by name, about the submission
// under review, by the end of a day; the zero day is the charter's.
func (s *Store) AskAdvice(ctx context.Context, by Ask, proposal, organisation, person uuid.UUID, language, text string, due time.Time) (AdviceFile, error) {
	return act(ctx, s, by, "advice.ask", func(t *tx) (AdviceFile, error) {
		c, err := t.counsel(proposal, true)
		if err != nil {
			return AdviceFile{}, err
		}
		bodies, err := t.bodies(c)
		if err != nil {
			return AdviceFile{}, err
		}
		i := slices.IndexFunc(bodies, func(b BodyRecord) bool { return b.Organisation == organisation })
		if i < 0 {
			return AdviceFile{}, domain.ErrNoExpert.With("organisation", "").At("/organisation")
		}
		if due.IsZero() {
			due = domain.AdviceDue(c.rules, t.now)
		}
		r, err := c.AskAdvice(t.by, bodies[i].AdvisingBody, person, language, text, due, c.requests(), c.rules, t.now)
		if err != nil {
			return AdviceFile{}, err
		}
		t.advises(r)
		leads, err := json.Marshal(append([]int{}, r.Objectives...))
		if err != nil {
			return AdviceFile{}, err
		}
		err = t.Exec(`INSERT INTO advice_requests (id, proposal, version, number, organisation, adviser, objectives, language, text, due_at, person, at)
			VALUES (?, ?, ?, ?, ?, ?, ARRAY(SELECT jsonb_array_elements_text(?::jsonb)::integer), ?, ?, ?, ?, ?)`, r.ID, r.Proposal, r.Version, r.Number, r.Organisation, orNull(r.Adviser), string(leads), r.Language, r.Text, r.Due, r.Person, r.At).Error
		if err != nil {
			return AdviceFile{}, err
		}
		return t.adviceFile(proposal)
	})
}

// advises names, in the event and for the notice, which request an act is about.
func (t *tx) advises(r domain.AdviceRequest) {
	t.changed("advice", r.ID.String())
	t.changed("due", r.Due.Format(time.RFC3339))
}

// AdviceAsked lists what is asked of the expert, what waits first.
func (s *Store) AdviceAsked(ctx context.Context, by domain.Actor) ([]AdviceRecord, error) {
	return read(ctx, s, by, func(t *tx) ([]AdviceRecord, error) {
		list, err := t.advice(`r.organisation = ? AND (r.adviser IS NULL OR r.adviser = ?) ORDER BY x.request IS NOT NULL, r.due_at, r.id LIMIT ?`,
			by.Hat.Organisation, by.Person, mostTasks)
		if err != nil {
			return nil, err
		}
		for i := range list {
			if list[i], err = t.asked(list[i]); err != nil {
				return nil, err
			}
		}
		return list, nil
	})
}

// AdviceRequested shows the expert one request.
func (s *Store) AdviceRequested(ctx context.Context, by domain.Actor, id uuid.UUID) (AdviceRecord, error) {
	return read(ctx, s, by, func(t *tx) (AdviceRecord, error) { return t.adviceRequest(id) })
}

func (t *tx) adviceRequest(id uuid.UUID) (AdviceRecord, error) {
	list, err := t.advice(`r.id = ?`, id)
	if err != nil {
		return AdviceRecord{}, err
	}
	if len(list) == 0 || !list[0].Addresses(t.by) {
		return AdviceRecord{}, domain.ErrMissing
	}
	return t.asked(list[0])
}

// asked is a request as its expert sees it: whose it is stays there, what it is
// about only while it waits.
func (t *tx) asked(r AdviceRecord) (AdviceRecord, error) {
	p, rules, err := t.advisedOn(r.Proposal, "")
	if err != nil {
		return r, err
	}
	stakes, err := t.adviceStakes(p, r.Organisation, rules)
	if err != nil {
		return r, err
	}
	r = t.standing(p, r, stakes)
	r.Asker = "" // an office speaks
	return r, nil
}

// advisedOn is a proposal as it was submitted, whoever asks: the request is within
// reach.
func (t *tx) advisedOn(id uuid.UUID, lock string) (domain.Proposal, charter.Charter, error) {
	list, err := t.proposalsAs(func(domain.Proposal) bool { return false }, `p.id = ? `+lock, id)
	if err != nil || len(list) == 0 {
		return domain.Proposal{}, charter.Charter{}, missing(err)
	}
	rules, err := t.charterOf(list[0].CharterVersion)
	return list[0], rules, err
}

// conclude ends a request in one act, with advice or why there is none, and answers
// what the one who ended it then sees of it.
func conclude[T any](ctx context.Context, s *Store, by Ask, name string, id uuid.UUID,
	do func(*tx, domain.Proposal, AdviceRecord, []charter.InterestKind) (domain.AdviceOutcome, error), then func(*tx, AdviceRecord) (T, error)) (T, error) {
	return act(ctx, s, by, name, func(t *tx) (none T, err error) {
		list, err := t.advice(`r.id = ?`, id)
		if err != nil {
			return none, err
		}
		if len(list) == 0 || t.by.Hat.Role == domain.Expert && !list[0].Addresses(t.by) {
			return none, domain.ErrMissing
		}
		r := list[0]
		t.on("proposal", r.Proposal)
		p, rules, err := t.advisedOn(r.Proposal, "FOR UPDATE OF p")
		if err != nil {
			return none, err
		}
		if list, err = t.advice(`r.id = ?`, id); err != nil { // as it is now that nobody else ends it
			return none, err
		}
		r = list[0]
		stakes, err := t.adviceStakes(p, r.Organisation, rules)
		if err != nil {
			return none, err
		}
		o, err := do(t, p, r, stakes)
		if err != nil {
			return none, err
		}
		t.advises(r.AdviceRequest)
		t.changed("outcome", o.Kind)
		err = t.Exec(`INSERT INTO advice_outcomes (request, kind, recommendation, language, text, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			id, string(o.Kind), string(o.Recommendation), o.Language, o.Text, o.Person, o.At).Error
		if err != nil {
			return none, err
		}
		return then(t, r)
	})
}

// ended is the request as its expert sees it after the act.
func (t *tx) ended(r AdviceRecord) (AdviceRecord, error) { return t.adviceRequest(r.ID) }

// GiveAdvice records the expert's advice.
func (s *Store) GiveAdvice(ctx context.Context, by Ask, id uuid.UUID, recommendation domain.AdviceWord, language, text string) (AdviceRecord, error) {
	return conclude(ctx, s, by, "advice.give", id, func(t *tx, p domain.Proposal, r AdviceRecord, stakes []charter.InterestKind) (domain.AdviceOutcome, error) {
		return p.GiveAdvice(t.by, r.AdviceRequest, stakes, recommendation, language, text, t.now)
	}, (*tx).ended)
}

// DeclineAdvice records why the expert gives none.
func (s *Store) DeclineAdvice(ctx context.Context, by Ask, id uuid.UUID, language, reason string) (AdviceRecord, error) {
	return conclude(ctx, s, by, "advice.decline", id, func(t *tx, p domain.Proposal, r AdviceRecord, _ []charter.InterestKind) (domain.AdviceOutcome, error) {
		return p.DeclineAdvice(t.by, r.AdviceRequest, language, reason, t.now)
	}, (*tx).ended)
}

// WithdrawAdvice takes a request back.
func (s *Store) WithdrawAdvice(ctx context.Context, by Ask, id uuid.UUID, language, reason string) (AdviceFile, error) {
	return conclude(ctx, s, by, "advice.withdraw", id, func(t *tx, p domain.Proposal, r AdviceRecord, _ []charter.InterestKind) (domain.AdviceOutcome, error) {
		return p.WithdrawAdvice(t.by, r.AdviceRequest, language, reason, t.now)
	}, func(t *tx, r AdviceRecord) (AdviceFile, error) { return t.adviceFile(r.Proposal) })
}

// advice loads requests with what became of them.
func (t *tx) advice(condition string, args ...any) ([]AdviceRecord, error) {
	rows, err := t.Raw(`SELECT r.id, r.proposal, r.version, r.number, r.organisation, r.adviser, array_to_json(r.objectives), r.language, r.text, r.due_at, r.person, r.at,
			p.ref, v.content::jsonb->>'title', v.content::jsonb->>'language', o.code, o.name, o.kind, coalesce(a.name, ''), w.name, x.kind, x.recommendation, x.language, x.text, x.person, x.at, coalesce(y.name, '')
		FROM advice_requests r JOIN proposals p ON p.id = r.proposal JOIN proposal_versions v ON v.proposal = r.proposal AND v.n = r.version
		JOIN organisations o ON o.id = r.organisation JOIN persons w ON w.id = r.person LEFT JOIN persons a ON a.id = r.adviser
		LEFT JOIN advice_outcomes x ON x.request = r.id LEFT JOIN persons y ON y.id = x.person WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []AdviceRecord
	for rows.Next() {
		var r AdviceRecord
		var adviser, person uuid.NullUUID
		var objectives []byte
		var kind, recommendation, language, text sql.NullString
		var at sql.NullTime
		if err := rows.Scan(&r.ID, &r.Proposal, &r.Version, &r.Number, &r.Organisation, &adviser, &objectives, &r.Language, &r.Text, &r.Due, &r.Person, &r.At,
			&r.Ref, &r.Title, &r.TitleLanguage, &r.From.Code, &r.From.Name, &r.From.Kind, &r.Adviser, &r.Asker, &kind, &recommendation, &language, &text, &person, &at, &r.By); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(objectives, &r.Objectives); err != nil {
			return nil, err
		}
		r.AdviceRequest.Adviser, r.From.ID = adviser.UUID, r.Organisation
		if kind.Valid {
			r.Outcome = &domain.AdviceOutcome{Kind: domain.OutcomeKind(kind.String), Recommendation: domain.AdviceWord(recommendation.String),
				Language: language.String, Text: text.String, Person: person.UUID, At: at.Time}
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// unadvised are the requests that wait for the expert's word.
func (t *tx) unadvised() (list []domain.Task, err error) {
	waiting, err := t.advice(`x.request IS NULL AND r.organisation = ? AND (r.adviser IS NULL OR r.adviser = ?) AND r.version = p.submission AND p.stage IN ('submitted', 'eligible')
		ORDER BY r.due_at, r.id LIMIT ?`, t.by.Hat.Organisation, t.by.Person, mostTasks)
	if err != nil {
		return nil, err
	}
	for _, r := range waiting {
		if r, err = t.asked(r); err != nil {
			return nil, err
		}
		task := domain.Task{Subject: "advice", ID: r.ID.String(), Ref: r.Ref, Title: r.Title, Language: r.TitleLanguage, Due: &r.Due, Since: r.At}
		list = append(list, task.Waits(t.by.Hat.Role, r.May)...)
	}
	return list, nil
}

// factOfAdvice says whose the request is, of which an act was.
func (t *tx) factOfAdvice(f fact) (fact, error) {
	id, there := t.changes["advice"].(string)
	if !there {
		return f, nil
	}
	list, err := t.advice(`r.id = ?::uuid`, id)
	if err != nil || len(list) == 0 {
		return f, err
	}
	r := list[0]
	f.recipient, f.params["organisation"] = r.Organisation, r.From.Name
	t.concerned = r.AdviceRequest.Adviser
	f.params["title"], f.params["advice"] = r.Title, fmt.Sprint(r.Number)
	if f.stage = "any"; t.concerned != uuid.Nil {
		f.stage = "named"
	}
	if t.by.Hat.Role == domain.Secretariat {
		f.kind, f.subject = "advice", r.ID.String() // where it is read
	} else {
		f.kind = "advised"
	}
	return f, nil
}

var _ = ask(
	Question{"advice-has-no-stake", "advice was given by the submitter, an owner state or somebody whom nobody asked", `
		SELECT r.id::text FROM advice_requests r JOIN advice_outcomes x ON x.request = r.id JOIN proposals p ON p.id = r.proposal
		JOIN proposal_versions v ON v.proposal = r.proposal AND v.n = r.version
		WHERE x.kind = 'given' AND (r.organisation = p.organisation OR r.organisation::text = v.content::jsonb->>'state' OR r.adviser <> x.person OR x.at < r.at)`},
	Question{"advice-comes-from-experts", "advice was given by somebody who was no expert of the organisation that day", `
		SELECT r.id::text FROM advice_requests r JOIN advice_outcomes x ON x.request = r.id JOIN proposals p ON p.id = r.proposal JOIN charters c ON c.version = p.charter_version
		WHERE x.kind IN ('given', 'declined') AND NOT EXISTS (SELECT FROM memberships m WHERE m.person = x.person AND m.organisation = r.organisation AND m.role = 'expert'
			AND m.term @> (x.at AT TIME ZONE c.time_zone)::date)`},
)

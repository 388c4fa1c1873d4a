package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// CallFile is a call as somebody sees it now.
type CallFile struct {
	domain.Call
	State   domain.CallState
	Late    charter.LateEntries // what becomes of late entries, by the call or else by its charter
	Waiting int                 // questions about it that nobody answered yet; told to the secretariat alone
	May     []string            // acts that the domain would not refuse; policy has its own say
}

// CreateCall begins the draft of a call, under the charter in force. as may be
// incomplete.
func (s *Store) CreateCall(ctx context.Context, by Ask, as domain.Call) (CallFile, error) {
	return act(ctx, s, by, "call.create", func(t *tx) (CallFile, error) {
		c, err := domain.Call{ID: uuid.New(), Version: 1, CreatedAt: t.now}.Draw(as, t.charter)
		if err != nil {
			return CallFile{}, err
		}
		year := t.today().Year()
		n, err := t.next(domain.CallRef(year, 0)[:len("CALL-2026")])
		if err != nil {
			return CallFile{}, err
		}
		c.Ref = domain.CallRef(year, n)
		t.on("call", c.ID)
		t.changed("ref", c.Ref)
		err = t.Exec(`INSERT INTO calls (id, ref, title, text, areas, currency, charter_version, version, created_at) VALUES (?, ?, '', '', '{}', ?, ?, 0, ?)`,
			c.ID, c.Ref, string(t.currency()), c.CharterVersion, t.now).Error
		if err != nil {
			return CallFile{}, err
		}
		c.Version = 0
		return t.keptCall(c)
	})
}

// SaveCall replaces the draft of a call, whole.
func (s *Store) SaveCall(ctx context.Context, by Ask, id uuid.UUID, version int, as domain.Call) (CallFile, error) {
	return act(ctx, s, by, "call.save", func(t *tx) (CallFile, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return CallFile{}, err
		}
		if c, err = c.Draw(as, t.charter); err != nil {
			return CallFile{}, err
		}
		return t.keptCall(c)
	})
}

// CallLacks says for what announcing a draft would be refused now.
func (s *Store) CallLacks(ctx context.Context, by domain.Actor, id uuid.UUID) ([]problem.Problem, error) {
	return read(ctx, s, by, func(t *tx) ([]problem.Problem, error) {
		c, err := t.call(id, "")
		if err != nil || c.AnnouncedAt != nil {
			return nil, err
		}
		return c.Lacks(t.charter, t.now), nil
	})
}

// AnnounceCall makes a draft everybody's; from here on its conditions stand.
func (s *Store) AnnounceCall(ctx context.Context, by Ask, id uuid.UUID, version int) (CallFile, error) {
	return act(ctx, s, by, "call.announce", func(t *tx) (CallFile, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return CallFile{}, err
		}
		if err := c.Announce(t.charter, t.now); err != nil {
			return CallFile{}, err
		}
		t.changed("opens_at", c.OpensAt)
		t.changed("closes_at", c.ClosesAt)
		return t.keptCall(c)
	})
}

// DiscardCall gives a draft up: it is nobody's from then on, and its reason stays with
// the act. Its version moves, so that whoever waits to announce it is stale.
func (s *Store) DiscardCall(ctx context.Context, by Ask, id uuid.UUID, version int, reason string) error {
	_, err := act(ctx, s, by, "call.discard", func(t *tx) (uuid.UUID, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return id, err
		}
		if err := c.Discard(reason); err != nil {
			return id, err
		}
		t.changed("ref", c.Ref)
		t.changed("reason", reason)
		if err := t.Exec(`UPDATE calls SET version = version + 1 WHERE id = ?`, id).Error; err != nil {
			return id, err
		}
		return id, t.Exec(`INSERT INTO call_discards (call, reason, person, at) VALUES (?, ?, ?, ?)`, id, reason, t.by.Person, t.now).Error
	})
	return err
}

// ExtendCall moves a call's closing instant to a later one, for a reason that
// stands on the call.
func (s *Store) ExtendCall(ctx context.Context, by Ask, id uuid.UUID, version int, e domain.Extension) (CallFile, error) {
	return act(ctx, s, by, "call.extend", func(t *tx) (CallFile, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return CallFile{}, err
		}
		if e, err = c.Extend(e.To, e.Reason, t.now); err != nil {
			return CallFile{}, err
		}
		t.changed("closes_at", e.To)
		err = t.Exec(`INSERT INTO call_extensions (call, n, was, until, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			id, e.N, e.Was, e.To, e.Reason, t.by.Person, t.now).Error
		if err != nil {
			return CallFile{}, err
		}
		if err := t.Exec(`UPDATE calls SET closes_at = ?, version = version + 1 WHERE id = ?`, c.ClosesAt, id).Error; err != nil {
			return CallFile{}, err
		}
		c.Version++
		return t.callFile(c)
	})
}

// CorrectCall puts other words in the place of an announced call's, for a reason
// that stands on it beside what it said before.
func (s *Store) CorrectCall(ctx context.Context, by Ask, id uuid.UUID, version int, to domain.Words, reason string) (CallFile, error) {
	return act(ctx, s, by, "call.correct", func(t *tx) (CallFile, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return CallFile{}, err
		}
		rules, err := t.charterOf(c.CharterVersion)
		if err != nil {
			return CallFile{}, err
		}
		x, err := c.Correct(to, reason, rules, t.now)
		if err != nil {
			return CallFile{}, err
		}
		t.changed("correction", x.N)
		was, err := json.Marshal(x.Was)
		if err != nil {
			return CallFile{}, err
		}
		err = t.Exec(`INSERT INTO call_corrections (call, n, was, reason, person, at) VALUES (?, ?, ?::jsonb, ?, ?, ?)`, id, x.N, string(was), x.Reason,
			t.by.Person, t.now).Error
		if err != nil {
			return CallFile{}, err
		}
		return t.keptCall(c)
	})
}

// Call shows one call.
func (s *Store) Call(ctx context.Context, by domain.Actor, id uuid.UUID) (CallFile, error) {
	return read(ctx, s, by, func(t *tx) (CallFile, error) {
		c, err := t.call(id, "")
		if err != nil {
			return CallFile{}, err
		}
		return t.callFile(c)
	})
}

// CallOf shows the call that people know by its ref.
func (s *Store) CallOf(ctx context.Context, by domain.Actor, ref string) (CallFile, error) {
	return read(ctx, s, by, func(t *tx) (CallFile, error) {
		list, err := t.calls(`c.ref = ? AND `+seenCalls(by), ref)
		if err != nil {
			return CallFile{}, err
		}
		if len(list) == 0 {
			return CallFile{}, domain.ErrMissing
		}
		return t.callFile(list[0])
	})
}

// Calls lists calls in the order of their refs.
func (s *Store) Calls(ctx context.Context, by domain.Actor, w Window) (Page[CallFile], error) {
	return read(ctx, s, by, func(t *tx) (Page[CallFile], error) {
		list, err := t.calls(`c.ref > ? AND `+seenCalls(by)+` ORDER BY c.ref LIMIT ?`, w.After, w.fetch())
		if err != nil {
			return Page[CallFile]{}, err
		}
		files := make([]CallFile, len(list))
		for i, c := range list {
			if files[i], err = t.callFile(c); err != nil {
				return Page[CallFile]{}, err
			}
		}
		return pageOf(w, files, func(f CallFile) string { return f.Ref }), nil
	})
}

// seenCalls is domain.Call.Reaches as SQL.
func seenCalls(by domain.Actor) string {
	if by.Hat.Role == domain.Secretariat {
		return "true"
	}
	return "c.announced_at IS NOT NULL"
}

func (t *tx) callFile(c domain.Call) (CallFile, error) {
	rules := t.charter // of a draft, which is judged by the rules of the day it is announced
	if c.AnnouncedAt != nil {
		var err error
		if rules, err = t.charterOf(c.CharterVersion); err != nil {
			return CallFile{}, err
		}
	}
	f := CallFile{Call: c, State: c.State(t.now), Late: c.LateEntries(rules), May: c.May(t.by.Hat, t.now, rules)}
	if t.by.Hat.Role != domain.Secretariat {
		return f, nil
	}
	err := t.Raw(`SELECT count(*) FROM enquiries e WHERE e.call = ? AND NOT EXISTS (SELECT FROM enquiry_answers a WHERE a.enquiry = e.id)`, c.ID).
		Row().Scan(&f.Waiting)
	return f, err
}

// callLocked loads one for a change and names it as the act's subject.
func (t *tx) callLocked(id uuid.UUID, version int) (domain.Call, error) {
	t.on("call", id)
	c, err := t.call(id, "FOR UPDATE")
	if err == nil && c.Version != version {
		err = domain.ErrStale
	}
	return c, err
}

// call loads one within reach, locked where lock says so.
func (t *tx) call(id uuid.UUID, lock string) (domain.Call, error) {
	list, err := t.calls(`c.id = ? `+lock, id)
	if err != nil {
		return domain.Call{}, err
	}
	if len(list) == 0 {
		return domain.Call{}, domain.ErrMissing
	}
	return list[0], list[0].Reaches(t.by)
}

// keptAmount is an amount in JSON, or nil.
func keptAmount(m *ledger.Money) *decimal.Decimal {
	if m == nil {
		return nil
	}
	return &m.Amount
}

// keptTime is an instant, or nil while a draft does not say.
func keptTime(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// keptWords are the parts of a call's words that are kept as JSON.
type keptTranslation struct {
	Language string            `json:"language"`
	Title    string            `json:"title"`
	Text     string            `json:"text"`
	By       domain.Translator `json:"by"`
}

type keptCriterion struct {
	Key       string        `json:"key"`
	Question  domain.Worded `json:"question"`
	Why       domain.Worded `json:"why"`
	Qualifies bool          `json:"qualifies"`
}

// keptCall writes a changed call under its next version, and shows it. The closing
// instant of an announced one moves by ExtendCall.
func (t *tx) keptCall(c domain.Call) (CallFile, error) {
	translations, eligibility, ceilings := []keptTranslation{}, []keptCriterion{}, map[string]string{}
	for _, x := range c.Translations {
		translations = append(translations, keptTranslation(x))
	}
	for _, q := range c.Eligibility {
		eligibility = append(eligibility, keptCriterion(q))
	}
	for area, m := range c.AreaCeilings {
		ceilings[area] = m.Text()
	}
	var packed [5]string
	for i, v := range []any{translations, eligibility, ceilings, append([]string{}, c.Areas...), append([]string{}, c.Languages...)} {
		b, err := json.Marshal(v)
		if err != nil {
			return CallFile{}, err
		}
		packed[i] = string(b)
	}
	var late *string
	if c.Late != "" {
		said := string(c.Late)
		late = &said
	}
	c.Version++
	err := t.Exec(`UPDATE calls SET language = ?, title = ?, text = ?, translations = ?::jsonb, eligibility = ?::jsonb, area_ceilings = ?::jsonb,
			areas = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)), languages = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)),
			opens_at = ?, closes_at = ?, questions_until = ?, ceiling = ?, state_entries = ?, state_ceiling = ?, late_entries = ?, stages = ?,
			concept_form = ?, document_form = ?, scoring_sheet = ?, charter_version = ?, announced_at = ?, version = ? WHERE id = ?`,
		c.Language, c.Title, c.Text, packed[0], packed[1], packed[2], packed[3], packed[4], keptTime(c.OpensAt), keptTime(c.ClosesAt), c.QuestionsUntil,
		keptAmount(c.Ceiling), c.StateEntries, keptAmount(c.StateCeiling), late, c.Stages, c.ConceptForm, c.DocumentForm, c.ScoringSheet, c.CharterVersion,
		c.AnnouncedAt, c.Version, c.ID).Error
	if err != nil {
		return CallFile{}, err
	}
	return t.callFile(c)
}

func (t *tx) calls(condition string, args ...any) ([]domain.Call, error) {
	rows, err := t.Raw(`SELECT c.id, c.ref, c.language, c.title, c.text, c.translations, c.eligibility, c.opens_at, c.closes_at, c.questions_until,
			array_to_json(c.areas), array_to_json(c.languages), c.ceiling, c.area_ceilings, c.state_entries, c.state_ceiling, c.currency,
			coalesce(c.late_entries, ''), c.stages, c.concept_form, c.document_form, c.scoring_sheet, c.charter_version, c.version, c.created_at, c.announced_at,
			(SELECT coalesce(json_agg(json_build_object('N', e.n, 'Was', e.was, 'To', e.until, 'Reason', e.reason, 'At', e.at) ORDER BY e.n), '[]')
			 FROM call_extensions e WHERE e.call = c.id),
			(SELECT coalesce(json_agg(json_build_object('N', x.n, 'Was', x.was, 'Reason', x.reason, 'At', x.at) ORDER BY x.n), '[]')
			 FROM call_corrections x WHERE x.call = c.id)
		FROM calls c WHERE NOT EXISTS (SELECT FROM call_discards d WHERE d.call = c.id) AND `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Call
	for rows.Next() {
		var c domain.Call
		var k struct {
			translations, eligibility, areas, languages, ceilings, extensions, corrections []byte
			opens, closes                                                                  *time.Time
			ceiling, stateCeiling                                                          decimal.NullDecimal
			currency                                                                       ledger.Currency
		}
		if err := rows.Scan(&c.ID, &c.Ref, &c.Language, &c.Title, &c.Text, &k.translations, &k.eligibility, &k.opens, &k.closes, &c.QuestionsUntil,
			&k.areas, &k.languages, &k.ceiling, &k.ceilings, &c.StateEntries, &k.stateCeiling, &k.currency,
			&c.Late, &c.Stages, &c.ConceptForm, &c.DocumentForm, &c.ScoringSheet, &c.CharterVersion, &c.Version, &c.CreatedAt, &c.AnnouncedAt,
			&k.extensions, &k.corrections); err != nil {
			return nil, err
		}
		var translations []keptTranslation
		var eligibility []keptCriterion
		var ceilings map[string]string
		for from, into := range map[*[]byte]any{&k.translations: &translations, &k.eligibility: &eligibility, &k.ceilings: &ceilings, &k.areas: &c.Areas,
			&k.languages: &c.Languages, &k.extensions: &c.Extensions, &k.corrections: &c.Corrections} {
			if err := json.Unmarshal(*from, into); err != nil {
				return nil, err
			}
		}
		for _, x := range translations {
			c.Translations = append(c.Translations, domain.Translation(x))
		}
		for _, q := range eligibility {
			c.Eligibility = append(c.Eligibility, domain.Criterion(q))
		}
		for area, text := range ceilings {
			m, err := ledger.Parse(text, k.currency)
			if err != nil {
				return nil, err
			}
			if c.AreaCeilings == nil {
				c.AreaCeilings = map[string]ledger.Money{}
			}
			c.AreaCeilings[area] = m
		}
		if k.opens != nil {
			c.OpensAt = *k.opens
		}
		if k.closes != nil {
			c.ClosesAt = *k.closes
		}
		c.Ceiling, c.StateCeiling = moneyOrNil(k.ceiling, k.currency), moneyOrNil(k.stateCeiling, k.currency)
		list = append(list, c)
	}
	return list, rows.Err()
}

func moneyOrNil(amount decimal.NullDecimal, c ledger.Currency) *ledger.Money {
	if !amount.Valid {
		return nil
	}
	m := ledger.New(amount.Decimal, c)
	return &m
}

// otherEntries are those of the same owner states in a call that limits them: what
// was handed in and not taken back or turned away. Where it is to be relied on,
// the states' places are held until the act ends, so that of two at once one waits.
func (t *tx) otherEntries(c domain.Call, proposal uuid.UUID, states []uuid.UUID, hold bool) (list []domain.OtherEntry, err error) {
	if !c.ByState() || len(states) == 0 {
		return nil, nil
	}
	if hold {
		if err := t.Exec(`SELECT pg_advisory_xact_lock(k) FROM (SELECT hashtextextended(? || id::text, 0) AS k FROM organisations WHERE id IN ? ORDER BY id) places`, "call "+c.ID.String()+" ", states).Error; err != nil {
			return nil, err
		}
	}
	rows, err := t.Raw(`SELECT array_to_json(array_prepend(p.state, p.other_states)), p.amount, p.currency FROM proposals p
		WHERE p.call = ? AND p.id <> ? AND p.submission > 0 AND p.stage NOT IN ('withdrawn', 'ineligible')
		AND array_prepend(p.state, p.other_states) && ARRAY(SELECT id FROM organisations WHERE id IN ?)`, c.ID, proposal, states).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e domain.OtherEntry
		var of []byte
		var amount decimal.Decimal
		var currency ledger.Currency
		if err := rows.Scan(&of, &amount, &currency); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(of, &e.States); err != nil {
			return nil, err
		}
		e.Amount = ledger.New(amount, currency)
		list = append(list, e)
	}
	return list, rows.Err()
}

// keepEligibility keeps what was answered before a proposal was begun.
func (t *tx) keepEligibility(p domain.Proposal) error {
	for i, a := range p.Eligibility {
		err := t.Exec(`INSERT INTO eligibility_answers (proposal, n, key, language, question, answer, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			p.ID, i+1, a.Key, a.Language, a.Question, a.Answer, t.by.Person, t.now).Error
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) eligibilityOf(proposal uuid.UUID) (list []domain.EligibilityAnswer, err error) {
	err = t.Raw(`SELECT key, language, question, answer FROM eligibility_answers WHERE proposal = ? ORDER BY n`, proposal).Scan(&list).Error
	return list, err
}

var _ = ask(
	Question{"entries-are-of-announced-calls", "a proposal stands in a call that was never announced", `
		SELECT p.ref FROM proposals p JOIN calls c ON c.id = p.call WHERE c.announced_at IS NULL`},
	Question{"only-drafts-are-discarded", "a call was discarded that was announced, or that something stands in", `
		SELECT c.ref FROM call_discards d JOIN calls c ON c.id = d.call WHERE c.announced_at IS NOT NULL OR EXISTS (SELECT FROM proposals p WHERE p.call = c.id)`},
	Question{"states-keep-to-their-entries", "an owner state has more entries in a call, or asks more, than the call allows", `
		SELECT c.ref || ' ' || o.code FROM calls c JOIN proposals p ON p.call = c.id AND p.submission > 0 AND p.stage NOT IN ('withdrawn', 'ineligible')
		JOIN organisations o ON o.id = ANY (array_prepend(p.state, p.other_states)) WHERE c.state_entries > 0 OR c.state_ceiling IS NOT NULL
		GROUP BY c.id, o.code HAVING c.state_entries > 0 AND count(*) > c.state_entries OR sum(p.amount) > c.state_ceiling`},
	Question{"calls-are-extended-by-acts", "a call closes at another instant than its last extension says, or its extensions do not follow one another", `
		SELECT c.ref FROM calls c JOIN (SELECT call, n, was, until, lag(until) OVER w AS before, lead(n) OVER w IS NULL AS last, row_number() OVER w AS k
			FROM call_extensions WINDOW w AS (PARTITION BY call ORDER BY n)) e ON e.call = c.id
		WHERE e.n <> e.k OR e.was <> coalesce(e.before, e.was) OR e.last AND e.until <> c.closes_at`},
	Question{"translations-are-one-a-language", "a call is translated twice into a language, or into its own", `
		SELECT c.ref FROM calls c, LATERAL (SELECT x->>'language' AS l FROM jsonb_array_elements(c.translations) x UNION ALL SELECT c.language) t
		GROUP BY c.id HAVING count(*) <> count(DISTINCT l)`},
	Question{"drafts-qualified", "a proposal was begun without an answer that its call asks for, or with one that keeps it out", `
		SELECT p.ref FROM proposals p JOIN calls c ON c.id = p.call, LATERAL jsonb_array_elements(c.eligibility) q
		WHERE NOT EXISTS (SELECT FROM eligibility_answers a WHERE a.proposal = p.id
			AND a.key = q->>'key' AND a.answer = (q->>'qualifies')::boolean)`},
)

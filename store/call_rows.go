package store

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

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
	var total *string
	if c.Total != "" {
		said := string(c.Total)
		total = &said
	}
	c.Version++
	err := t.Exec(`UPDATE calls SET language = ?, title = ?, text = ?, translations = ?::jsonb, eligibility = ?::jsonb, area_ceilings = ?::jsonb,
			areas = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)), languages = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)),
			opens_at = ?, closes_at = ?, questions_until = ?, ceiling = ?, state_entries = ?, state_ceiling = ?, late_entries = ?, score_total = ?, stages = ?,
			concept_form = ?, document_form = ?, scoring_sheet = ?, charter_version = ?, announced_at = ?, version = ? WHERE id = ?`,
		c.Language, c.Title, c.Text, packed[0], packed[1], packed[2], packed[3], packed[4], keptTime(c.OpensAt), keptTime(c.ClosesAt), c.QuestionsUntil,
		keptAmount(c.Ceiling), c.StateEntries, keptAmount(c.StateCeiling), late, total, c.Stages, c.ConceptForm, c.DocumentForm, c.ScoringSheet, c.CharterVersion,
		c.AnnouncedAt, c.Version, c.ID).Error
	if err != nil {
		return CallFile{}, err
	}
	return t.callFile(c)
}

func (t *tx) calls(condition string, args ...any) ([]domain.Call, error) {
	rows, err := t.Raw(`SELECT c.id, c.ref, c.language, c.title, c.text, c.translations, c.eligibility, c.opens_at, c.closes_at, c.questions_until,
			array_to_json(c.areas), array_to_json(c.languages), c.ceiling, c.area_ceilings, c.state_entries, c.state_ceiling, c.currency,
			coalesce(c.late_entries, ''), coalesce(c.score_total, ''), c.stages, c.concept_form, c.document_form, c.scoring_sheet, c.charter_version, c.version, c.created_at, c.announced_at,
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
			&c.Late, &c.Total, &c.Stages, &c.ConceptForm, &c.DocumentForm, &c.ScoringSheet, &c.CharterVersion, &c.Version, &c.CreatedAt, &c.AnnouncedAt,
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

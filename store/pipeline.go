package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// PipelineFile is an entry as its readers see it.
type PipelineFile struct {
	domain.PipelineEntry
	Line domain.PipelineLine
	May  []string
}

// keptFacts are an entry's facts as jsonb keeps them.
type keptFacts struct {
	Title         string          `json:"title"`
	Purpose       string          `json:"purpose"`
	Language      string          `json:"language"`
	Scope         charter.Scope   `json:"scope"`
	Region        string          `json:"region"`
	States        []uuid.UUID     `json:"states"`
	Area          string          `json:"area"`
	Objectives    []int           `json:"objectives"`
	Organisations []uuid.UUID     `json:"organisations"`
	Budget        *ledger.Money   `json:"budget"`
	Months        int             `json:"months"`
	SDG           []string        `json:"sdg"`
	Partners      []string        `json:"partners"`
	Ripeness      domain.Ripeness `json:"stage"`
}

func factsFrom(kept []byte) (*domain.PipelineFacts, error) {
	var k keptFacts
	if err := json.Unmarshal(kept, &k); err != nil {
		return nil, err
	}
	f := domain.PipelineFacts(k)
	return &f, nil
}

func factsKept(f domain.PipelineFacts) (string, error) {
	kept, err := json.Marshal(keptFacts(f))
	return string(kept), err
}

// Pipeline lists the programmes in the pipeline, in the order in which they entered.
func (s *Store) Pipeline(ctx context.Context, by domain.Actor) ([]PipelineFile, error) {
	return read(ctx, s, by, func(t *tx) ([]PipelineFile, error) { return t.pipelineFiles(standingEntries) })
}

// PipelineEntry opens one, also after it left.
func (s *Store) PipelineEntry(ctx context.Context, by domain.Actor, id uuid.UUID) (PipelineFile, error) {
	return read(ctx, s, by, func(t *tx) (PipelineFile, error) { return t.pipelineFile(id) })
}

// CorrectPipeline replaces what the pipeline says of a programme without a proposal,
// over the telling that was read.
func (s *Store) CorrectPipeline(ctx context.Context, by Ask, id uuid.UUID, version int, f domain.PipelineFacts, reason string) (PipelineFile, error) {
	return act(ctx, s, by, "pipeline.correct", func(t *tx) (PipelineFile, error) {
		t.on("pipeline-entry", id)
		if err := t.Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 0))`, "pipeline "+id.String()).Error; err != nil { // entries never change: the next telling is what two would take
			return PipelineFile{}, err
		}
		list, err := t.pipelined(`e.id = ?`, id)
		if err != nil {
			return PipelineFile{}, err
		}
		if len(list) == 0 {
			return PipelineFile{}, domain.ErrMissing
		}
		e := list[0]
		if e.FactsN != version && e.Proposal == uuid.Nil {
			return PipelineFile{}, domain.ErrStale
		}
		kinds, err := t.kindsNamed(f)
		if err != nil {
			return PipelineFile{}, err
		}
		if f, err = e.CorrectFacts(t.charter, f, kinds, reason); err != nil {
			return PipelineFile{}, err
		}
		t.changed("telling", e.FactsN+1)
		if err := t.keepFacts(id, e.FactsN+1, f, reason); err != nil {
			return PipelineFile{}, err
		}
		return t.pipelineFile(id)
	})
}

func (t *tx) kindsNamed(f domain.PipelineFacts) (map[uuid.UUID]string, error) {
	names, err := t.named(append(append([]uuid.UUID{}, f.States...), f.Organisations...)...)
	return kindsOf(names), err
}

func (t *tx) keepFacts(entry uuid.UUID, n int, f domain.PipelineFacts, reason string) error {
	kept, err := factsKept(f)
	if err != nil {
		return err
	}
	return t.Exec(`INSERT INTO pipeline_facts (entry, n, facts, reason, person, at) VALUES (?, ?, ?::jsonb, ?, ?, ?)`, entry, n, kept, reason, t.by.Person, t.now).Error
}

const standingEntries = `l.entry IS NULL ORDER BY e.entered_at, e.ref`

// pipelined loads the entries that meet the condition. Of a proposal's, the facts are those
// of the newest version that was decided on or found eligible, as long as it stood.
func (t *tx) pipelined(condition string, args ...any) (list []domain.PipelineEntry, err error) {
	rows, err := t.Raw(`SELECT e.id, e.ref, e.proposal, p.organisation, coalesce(p.phase, ''), coalesce(p.stage, ''), coalesce(v.n, 0), v.content, f.facts, coalesce(f.n, 0),
			e.entered_at, d.number, l.at, coalesce(ld.number, ''), coalesce(l.reason, '')
		FROM pipeline_entries e JOIN decisions d ON d.id = e.decision LEFT JOIN proposals p ON p.id = e.proposal
		LEFT JOIN pipeline_leavings l ON l.entry = e.id LEFT JOIN decisions ld ON ld.id = l.decision
		LEFT JOIN LATERAL (SELECT v.n, v.content FROM proposal_versions v WHERE v.proposal = e.proposal AND v.at <= coalesce(l.at, 'infinity')
			AND (v.n = d.proposal_version OR EXISTS (SELECT FROM screenings s WHERE s.proposal = v.proposal AND s.n = v.n AND s.outcome = 'eligible'))
			ORDER BY v.n DESC LIMIT 1) v ON true
		LEFT JOIN LATERAL (SELECT x.n, x.facts FROM pipeline_facts x WHERE x.entry = e.id ORDER BY x.n DESC LIMIT 1) f ON true
		WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e domain.PipelineEntry
		var proposal, applicant uuid.NullUUID
		var phase domain.Phase
		var stage domain.Stage
		var content *string
		var facts []byte
		if err := rows.Scan(&e.ID, &e.Ref, &proposal, &applicant, &phase, &stage, &e.Submission, &content, &facts, &e.FactsN,
			&e.EnteredAt, &e.EnteredBy, &e.LeftAt, &e.LeftBy, &e.LeftWhy); err != nil {
			return nil, err
		}
		e.Proposal, e.Applicant = proposal.UUID, applicant.UUID
		switch {
		case content != nil:
			c, err := domain.Frozen([]byte(*content))
			if err != nil {
				return nil, err
			}
			e.Facts = c.InPipeline(phase, stage)
		case facts != nil:
			f, err := factsFrom(facts)
			if err != nil {
				return nil, err
			}
			e.Facts = *f
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

func (t *tx) pipelineFile(id uuid.UUID) (PipelineFile, error) {
	return only(t.pipelineFiles(`e.id = ?`, id))
}

func (t *tx) pipelineFiles(condition string, args ...any) (files []PipelineFile, err error) {
	list, err := t.pipelined(condition, args...)
	if err != nil {
		return nil, err
	}
	lines, err := t.published(list)
	for i, e := range list {
		if err == nil {
			files = append(files, PipelineFile{e, lines[i], e.May(t.by)})
		}
	}
	return files, err
}

// published writes entries by the names of today.
func (t *tx) published(list []domain.PipelineEntry) ([]domain.PipelineLine, error) {
	var ids, proposals []uuid.UUID
	for _, e := range list {
		ids = append(append(ids, e.Facts.States...), e.Facts.Organisations...)
		if e.Proposal != uuid.Nil {
			proposals = append(proposals, e.Proposal)
		}
	}
	names, err := t.named(ids...)
	if err != nil {
		return nil, err
	}
	refs, err := t.refsOf(proposals)
	if err != nil {
		return nil, err
	}
	named := func(ids []uuid.UUID) []domain.PipelineName {
		all := []domain.PipelineName{}
		for _, id := range ids {
			all = append(all, domain.PipelineName{Code: names[id].Code, Name: names[id].Name})
		}
		return all
	}
	lines := make([]domain.PipelineLine, len(list))
	for i, e := range list {
		f := e.Facts
		lines[i] = domain.PipelineLine{Ref: e.Ref, Proposal: refs[e.Proposal], Title: f.Title, Purpose: f.Purpose, Language: f.Language, Scope: f.Scope, Region: f.Region,
			States: named(f.States), Area: f.Area, Objectives: append([]int{}, f.Objectives...), Organisations: named(f.Organisations), Budget: f.Budget,
			Months: f.Months, SDG: append([]string{}, f.SDG...), Partners: append([]string{}, f.Partners...), Stage: f.Ripeness,
			EnteredOn: t.charter.Day(e.EnteredAt).Format(time.DateOnly), EnteredBy: e.EnteredBy}
	}
	return lines, nil
}

func (t *tx) refsOf(proposals []uuid.UUID) (map[uuid.UUID]string, error) {
	if len(proposals) == 0 {
		return nil, nil
	}
	return pairs[uuid.UUID, string](t.Raw(`SELECT id, ref FROM proposals WHERE id IN ?`, proposals).Rows())
}

// withMove gives a question its part in the pipeline, with the entry that stands
// now. Who decides on a proposal's entry holds the proposal.
func (t *tx) withMove(q *domain.Question) error {
	if q.Kind != charter.Pipeline {
		return nil
	}
	if q.Proposal != uuid.Nil {
		if q.Move == nil {
			q.Move = &domain.PipelineMove{Move: domain.Enter}
		}
		list, err := t.pipelined(`e.proposal = ? AND l.entry IS NULL`, q.Proposal)
		if err == nil && len(list) > 0 {
			q.Move.Standing = &list[0]
		}
		return err
	}
	if q.Move == nil {
		m := domain.PipelineMove{}
		var entry uuid.NullUUID
		var facts []byte
		err := t.Raw(`SELECT move, entry, reason, facts FROM pipeline_moves WHERE question = ?`, q.ID).Row().Scan(&m.Move, &entry, &m.Reason, &facts)
		if errors.Is(missing(err), domain.ErrMissing) {
			return nil
		}
		if err != nil {
			return err
		}
		if m.Entry = entry.UUID; facts != nil {
			if m.Facts, err = factsFrom(facts); err != nil {
				return err
			}
		}
		q.Move = &m
	}
	if q.Move.Facts != nil {
		kinds, err := t.kindsNamed(*q.Move.Facts)
		q.Move.Kinds = kinds
		return err
	}
	if q.Move.Entry == uuid.Nil {
		return nil
	}
	list, err := t.pipelined(`e.id = ?`, q.Move.Entry)
	if err == nil && len(list) > 0 {
		q.Move.Standing = &list[0]
	}
	return err
}

// keepMove writes what a question asks of the pipeline; that a proposal enters, its
// kind says.
func (t *tx) keepMove(q domain.Question) error {
	m := q.Move
	if m == nil || q.Proposal != uuid.Nil {
		return nil
	}
	var facts *string
	if m.Facts != nil {
		kept, err := factsKept(*m.Facts)
		if err != nil {
			return err
		}
		facts = &kept
	}
	return t.Exec(`INSERT INTO pipeline_moves (question, move, entry, reason, facts) VALUES (?, ?, ?, ?, ?::jsonb)`,
		q.ID, string(m.Move), orNull(m.Entry), string(m.Reason), facts).Error
}

// movePipeline does in the pipeline what a decision says: a programme enters, leaves,
// or leaves because this decision gives it money.
func (t *tx) movePipeline(i domain.Item, d domain.Decision) error {
	switch m := i.Move; {
	case i.Consequence() == domain.Grants:
		return t.leavePipeline(d, domain.LeftFunded, `e.proposal = ? AND l.entry IS NULL`, i.Case.ID)
	case m == nil:
		return nil
	case m.Move == domain.Remove:
		// Two questions about one entry would both find it standing.
		if err := t.Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 0))`, "pipeline "+m.Entry.String()).Error; err != nil {
			return err
		}
		return t.leavePipeline(d, m.Reason, `e.id = ?`, m.Entry)
	}
	year := t.today().Year()
	n, err := t.next(fmt.Sprintf("pipeline:%d", year))
	if err != nil {
		return err
	}
	id, ref := uuid.New(), domain.PipelineRef(year, n)
	t.changed("pipeline_entered", ref)
	if err := t.Exec(`INSERT INTO pipeline_entries (id, ref, proposal, decision, entered_at) VALUES (?, ?, ?, ?, ?)`, id, ref, orNull(d.Proposal), d.ID, t.now).Error; err != nil {
		return err
	}
	if i.Move.Facts == nil {
		return nil
	}
	return t.keepFacts(id, 1, *i.Move.Facts, "")
}

func (t *tx) leavePipeline(d domain.Decision, why domain.Leaving, condition string, args ...any) error {
	list, err := t.pipelined(condition, args...)
	if err != nil {
		return err
	}
	for _, e := range list {
		t.changed("pipeline_left", e.Ref)
		if err := t.Exec(`INSERT INTO pipeline_leavings (entry, decision, reason, at) VALUES (?, ?, ?, ?)`, e.ID, d.ID, string(why), t.now).Error; err != nil {
			return err
		}
	}
	return nil
}

func init() { promises["pipeline_leavings_pkey"] = domain.ErrNotInPipeline }

var _ = ask(
	Question{"pipeline-enters-by-decision", "an entry of the pipeline came by no decision of the pipeline, or one of another proposal", `
		SELECT e.ref FROM pipeline_entries e JOIN decisions d ON d.id = e.decision WHERE d.kind <> 'pipeline' OR d.proposal IS DISTINCT FROM e.proposal OR e.entered_at < d.adopted_at`},
	Question{"pipeline-has-a-proposal-once", "a proposal stands in the pipeline twice", `
		SELECT proposal::text FROM pipeline_entries e WHERE proposal IS NOT NULL AND NOT EXISTS (SELECT FROM pipeline_leavings l WHERE l.entry = e.id)
		GROUP BY proposal HAVING count(*) > 1`},
	Question{"pipeline-moves-are-made", "a decision to enter the pipeline, or to leave it, did not", `
		SELECT d.number FROM decisions d LEFT JOIN pipeline_moves m ON m.question = d.question
		LEFT JOIN pipeline_entries e ON e.decision = d.id LEFT JOIN pipeline_leavings l ON l.decision = d.id AND l.entry = m.entry
		WHERE d.kind = 'pipeline' AND (m.move = 'leave' AND l.entry IS NULL OR m.move = 'enter' AND e.id IS NULL)`},
	Question{"granted-is-off-the-pipeline", "a programme with a grant stands in the pipeline", `
		SELECT e.ref FROM pipeline_entries e JOIN decisions d ON d.proposal = e.proposal AND d.kind = 'grant'
		WHERE NOT EXISTS (SELECT FROM pipeline_leavings l WHERE l.entry = e.id)`},
	Question{"entries-say-something", "an entry of the pipeline has neither a proposal nor facts", `
		SELECT ref FROM pipeline_entries e WHERE (proposal IS NULL) <> EXISTS (SELECT FROM pipeline_facts f WHERE f.entry = e.id)`},
)

package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// EditionFile is an edition with what differs since: between it and today's list.
type EditionFile struct {
	domain.Edition
	Since domain.PipelineDifference
}

// Editions lists what was published of the pipeline, the newest first.
func (s *Store) Editions(ctx context.Context, by domain.Actor) ([]domain.Edition, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Edition, error) { return t.editions(`true ORDER BY n DESC`) })
}

// Edition opens one, and compares it with the list of today.
func (s *Store) Edition(ctx context.Context, by domain.Actor, n int) (f EditionFile, err error) {
	return read(ctx, s, by, func(t *tx) (EditionFile, error) {
		list, err := t.editions(`n = ?`, n)
		if err != nil {
			return f, err
		}
		if len(list) == 0 {
			return f, domain.ErrMissing
		}
		f.Edition = list[0]
		now, err := t.pipelineFiles(standingEntries)
		if err != nil {
			return f, err
		}
		gone, err := t.gone(time.Time{}) // an entry leaves once
		if err != nil {
			return f, err
		}
		byRef := map[string]domain.PipelineGone{}
		for _, g := range gone {
			byRef[g.Ref] = g
		}
		f.Since = domain.Since(f.Says.Entries, linesOf(now), byRef)
		return f, nil
	})
}

func linesOf(files []PipelineFile) (lines []domain.PipelineLine) {
	for _, f := range files {
		lines = append(lines, f.Line)
	}
	return lines
}

// PublishPipeline freezes today's list as the next edition.
func (s *Store) PublishPipeline(ctx context.Context, by Ask, foreword, language string) (domain.Edition, error) {
	return act(ctx, s, by, "pipeline.publish", func(t *tx) (domain.Edition, error) {
		n, err := t.next("pipeline-edition")
		if err != nil {
			return domain.Edition{}, err
		}
		t.on("pipeline-edition", n)
		before, err := t.editions(`n = ?`, n-1)
		if err != nil {
			return domain.Edition{}, err
		}
		left, err := t.gone(first(before).At)
		if err != nil {
			return domain.Edition{}, err
		}
		now, err := t.pipelineFiles(standingEntries)
		if err != nil {
			return domain.Edition{}, err
		}
		e, err := domain.Publish(t.by, int(n), t.today().Format(time.DateOnly), t.charter, foreword, language, linesOf(now), left, t.now)
		if err != nil {
			return domain.Edition{}, err
		}
		t.changed("entries", len(now))
		return e, t.Exec(`INSERT INTO pipeline_editions (n, published_on, content, content_hash, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			e.N, e.PublishedOn, string(e.Content), e.Hash, e.Person, e.At).Error
	})
}

// gone are the entries that left after an instant, in that order.
func (t *tx) gone(after time.Time) (list []domain.PipelineGone, err error) {
	entries, err := t.pipelined(`l.at > ? ORDER BY l.at, e.ref`, after)
	for _, e := range entries {
		list = append(list, domain.PipelineGone{Ref: e.Ref, Title: e.Facts.Title, Language: e.Facts.Language, On: t.charter.Day(*e.LeftAt).Format(time.DateOnly), By: e.LeftBy, Why: e.LeftWhy})
	}
	return list, err
}

// LeftPipeline lists what ever left the pipeline, the last first.
func (s *Store) LeftPipeline(ctx context.Context, by domain.Actor) ([]domain.PipelineGone, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.PipelineGone, error) {
		list, err := t.gone(time.Time{})
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
		return list, err
	})
}

func (t *tx) editions(condition string, args ...any) ([]domain.Edition, error) {
	rows, err := t.Raw(`SELECT n, to_char(published_on, 'YYYY-MM-DD'), content, content_hash, person, at FROM pipeline_editions WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Edition
	for rows.Next() {
		var e domain.Edition
		var content string
		var person uuid.UUID
		if err := rows.Scan(&e.N, &e.PublishedOn, &content, &e.Hash, &person, &e.At); err != nil {
			return nil, err
		}
		e.Content, e.Person = []byte(content), person
		if err := e.Reads(); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

var _ = ask(
	Question{"editions-are-dense", "an edition of the pipeline is missing", `
		SELECT n::text FROM (SELECT n, row_number() OVER (ORDER BY n) AS place FROM pipeline_editions) x WHERE n <> place`},
	Question{"editions-hash", "an edition of the pipeline is not what was hashed", `
		SELECT n::text FROM pipeline_editions WHERE content_hash <> sha256(convert_to(content, 'UTF8')) OR (content::jsonb->>'edition')::integer <> n`},
)

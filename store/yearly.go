package store

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"startupfund/domain"
)

// YearlyFile is the review of a year as a reader sees it: as it was closed, or, of
// version 0, as it stands now.
type YearlyFile struct {
	domain.YearlyReview
	Figures domain.YearlyRecord
	Silent  []domain.Sitting // seats that have not commented, while it is open
	May     []string
}

// YearlyLine is a year with how far its review is.
type YearlyLine struct {
	Year     int
	State    domain.YearlyState
	Versions int
	Comments int // of the last opening
}

// OpenYearly lets members comment on a year.
func (s *Store) OpenYearly(ctx context.Context, by Ask, year int) (int, error) {
	return s.onYearly(ctx, by, "yearly-review.open", year, func(t *tx, y domain.YearlyReview) error {
		o, err := y.Open(by.Actor, t.now)
		if err != nil {
			return err
		}
		t.changed("version", o.N)
		return t.Exec(`INSERT INTO yearly_openings (year, n, person, at) VALUES (?, ?, ?, ?)`, year, o.N, o.By, o.At).Error
	})
}

// CommentYearly puts on record what a seat has to say of a year.
func (s *Store) CommentYearly(ctx context.Context, by Ask, year int, language, text string) (int, error) {
	return s.onYearly(ctx, by, "yearly-review.comment", year, func(t *tx, y domain.YearlyReview) error {
		sitting, err := t.sitting(t.today())
		if err != nil {
			return err
		}
		c, err := y.Comment(by.Actor, language, text, sitting, t.now)
		if err != nil {
			return err
		}
		t.changed("comment", c.N)
		return t.Exec(`INSERT INTO yearly_comments (id, year, opening, n, seat, organisation, language, text, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, year, len(y.Openings), c.N, c.Seat, by.Hat.Organisation, c.Language, c.Text, c.By, c.At).Error
	})
}

// CloseYearly freezes the figures and the comments of a year.
func (s *Store) CloseYearly(ctx context.Context, by Ask, year int) (int, error) {
	return s.onYearly(ctx, by, "yearly-review.close", year, func(t *tx, y domain.YearlyReview) error {
		figures, err := t.yearlyFigures(y)
		if err != nil {
			return err
		}
		c, err := y.Close(by.Actor, figures, t.now)
		if err != nil {
			return err
		}
		t.changed("version", c.N)
		t.changed("sha256", hex.EncodeToString(c.Hash))
		return t.Exec(`INSERT INTO yearly_closings (year, n, record, record_hash, person, at) VALUES (?, ?, ?, ?, ?, ?)`, year, c.N, string(c.Record), c.Hash, c.By, c.At).Error
	})
}

// onYearly is an act on the review of a year; one at a time.
func (s *Store) onYearly(ctx context.Context, by Ask, name string, year int, do func(*tx, domain.YearlyReview) error) (int, error) {
	return act(ctx, s, by, name, func(t *tx) (int, error) {
		t.on("yearly-review", year)
		if err := t.Exec(`SELECT pg_advisory_xact_lock(hashtextextended('yearly-review', ?))`, year).Error; err != nil {
			return year, err
		}
		y, err := t.yearly(year)
		if err != nil {
			return year, err
		}
		return year, do(t, y)
	})
}

// YearlyReviews lists the years of the fund with how far their reviews are, the last
// first; none to who does not read them.
func (s *Store) YearlyReviews(ctx context.Context, by domain.Actor) ([]YearlyLine, error) {
	return read(ctx, s, by, func(t *tx) ([]YearlyLine, error) {
		list := []YearlyLine{}
		if err := t.readsYearly(); errors.Is(err, domain.ErrMissing) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		first := t.today().Year() - 1
		if err := t.Raw(`SELECT least(?::int, (SELECT min(year) FROM yearly_openings),
			(SELECT extract(year FROM min(opened_at))::int FROM meetings), (SELECT extract(year FROM min(adopted_at))::int FROM decisions))`, first).Row().Scan(&first); err != nil {
			return nil, err
		}
		for year := t.today().Year(); year >= first; year-- {
			y, err := t.yearly(year)
			if err != nil {
				return nil, err
			}
			list = append(list, YearlyLine{year, y.State(), len(y.Closings), len(y.Comments)})
		}
		return list, nil
	})
}

// Yearly opens the review of a year: the version closed under a number; of 0 the last
// one, or as it stands now where it is not closed.
func (s *Store) Yearly(ctx context.Context, by domain.Actor, year, version int) (YearlyFile, error) {
	return read(ctx, s, by, func(t *tx) (f YearlyFile, err error) {
		if err := t.readsYearly(); err != nil {
			return f, err
		}
		if f.YearlyReview, err = t.yearly(year); err != nil {
			return f, err
		}
		if f.Reviewable(t.now) != nil {
			return f, domain.ErrMissing
		}
		if version == 0 && f.State() == domain.YearlyClosed {
			version = len(f.Closings)
		}
		switch {
		case version > len(f.Closings):
			return f, domain.ErrMissing
		case version > 0:
			f.Figures, err = domain.ReadYearly(f.Closings[version-1].Record)
		default:
			if f.Figures, err = t.yearlyFigures(f.YearlyReview); err == nil {
				f.Figures.Comments = append(f.Figures.Comments, f.Comments...)
			}
		}
		if err != nil {
			return f, err
		}
		seen, err := t.sightOf(f.Figures.Items)
		if err != nil {
			return f, err
		}
		f.Figures = f.Figures.ReadBy(seen)
		sitting, err := t.sitting(t.today())
		if err != nil {
			return f, err
		}
		f.Silent, f.May = f.YearlyReview.Silent(sitting), f.YearlyReview.May(t.by, sitting, t.now)
		return f, nil
	})
}

// readsYearly refuses who is neither of the body, its secretariat and auditors, nor of the
// Executive Committee today.
func (t *tx) readsYearly() error {
	if t.by.Hat.Role != domain.PUNO {
		return nil
	}
	committee, err := t.committee(t.charter, `organisation = ?`, t.by.Hat.Organisation)
	if err == nil && !domain.ReadsYearly(t.by, committee, t.today()) {
		err = domain.ErrMissing
	}
	return err
}

// sightOf is how much of each item by sees.
func (t *tx) sightOf(items []domain.YearlyItem) (sights, error) {
	seen := sights{}
	for _, x := range items {
		i, err := t.item(x.Question, false)
		if err != nil {
			return nil, err
		}
		seen[x.Question] = i.SightOf(t.by)
	}
	return seen, nil
}

// yearly loads the review of a year, of which there may be nothing yet.
func (t *tx) yearly(year int) (y domain.YearlyReview, err error) {
	y.Year, y.Charter = year, t.charter
	if err := t.Raw(`SELECT extract(year FROM min(effective_from))::int FROM charters`).Row().Scan(&y.First); err != nil {
		return y, err
	}
	if err := t.each(`SELECT n, person, at FROM yearly_openings WHERE year = ? ORDER BY n`, func(scan func(...any) error) error {
		var o domain.YearlyOpening
		err := scan(&o.N, &o.By, &o.At)
		y.Openings = append(y.Openings, o)
		return err
	}, year); err != nil {
		return y, err
	}
	if err := t.each(`SELECT n, record, record_hash, person, at FROM yearly_closings WHERE year = ? ORDER BY n`, func(scan func(...any) error) error {
		var c domain.YearlyClosing
		err := scan(&c.N, &c.Record, &c.Hash, &c.By, &c.At)
		y.Closings = append(y.Closings, c)
		return err
	}, year); err != nil {
		return y, err
	}
	return y, t.each(`SELECT c.id, c.n, c.seat, o.code, c.language, c.text, c.person, c.at FROM yearly_comments c JOIN organisations o ON o.id = c.organisation
		WHERE c.year = ? AND c.opening = ? ORDER BY c.n`, func(scan func(...any) error) error {
		var c domain.YearlyComment
		err := scan(&c.ID, &c.N, &c.Seat, &c.Organisation, &c.Language, &c.Text, &c.By, &c.At)
		c.At = c.At.UTC()
		y.Comments = append(y.Comments, c)
		return err
	}, year, len(y.Openings))
}

// uncommented are the open reviews on which by's seat has said nothing.
func (t *tx) uncommented() (list []domain.Task, err error) {
	years, err := pairs[int, time.Time](t.Raw(`SELECT o.year, max(o.at) FROM yearly_openings o WHERE NOT EXISTS (SELECT FROM yearly_closings c WHERE c.year = o.year AND c.n = o.n) GROUP BY o.year`).Rows())
	if err != nil || len(years) == 0 {
		return nil, err
	}
	sitting, err := t.sitting(t.today())
	if err != nil {
		return nil, err
	}
	for year, since := range years {
		y, err := t.yearly(year)
		if err != nil {
			return nil, err
		}
		if y.Awaits(t.by, sitting) {
			list = append(list, yearlyTask(year, since).Waits(t.by.Hat.Role, y.May(t.by, sitting, t.now))...)
		}
	}
	return list, nil
}

var _ = ask(
	Question{"yearly-reviews-open-once", "a review of a year was opened again before it was closed, or closed before it was opened", `
		SELECT o.year || '/' || o.n FROM yearly_openings o LEFT JOIN yearly_closings b ON b.year = o.year AND b.n = o.n - 1 LEFT JOIN yearly_closings c ON c.year = o.year AND c.n = o.n
		WHERE o.n > 1 AND (b.n IS NULL OR b.at > o.at) OR c.at < o.at`},
	Question{"yearly-comments-in-time", "a comment on a year stands outside the time in which it was open", `
		SELECT c.year || '/' || c.opening || '/' || c.n FROM yearly_comments c JOIN yearly_openings o ON o.year = c.year AND o.n = c.opening
		LEFT JOIN yearly_closings x ON x.year = c.year AND x.n = c.opening WHERE c.at < o.at OR c.at > x.at`},
	Question{"yearly-records-say-the-comments", "a closed review does not have the comments that were made, or counts other decisions than were taken", `
		SELECT x.year || '/' || x.n FROM yearly_closings x WHERE jsonb_array_length(x.record::jsonb->'comments')
			<> (SELECT count(*) FROM yearly_comments c WHERE c.year = x.year AND c.opening = x.n)
		OR (SELECT coalesce(sum((d->>'n')::int), 0) FROM jsonb_array_elements(x.record::jsonb->'decisions') d)
			<> (SELECT count(*) FROM decisions d WHERE extract(year FROM d.adopted_at AT TIME ZONE (SELECT time_zone FROM charters WHERE version = (x.record::jsonb->>'charter_version')::int)) = x.year AND d.adopted_at <= x.at)`},
)

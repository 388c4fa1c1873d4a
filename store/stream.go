package store

import (
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// Course is the way of the money up to a day, and how it grew.
type Course struct {
	AsOf    time.Time
	Streams []domain.Stream
	Names   map[domain.Place]string // of contributors, organisations and programmes
	Months  []Month
}

// Month is what had come and gone, from the beginning, by the last booking of a
// month in which something did: the lines "contributions" and "transfers" of the
// Funding Status on that day.
type Month struct {
	On                       time.Time
	Contributions, Transfers ledger.Money
}

// Course reads the way of the money as of a day, from postings alone; the zero day
// is today. Names are those of a reader's language.
func (s *Store) Course(ctx context.Context, by domain.Actor, asOf time.Time, language string) (Course, error) {
	return read(ctx, s, by, func(t *tx) (Course, error) {
		if asOf.IsZero() {
			asOf = t.today()
		}
		c := Course{AsOf: asOf, Names: map[domain.Place]string{}}
		flows, err := t.flows(asOf)
		if err != nil {
			return Course{}, err
		}
		list, err := t.programmes(`true`)
		if err != nil {
			return Course{}, err
		}
		area := map[string]string{}
		for _, p := range list {
			area[p.Code] = p.Area
			c.Names[domain.Place{Kind: domain.PlaceProgramme, Code: p.Code}] = p.Title
		}
		c.Streams = domain.Streams(t.currency(), flows, func(programme string) domain.Place {
			if key := area[programme]; key != "" {
				return domain.Place{Kind: domain.PlaceArea, Code: key}
			}
			return domain.Place{Kind: domain.PlaceProgramme, Code: programme}
		})
		if c.Months, err = t.months(asOf); err != nil {
			return Course{}, err
		}
		names, err := shortNames[string](t, "code", language)
		for code, short := range names {
			c.Names[domain.Place{Kind: domain.PlaceContributor, Code: code}] = short
			c.Names[domain.Place{Kind: domain.PlaceOrganisation, Code: code}] = short
		}
		return c, err
	})
}

// months adds up, month by month, what the Funding Status counts.
func (t *tx) months(asOf time.Time) ([]Month, error) {
	in, _ := domain.StatementLine("contributions")
	out, _ := domain.StatementLine("transfers")
	inSum, args := summed(in.Patterns)
	outSum, more := summed(out.Patterns)
	rows, err := t.Raw(`SELECT max(on_day), sum(`+inSum+`), sum(`+outSum+`) FROM (`+directed+`) d
		GROUP BY date_trunc('month', on_day) HAVING sum(`+inSum+`) <> 0 OR sum(`+outSum+`) <> 0 ORDER BY 1`,
		slices.Concat(args, more, []any{asOf}, args, more)...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Month
	received, sent := ledger.Zero(t.currency()), ledger.Zero(t.currency())
	for rows.Next() {
		var on time.Time
		var in, out decimal.Decimal
		if err := rows.Scan(&on, &in, &out); err != nil {
			return nil, err
		}
		received, sent = received.Add(ledger.New(in, t.currency())), sent.Add(ledger.New(out, t.currency()))
		list = append(list, Month{on, received, sent})
	}
	return list, rows.Err()
}

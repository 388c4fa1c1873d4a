package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// Fund is what this database keeps: one fund.
type Fund struct {
	Code, Name string
	Currency   ledger.Currency
	Example    bool   // invented, and said to be on every page
	Founded    bool   // false until it is set up
	Zone       string // IANA, in which its days begin and deadlines fall
	names      charter.Names
}

// NameIn is the fund's name in a language: the charter's, unless it was founded
// under a name of its own.
func (f Fund) NameIn(language string) string {
	if f.Name == f.names.In("en") {
		return f.names.In(language)
	}
	return f.Name
}

// Fund tells what is kept here. Before the fund is set up it has the charter's
// name and is not Founded.
func (s *Store) Fund(ctx context.Context) (Fund, error) {
	return read(ctx, s, domain.Actor{}, func(t *tx) (Fund, error) { return t.fund() })
}

func (t *tx) fund() (Fund, error) {
	c := t.charter.Fund
	f := Fund{Code: c.ShortCode.Value, Name: c.Name.Value.In("en"), Currency: c.Currency.Value.Currency, Zone: c.TimeZone.Value.String(), names: c.Name.Value}
	err := t.Raw(`SELECT code, name, currency, example FROM fund`).Row().Scan(&f.Code, &f.Name, &f.Currency, &f.Example)
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil
	}
	f.Founded = err == nil
	return f, err
}

// Today is the day it is in the fund's zone, by the clock that its acts go by.
func (s *Store) Today(ctx context.Context, by domain.Actor) (time.Time, error) {
	return read(ctx, s, by, func(t *tx) (time.Time, error) { return t.today(), nil })
}

// Instant is what it is now by the fund's clock.
func (s *Store) Instant(ctx context.Context, by domain.Actor) (time.Time, error) {
	return read(ctx, s, by, func(t *tx) (time.Time, error) { return t.now, nil })
}

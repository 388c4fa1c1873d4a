package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// ImportedRates is what became of a file of operational rates.
type ImportedRates struct {
	File      uuid.UUID
	Added     int // for a currency and a day that no file had
	Corrected int // another rate than an earlier file said for that day
	Known     int
}

// ImportRates keeps a monthly file of the UN operational rates; hash is its SHA-256. What
// is known already is not kept again, and a file of nothing else leaves no trace.
func (s *Store) ImportRates(ctx context.Context, by Ask, hash []byte, rates []domain.OperationalRate) (ImportedRates, error) {
	return act(ctx, s, by, "rate.import", func(t *tx) (ImportedRates, error) {
		file := uuid.New()
		t.on("rate-file", file)
		if _, err := t.next("rate-files"); err != nil { // one file after another: what is known stays so until the end
			return ImportedRates{}, err
		}
		known, err := t.rates(`true`)
		if err != nil {
			return ImportedRates{}, err
		}
		added, corrected := domain.NewRates(rates, known)
		in := ImportedRates{file, len(added), len(corrected), len(rates) - len(added) - len(corrected)}
		t.changed("added", in.Added)
		t.changed("corrected", in.Corrected)
		return in, t.keepRates(file, hash, append(added, corrected...))
	})
}

func (t *tx) keepRates(file uuid.UUID, hash []byte, rates []domain.OperationalRate) error {
	if len(rates) == 0 {
		return nil
	}
	type row struct {
		Currency ledger.Currency `json:"currency"`
		On       string          `json:"effective_on"`
		Rate     string          `json:"per_usd"`
	}
	list := make([]row, len(rates))
	for i, r := range rates {
		list[i] = row{r.Currency, day(r.EffectiveOn), r.PerUSD.String()}
		if places := -r.PerUSD.Exponent(); places > 0 {
			list[i].Rate = r.PerUSD.StringFixed(places) // as the file writes it
		}
	}
	wire, err := json.Marshal(list)
	if err != nil {
		return err
	}
	if err := t.Exec(`INSERT INTO rate_files (id, hash, rates, person, at) VALUES (?, ?, ?, ?, ?)`, file, hash, len(rates), t.by.Person, t.now).Error; err != nil {
		return err
	}
	return t.Exec(`INSERT INTO operational_rates (currency, effective_on, n, per_usd, file)
		SELECT x.currency, x.effective_on, 1 + (SELECT count(*) FROM operational_rates o WHERE o.currency = x.currency AND o.effective_on = x.effective_on), x.per_usd, ?
		FROM jsonb_to_recordset(?::jsonb) AS x (currency text, effective_on date, per_usd numeric)`, file, string(wire)).Error
}

// rates loads the last of each currency and day that meet the condition on r.
func (t *tx) rates(condition string, args ...any) ([]domain.OperationalRate, error) {
	return t.scanRates(`SELECT r.currency, r.effective_on, r.per_usd::text, r.file, f.at, false FROM operational_rates r JOIN rate_files f ON f.id = r.file
		WHERE NOT EXISTS (SELECT FROM operational_rates l WHERE l.currency = r.currency AND l.effective_on = r.effective_on AND l.n > r.n)
		AND `+condition+` ORDER BY r.currency, r.effective_on DESC`, args...)
}

func (t *tx) scanRates(sql string, args ...any) (list []domain.OperationalRate, err error) {
	err = t.each(sql, func(scan func(...any) error) error {
		var r domain.OperationalRate
		var currency, rate string
		if err := scan(&currency, &r.EffectiveOn, &rate, &r.File, &r.ImportedAt, &r.Replaced); err != nil {
			return err
		}
		var err error
		r.Currency, r.ImportedAt = ledger.Currency(currency), r.ImportedAt.UTC()
		r.PerUSD, err = decimal.NewFromString(rate)
		list = append(list, r)
		return err
	}, args...)
	return list, err
}

// rateBefore is the last rate of a currency that a file said for a day or before it in its
// month; none where there is none, which domain.OperationalRate.Holds tells.
func (t *tx) rateBefore(c ledger.Currency, on time.Time) (domain.OperationalRate, error) {
	if c == t.currency() {
		return domain.OperationalRate{}, nil
	}
	list, err := t.rates(`r.currency = ? AND r.effective_on BETWEEN date_trunc('month', ?::date) AND ?`, string(c), day(on), day(on)) // the latest first
	return first(list), err
}

// OperationalRates are the rates in force on a day, one for each currency known then; the
// zero day is today.
func (s *Store) OperationalRates(ctx context.Context, by domain.Actor, on time.Time) ([]domain.OperationalRate, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.OperationalRate, error) {
		if on.IsZero() {
			on = t.today()
		}
		return t.rates(`NOT EXISTS (SELECT FROM operational_rates l WHERE l.currency = r.currency AND l.effective_on > r.effective_on AND l.effective_on <= ?)
			AND r.effective_on <= ?`, day(on), day(on))
	})
}

// RatesOf are all that the files said of a currency, the latest day first; of one day the
// one that holds first.
func (s *Store) RatesOf(ctx context.Context, by domain.Actor, c ledger.Currency) ([]domain.OperationalRate, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.OperationalRate, error) {
		return t.scanRates(`SELECT r.currency, r.effective_on, r.per_usd::text, r.file, f.at,
				EXISTS (SELECT FROM operational_rates l WHERE l.currency = r.currency AND l.effective_on = r.effective_on AND l.n > r.n)
			FROM operational_rates r JOIN rate_files f ON f.id = r.file WHERE r.currency = ? ORDER BY r.effective_on DESC, r.n DESC`, string(c))
	})
}

var _ = ask(
	Question{"rates-are-counted", "the rates of a currency for a day do not count from one, or a file kept another number of rates than it says", `
		SELECT currency || ' ' || effective_on FROM operational_rates GROUP BY currency, effective_on HAVING max(n) <> count(*)
		UNION ALL SELECT f.id::text FROM rate_files f LEFT JOIN operational_rates r ON r.file = f.id GROUP BY f.id HAVING f.rates <> count(r.file)`},
)

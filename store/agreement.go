package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// RecordAgreement keeps a signed agreement and its instalments. It numbers
// "SAA-2026-01", densely, by the year in which it is recorded.
func (s *Store) RecordAgreement(ctx context.Context, by Ask, a domain.Agreement, feeRate string) (domain.Agreement, error) {
	return act(ctx, s, by, "agreement.record", func(t *tx) (domain.Agreement, error) {
		none := domain.Agreement{}
		t.on("agreement", a.ID)
		code, err := t.organisationCode(a.Contributor, "/contributor")
		if err != nil {
			return none, err
		}
		a.ContributorCode = code
		if a.FeeRate, err = domain.FeeRate(feeRate, t.charter); err != nil {
			return none, err
		}
		rate, err := t.rateBefore(a.Amount.Currency, a.SignedOn)
		if err != nil {
			return none, err
		}
		if a, err = a.Sign(t.charter, t.currency(), rate, t.today()); err != nil {
			return none, err
		}
		n, err := t.next(fmt.Sprintf("SAA-%d", t.today().Year()))
		if err != nil {
			return none, err
		}
		a.Ref = fmt.Sprintf("SAA-%d-%02d", t.today().Year(), n)
		t.changed("ref", a.Ref)
		t.changed("amount", a.Amount)
		return a, t.insertAgreement(a)
	})
}

func (t *tx) insertAgreement(a domain.Agreement) error {
	type instalment struct {
		N      int    `json:"n"`
		DueOn  string `json:"due_on"`
		Amount string `json:"amount"`
	}
	list := make([]instalment, len(a.Instalments))
	for i, p := range a.Instalments {
		list[i] = instalment{i + 1, p.DueOn.Format(time.DateOnly), p.Amount.Text()}
	}
	schedule, err := json.Marshal(list)
	if err != nil {
		return err
	}
	var valued, rate, rateOn *string
	if a.Amount.Currency != t.currency() {
		valued, rate, rateOn = ptr(a.Valued.Text()), ptr(a.Rate.String()), ptr(day(a.RateOn))
	}
	return t.Exec(`WITH a AS (
			INSERT INTO agreements (id, ref, contributor, amount, currency, earmark, fee_rate, signed_on, document, charter_version, version, created_at, valued, rate, rate_on)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id)
		INSERT INTO agreement_instalments (agreement, n, due_on, amount)
			SELECT a.id, i.n, i.due_on, i.amount FROM a, jsonb_to_recordset(?::jsonb) AS i (n integer, due_on date, amount numeric)`,
		a.ID, a.Ref, a.Contributor, a.Amount.Text(), string(a.Amount.Currency), a.Earmark, a.FeeRate.String(), a.SignedOn, a.Document,
		a.CharterVersion, a.Version, t.now, valued, rate, rateOn, string(schedule)).Error
}

// organisationCode is the code of an organisation that a request named at field;
// one that does not exist is refused there.
func (t *tx) organisationCode(id uuid.UUID, field string) (code string, err error) {
	var known bool
	err = t.Raw(`SELECT coalesce(max(code), ''), count(*) > 0 FROM organisations WHERE id = ?`, id).Row().Scan(&code, &known)
	if err == nil && !known {
		err = domain.ErrUnknownWord.With("given", id.String()).At(field)
	}
	return code, err
}

// Agreement is one of those within reach, with its schedule.
func (s *Store) Agreement(ctx context.Context, by domain.Actor, id uuid.UUID) (domain.Agreement, error) {
	return read(ctx, s, by, func(t *tx) (domain.Agreement, error) {
		list, err := t.agreements(`a.id = ?`, 1, id)
		if err != nil {
			return domain.Agreement{}, err
		}
		if len(list) == 0 || !by.Reaches(list[0].Contributor) {
			return domain.Agreement{}, domain.ErrMissing
		}
		return list[0], nil
	})
}

// Agreements lists those within reach, by reference.
func (s *Store) Agreements(ctx context.Context, by domain.Actor, w Window) (Page[domain.Agreement], error) {
	return read(ctx, s, by, func(t *tx) (Page[domain.Agreement], error) {
		list, err := t.agreements(`a.ref > ? AND (? OR a.contributor = ?)`, w.fetch(), w.After, by.Scope == domain.Any, by.Hat.Organisation)
		return pageOf(w, list, func(a domain.Agreement) string { return a.Ref }), err
	})
}

// stands are the deposits of an agreement that nothing undid.
const stands = `d.agreement = a.id AND NOT EXISTS (SELECT FROM vouchers v WHERE v.reverses = d.voucher)`

const agreementColumns = `a.id, a.ref, a.contributor, o.code, a.amount, a.currency, a.earmark, a.fee_rate, a.signed_on, a.document, a.charter_version, a.version,
	coalesce(a.valued, a.amount), a.rate::text, a.rate_on`

func (t *tx) agreements(condition string, limit int, args ...any) ([]domain.Agreement, error) {
	list, err := t.scanAgreements(`SELECT `+agreementColumns+`,
			coalesce((SELECT sum(d.amount) FROM deposits d WHERE `+stands+`), 0),
			coalesce((SELECT json_agg(json_build_array(d.received_on, coalesce(d.counted, d.amount)::text) ORDER BY d.received_on, d.at, d.id) FROM deposits d WHERE `+stands+`), '[]'),
			coalesce((SELECT json_agg(json_build_array(i.due_on, i.amount::text) ORDER BY i.n) FROM agreement_instalments i WHERE i.agreement = a.id), '[]')
		FROM agreements a JOIN organisations o ON o.id = a.contributor WHERE `+condition+` ORDER BY a.ref LIMIT ?`, append(args, limit)...)
	for i, a := range list {
		rules, err := t.charterOf(a.CharterVersion)
		if err != nil {
			return nil, err
		}
		list[i].Open = rules.Agent.OverCommitment.Value == charter.OverAccepted
	}
	return list, err
}

func (t *tx) scanAgreements(sql string, args ...any) (list []domain.Agreement, err error) {
	err = t.each(sql, func(scan func(...any) error) error {
		var credited decimal.Decimal
		var payments, schedule []byte
		a, err := t.scanAgreement(func(into ...any) error { return scan(append(into, &credited, &payments, &schedule)...) })
		if err != nil {
			return err
		}
		a.Credited, a.Deposited = ledger.New(credited, t.currency()), ledger.Zero(a.Amount.Currency)
		if err := dated(payments, a.Amount.Currency, func(on time.Time, m ledger.Money) {
			a.Payments, a.Deposited = append(a.Payments, domain.PaidIn{On: on, Amount: m}), a.Deposited.Add(m)
		}); err != nil {
			return err
		}
		if err := dated(schedule, a.Amount.Currency, func(on time.Time, m ledger.Money) {
			a.Instalments = append(a.Instalments, domain.Instalment{DueOn: on, Amount: m})
		}); err != nil {
			return err
		}
		a.SetOffs = a.SetOff(t.today())
		list = append(list, a)
		return nil
	}, args...)
	return list, err
}

// scanAgreement reads agreementColumns.
func (t *tx) scanAgreement(scan func(...any) error) (a domain.Agreement, err error) {
	var amount, valued decimal.Decimal
	var currency string
	var rate sql.NullString
	var rateOn sql.NullTime
	err = scan(&a.ID, &a.Ref, &a.Contributor, &a.ContributorCode, &amount, &currency, &a.Earmark, &a.FeeRate, &a.SignedOn, &a.Document,
		&a.CharterVersion, &a.Version, &valued, &rate, &rateOn)
	if err != nil {
		return a, err
	}
	a.Amount, a.Valued, a.RateOn = ledger.New(amount, ledger.Currency(currency)), ledger.New(valued, t.currency()), rateOn.Time
	if rate.Valid {
		a.Rate, err = decimal.NewFromString(rate.String)
	}
	return a, err
}

// dated reads pairs of a day and an amount.
func dated(raw []byte, c ledger.Currency, each func(time.Time, ledger.Money)) error {
	var pairs [][2]string
	if err := json.Unmarshal(raw, &pairs); err != nil {
		return err
	}
	for _, p := range pairs {
		on, err := time.Parse(time.DateOnly, p[0])
		if err != nil {
			return err
		}
		amount, err := decimal.NewFromString(p[1])
		if err != nil {
			return err
		}
		each(on, ledger.New(amount, c))
	}
	return nil
}

// Contribution is what a contributor committed and what it deposited in a year:
// two figures that are never summed.
type Contribution struct {
	Contributor string // its code
	Name        string
	Year        int
	Committed   ledger.Money // by the day of signature; another currency at the UN rate of that day
	Deposited   ledger.Money // from postings, by the day of booking, reversals taken off
}

// Contributions lists commitments and deposits by contributor and year, up to and
// on asOf; the zero day is today.
func (s *Store) Contributions(ctx context.Context, by domain.Actor, asOf time.Time) ([]Contribution, error) {
	return read(ctx, s, by, func(t *tx) ([]Contribution, error) {
		if asOf.IsZero() {
			asOf = t.today()
		}
		rows, err := t.Raw(`SELECT code, coalesce(max(o.name), code), year, sum(committed), sum(deposited) FROM (
				SELECT o.code, extract(year FROM a.signed_on)::int AS year, coalesce(a.valued, a.amount) AS committed, 0 AS deposited
					FROM agreements a JOIN organisations o ON o.id = a.contributor WHERE a.signed_on <= ?
				UNION ALL
				SELECT substr(account, length('income:contributions:') + 1), extract(year FROM booked_on)::int, 0, -amount
					FROM entries WHERE account LIKE 'income:contributions:%' AND booked_on <= ?) x
			LEFT JOIN organisations o USING (code) GROUP BY code, year ORDER BY year, code`, asOf, asOf).Rows()
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var list []Contribution
		for rows.Next() {
			var c Contribution
			var committed, deposited decimal.Decimal
			if err := rows.Scan(&c.Contributor, &c.Name, &c.Year, &committed, &deposited); err != nil {
				return nil, err
			}
			c.Committed, c.Deposited = ledger.New(committed, t.currency()), ledger.New(deposited, t.currency())
			list = append(list, c)
		}
		return list, rows.Err()
	})
}

var _ = ask(
	Question{"instalments-sum", "an agreement's instalments do not sum to its amount", `
		SELECT a.ref FROM agreements a LEFT JOIN agreement_instalments i ON i.agreement = a.id
		GROUP BY a.id HAVING a.amount <> coalesce(sum(i.amount), 0)`},
)

package store

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// RecordDeposit books money received under an agreement, with the agent's fee, and
// allocates of it what older decisions wait for.
// The agreement stays locked, so that two deposits at once cannot both be the one
// that fills it.
func (s *Store) RecordDeposit(ctx context.Context, by Ask, agreement uuid.UUID, r domain.Received) (domain.Deposit, error) {
	return act(ctx, s, by, "deposit.record", func(t *tx) (domain.Deposit, error) {
		none := domain.Deposit{}
		id := uuid.New()
		t.on("deposit", id)
		a, err := t.agreement(agreement)
		if err != nil {
			return none, err
		}
		d, v, err := t.deposit(id, a, r)
		if err != nil {
			return none, err
		}
		waiting, err := t.awaitedFor([]string{cmp.Or(a.Earmark, domain.Unearmarked)})
		if err != nil {
			return none, err
		}
		if err := t.post(v); err != nil {
			return none, err
		}
		if _, err := t.cover(waiting); err != nil {
			return none, err
		}
		d.Number = t.numbers[v.ID]
		t.changed("agreement", a.Ref)
		t.changed("amount", d.Amount)
		t.changed("fee", d.Fee)
		if d.Foreign() {
			t.changed("paid", d.Paid)
			t.changed("rate", d.Rate.String())
		}
		return d, t.insertDeposit(d)
	})
}

// deposit asks the rules, with the rate of the day and what may bear the difference.
func (t *tx) deposit(id uuid.UUID, a domain.Agreement, r domain.Received) (d domain.Deposit, v ledger.Voucher, err error) {
	rules, err := t.charterOf(a.CharterVersion)
	if err != nil {
		return d, v, err
	}
	rate, err := t.rateBefore(r.Amount.Currency, r.On)
	if err != nil {
		return d, v, err
	}
	var available map[string]ledger.Money
	if r.Amount.Currency != t.currency() {
		if available, err = t.availableHeld(); err != nil {
			return d, v, err
		}
	}
	return a.Deposit(id, r, rate, available, rules, t.currency(), t.today())
}

// availableHeld is what every earmark has that no decision has taken, held still.
func (t *tx) availableHeld() (map[string]ledger.Money, error) {
	now, err := t.availableNow()
	if err != nil || len(now) == 0 {
		return now, err
	}
	return t.availableOf(slices.Sorted(maps.Keys(now)))
}

func (t *tx) insertDeposit(d domain.Deposit) error {
	var paid, currency, valued, rate, rateOn, counted *string
	if d.Foreign() {
		paid, currency, valued, counted = ptr(d.Paid.Text()), ptr(string(d.Paid.Currency)), ptr(d.Valued.Text()), ptr(d.Counted.Text())
		rate, rateOn = ptr(d.Rate.String()), ptr(day(d.RateOn))
	}
	return t.Exec(`INSERT INTO deposits (id, agreement, amount, fee, currency, received_on, bank_reference, voucher, charter_version, at,
			paid, paid_currency, valued, rate, rate_on, counted, beyond)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, d.ID, d.Agreement, d.Amount.Text(), d.Fee.Text(), string(d.Amount.Currency), d.ReceivedOn,
		d.BankReference, d.Voucher, d.CharterVersion, t.now, paid, currency, valued, rate, rateOn, counted, d.Beyond).Error
}

// agreement is one, locked for the rest of the act, with what is deposited by now:
// the sum is asked after the lock is had, or it would be of before.
func (t *tx) agreement(id uuid.UUID) (domain.Agreement, error) {
	if err := t.Raw(`SELECT id FROM agreements WHERE id = ? FOR UPDATE`, id).Row().Scan(&id); err != nil {
		return domain.Agreement{}, missing(err)
	}
	return only(t.agreements(`a.id = ?`, 1, id))
}

// ReverseDeposit undoes a deposit that was no deposit. Money that a decision took
// in the meantime stays taken: then it is refused as ledger.ErrInsufficient.
func (s *Store) ReverseDeposit(ctx context.Context, by Ask, id uuid.UUID, reason string) (domain.Deposit, error) {
	return act(ctx, s, by, "deposit.reverse", func(t *tx) (domain.Deposit, error) {
		none := domain.Deposit{}
		t.on("deposit", id)
		d, err := only(t.deposits(`d.id = ?`, id))
		if err != nil {
			return none, err
		}
		posted, err := t.voucher(d.Voucher)
		if err != nil {
			return none, err
		}
		v, err := d.Reverse(posted, reason, t.today())
		if err != nil {
			return none, err
		}
		d.Reversal = &v.ID
		t.changed("reason", reason)
		return d, t.post(v)
	})
}

// Deposits are those under an agreement within reach, oldest first.
func (s *Store) Deposits(ctx context.Context, by domain.Actor, agreement uuid.UUID) ([]domain.Deposit, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Deposit, error) {
		var contributor uuid.UUID
		if err := t.Raw(`SELECT contributor FROM agreements WHERE id = ?`, agreement).Row().Scan(&contributor); err != nil {
			return nil, missing(err)
		}
		if !by.Reaches(contributor) {
			return nil, domain.ErrMissing
		}
		return t.deposits(`d.agreement = ?`, agreement)
	})
}

func (t *tx) deposits(condition string, arg any) ([]domain.Deposit, error) {
	rows, err := t.Raw(`SELECT d.id, d.agreement, d.amount, d.fee, d.received_on, d.bank_reference, d.voucher, v.number, r.id, d.charter_version,
			coalesce(d.paid, d.amount), coalesce(d.paid_currency, d.currency), coalesce(d.valued, d.amount), d.rate::text, d.rate_on, coalesce(d.counted, d.amount), g.currency, d.beyond
		FROM deposits d JOIN agreements g ON g.id = d.agreement JOIN vouchers v ON v.id = d.voucher LEFT JOIN vouchers r ON r.reverses = d.voucher
		WHERE `+condition+` ORDER BY v.number`, arg).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Deposit
	for rows.Next() {
		var d domain.Deposit
		var amount, fee, paid, valued, counted decimal.Decimal
		var rate sql.NullString
		var rateOn sql.NullTime
		var paidIn, countedIn string
		if err := rows.Scan(&d.ID, &d.Agreement, &amount, &fee, &d.ReceivedOn, &d.BankReference, &d.Voucher, &d.Number, &d.Reversal, &d.CharterVersion,
			&paid, &paidIn, &valued, &rate, &rateOn, &counted, &countedIn, &d.Beyond); err != nil {
			return nil, err
		}
		d.Amount, d.Fee, d.Valued = ledger.New(amount, t.currency()), ledger.New(fee, t.currency()), ledger.New(valued, t.currency())
		d.Paid, d.Counted, d.RateOn = ledger.New(paid, ledger.Currency(paidIn)), ledger.New(counted, ledger.Currency(countedIn)), rateOn.Time
		if rate.Valid {
			if d.Rate, err = decimal.NewFromString(rate.String); err != nil {
				return nil, err
			}
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

var _ = ask(
	Question{"deposits-are-booked", "a deposit and its voucher differ in amount, worth, fee or kind", `
		SELECT d.id::text FROM deposits d JOIN vouchers v ON v.id = d.voucher LEFT JOIN (
			SELECT voucher, sum(amount) FILTER (WHERE giver LIKE 'income:contributions:%' AND taker LIKE 'agent:%') AS amount,
				sum(amount) FILTER (WHERE taker = 'cost:agent-fee') AS fee,
				sum(CASE WHEN giver LIKE 'income:contributions:%' THEN amount WHEN taker LIKE 'income:contributions:%' THEN -amount END) AS worth
			FROM postings WHERE giver LIKE 'income:contributions:%' OR taker LIKE 'income:contributions:%' OR taker = 'cost:agent-fee' GROUP BY voucher) p ON p.voucher = d.voucher
		WHERE v.kind <> 'deposit' OR d.amount <> coalesce(p.amount, 0) OR d.fee <> coalesce(p.fee, 0) OR coalesce(d.valued, d.amount) <> coalesce(p.worth, 0)`},
	Question{"deposit-vouchers-have-deposits", "a voucher books a deposit that no agreement knows", `
		SELECT v.number::text FROM vouchers v WHERE v.kind = 'deposit' AND v.subject_kind = 'deposit'
		AND NOT EXISTS (SELECT FROM deposits d WHERE d.voucher = v.id)`},
	Question{"deposits-within-commitment", "more was deposited under an agreement than is committed, and no rule accepted it", `
		SELECT a.ref FROM agreements a JOIN deposits d ON d.agreement = a.id
		WHERE NOT d.beyond AND NOT EXISTS (SELECT FROM vouchers r WHERE r.reverses = d.voucher)
		GROUP BY a.id HAVING sum(coalesce(d.counted, d.amount)) > a.amount`},
	Question{"worth-is-at-the-rate", "what was paid or committed in another currency is not valued at the rate that stands beside it, or no file has that rate", `
		SELECT d.id::text FROM deposits d WHERE d.rate IS NOT NULL AND (d.valued <> round(d.paid / d.rate, 2)
			OR NOT EXISTS (SELECT FROM operational_rates r WHERE r.currency = d.paid_currency AND r.effective_on = d.rate_on AND r.per_usd = d.rate))
		UNION ALL SELECT a.ref FROM agreements a WHERE a.rate IS NOT NULL AND (a.valued <> round(a.amount / a.rate, 2)
			OR NOT EXISTS (SELECT FROM operational_rates r WHERE r.currency = a.currency AND r.effective_on = a.rate_on AND r.per_usd = a.rate))`},
)

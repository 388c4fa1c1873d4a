package store

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// RecordDeposit books money received under an agreement, with the agent's fee, and
// allocates of it what older decisions wait for.
// The agreement stays locked, so that two deposits at once cannot both be the one
// that fills it.
func (s *Store) RecordDeposit(ctx context.Context, by Ask, agreement uuid.UUID, amount ledger.Money, receivedOn time.Time, bankReference string) (domain.Deposit, error) {
	return act(ctx, s, by, "deposit.record", func(t *tx) (domain.Deposit, error) {
		none := domain.Deposit{}
		id := uuid.New()
		t.on("deposit", id)
		a, err := t.agreement(agreement)
		if err != nil {
			return none, err
		}
		rules, err := t.charterOf(a.CharterVersion)
		if err != nil {
			return none, err
		}
		d, v, err := a.Deposit(id, amount, receivedOn, bankReference, rules, t.today())
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
		return d, t.Exec(`INSERT INTO deposits (id, agreement, amount, fee, currency, received_on, bank_reference, voucher, charter_version, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, d.ID, d.Agreement, d.Amount.Text(), d.Fee.Text(), string(d.Amount.Currency), d.ReceivedOn,
			d.BankReference, d.Voucher, d.CharterVersion, t.now).Error
	})
}

// agreement is one, locked for the rest of the act, with what is deposited by now:
// the sum is asked after the lock is had, or it would be of before.
func (t *tx) agreement(id uuid.UUID) (domain.Agreement, error) {
	var a domain.Agreement
	var amount, deposited decimal.Decimal
	err := t.Raw(`SELECT `+agreementColumns+` FROM agreements a JOIN organisations o ON o.id = a.contributor WHERE a.id = ? FOR UPDATE OF a`, id).Row().
		Scan(&a.ID, &a.Ref, &a.Contributor, &a.ContributorCode, &amount, &a.Earmark, &a.FeeRate, &a.SignedOn, &a.Document, &a.CharterVersion, &a.Version)
	if err != nil {
		return a, missing(err)
	}
	err = t.Raw(`SELECT coalesce(sum(d.amount), 0) FROM deposits d WHERE d.agreement = ?
		AND NOT EXISTS (SELECT FROM vouchers v WHERE v.reverses = d.voucher)`, id).Row().Scan(&deposited)
	a.Amount, a.Deposited = ledger.New(amount, t.currency()), ledger.New(deposited, t.currency())
	return a, err
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
	rows, err := t.Raw(`SELECT d.id, d.agreement, d.amount, d.fee, d.received_on, d.bank_reference, d.voucher, v.number, r.id, d.charter_version
		FROM deposits d JOIN vouchers v ON v.id = d.voucher LEFT JOIN vouchers r ON r.reverses = d.voucher
		WHERE `+condition+` ORDER BY v.number`, arg).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Deposit
	for rows.Next() {
		var d domain.Deposit
		var amount, fee decimal.Decimal
		if err := rows.Scan(&d.ID, &d.Agreement, &amount, &fee, &d.ReceivedOn, &d.BankReference, &d.Voucher, &d.Number, &d.Reversal, &d.CharterVersion); err != nil {
			return nil, err
		}
		d.Amount, d.Fee = ledger.New(amount, t.currency()), ledger.New(fee, t.currency())
		list = append(list, d)
	}
	return list, rows.Err()
}

var _ = ask(
	Question{"deposits-are-booked", "a deposit and its voucher differ in amount, fee or kind", `
		SELECT d.id::text FROM deposits d JOIN vouchers v ON v.id = d.voucher LEFT JOIN (
			SELECT voucher, sum(amount) FILTER (WHERE giver LIKE 'income:contributions:%') AS amount, sum(amount) FILTER (WHERE taker = 'cost:agent-fee') AS fee
			FROM postings WHERE giver LIKE 'income:contributions:%' OR taker = 'cost:agent-fee' GROUP BY voucher) p ON p.voucher = d.voucher
		WHERE v.kind <> 'deposit' OR d.amount <> coalesce(p.amount, 0) OR d.fee <> coalesce(p.fee, 0)`},
	Question{"deposit-vouchers-have-deposits", "a voucher books a deposit that no agreement knows", `
		SELECT v.number::text FROM vouchers v WHERE v.kind = 'deposit' AND v.subject_kind = 'deposit'
		AND NOT EXISTS (SELECT FROM deposits d WHERE d.voucher = v.id)`},
	Question{"deposits-within-commitment", "more was deposited under an agreement than is committed", `
		SELECT a.ref FROM agreements a JOIN deposits d ON d.agreement = a.id
		WHERE NOT EXISTS (SELECT FROM vouchers r WHERE r.reverses = d.voucher)
		GROUP BY a.id HAVING sum(d.amount) > a.amount`},
)

package store

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// AcknowledgeTransfer is the organisation's word that a transfer came; the zero day is today.
func (s *Store) AcknowledgeTransfer(ctx context.Context, by Ask, id uuid.UUID, version int, on time.Time, amount ledger.Money, note string) (TransferFile, error) {
	return s.step(ctx, by, "transfer.acknowledge", id, version, func(t *tx, r transferFile) (domain.TransferRequest, error) {
		if on.IsZero() {
			on = t.today()
		}
		got, err := r.Acknowledge(t.by, on, amount, note, t.now, t.today())
		if err == nil {
			t.changed("received", got.Receipt.Amount)
			t.changed("difference", got.Difference())
		}
		return got, err
	})
}

// ReturnTransfer records that the bank gave a payment back: the money is allocated again.
func (s *Store) ReturnTransfer(ctx context.Context, by Ask, id uuid.UUID, version int, on time.Time, reason string) (TransferFile, error) {
	return s.step(ctx, by, "transfer.return", id, version, func(t *tx, r transferFile) (domain.TransferRequest, error) {
		if on.IsZero() {
			on = t.today()
		}
		var sent, released ledger.Voucher
		var err error
		if r.Stage == domain.TransferSent { // the domain refuses any other by its stage
			if sent, err = t.voucher(*r.TransferVoucher); err != nil {
				return r.TransferRequest, err
			}
			if released, err = t.voucher(*r.ReleaseVoucher); err != nil {
				return r.TransferRequest, err
			}
		}
		n, err := t.nextTry(id)
		if err != nil {
			return r.TransferRequest, err
		}
		back, try, vouchers, err := r.Return(t.by, sent, released, n, on, reason, t.now, t.today())
		if err != nil {
			return back, err
		}
		if err := t.undo(id, try, vouchers...); err != nil {
			return back, err
		}
		return back, t.afterEnd(&back, r.grounds.State)
	})
}

// afterEnd gives up a payment that comes back to a programme that has ended: the money is
// available again, under the earmarks it came from.
func (t *tx) afterEnd(r *domain.TransferRequest, state domain.ProgrammeState) error {
	if state != domain.ProgrammeCancelled && state != domain.ProgrammeClosed {
		return nil
	}
	p, err := only(t.programmes(`j.id = ?`, r.Programme))
	if err != nil {
		return err
	}
	r.Stage = domain.TransferWithdrawn
	return t.free(p.Programme, r.Ref, "")
}

// TakeBackRelease undoes a release whose payment was not sent.
func (s *Store) TakeBackRelease(ctx context.Context, by Ask, id uuid.UUID, version int, reason string) (TransferFile, error) {
	return s.step(ctx, by, "transfer.take-back", id, version, func(t *tx, r transferFile) (domain.TransferRequest, error) {
		var released ledger.Voucher
		var err error
		if r.Stage == domain.TransferReleased {
			if released, err = t.voucher(*r.ReleaseVoucher); err != nil {
				return r.TransferRequest, err
			}
		}
		n, err := t.nextTry(id)
		if err != nil {
			return r.TransferRequest, err
		}
		back, try, v, err := r.TakeBack(t.by, released, n, reason, t.now, t.today())
		if err != nil {
			return back, err
		}
		return back, t.undo(id, try, v)
	})
}

func (t *tx) nextTry(request uuid.UUID) (n int, err error) {
	err = t.Raw(`SELECT 1 + count(*) FROM transfer_tries WHERE request = ?`, request).Row().Scan(&n)
	return n, err
}

// undo posts the reversals of a payment that did not stand, and keeps the try.
func (t *tx) undo(request uuid.UUID, y domain.Try, vouchers ...ledger.Voucher) error {
	if err := t.post(vouchers...); err != nil {
		return err
	}
	t.changed("reason", y.Reason)
	var begunBy *uuid.UUID
	var begunAt *time.Time
	if y.ReleaseBegun != nil {
		begunBy, begunAt = &y.ReleaseBegun.Person, &y.ReleaseBegun.At
	}
	return t.Exec(`INSERT INTO transfer_tries (request, n, prepared_by, prepared_at, release_begun_by, release_begun_at, released_by, released_at, release_voucher,
			release_reversal, sent_by, sent_on, transfer_voucher, transfer_reversal, ended_on, reason, ended_by, ended_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, request, y.N, y.Prepared.Person, y.Prepared.At, begunBy, begunAt, y.Released.Person, y.Released.At,
		y.ReleaseVoucher, y.ReleaseReversal, y.SentBy, y.SentOn, y.TransferVoucher, y.TransferReversal, y.EndedOn, y.Reason, y.Ended.Person, y.Ended.At).Error
}

// tries are a request's payments that did not stand, the first first; the names of those
// whose hands they went through join names.
func (t *tx) tries(request uuid.UUID, names map[uuid.UUID]string) (list []domain.Try, err error) {
	err = t.each(`SELECT y.n, y.prepared_by, y.prepared_at, y.release_begun_by, y.release_begun_at, y.released_by, y.released_at, y.release_voucher, y.sent_by, y.sent_on,
			y.transfer_voucher, y.ended_on, y.reason, y.ended_by, y.ended_at, y.release_reversal, y.transfer_reversal,
			(SELECT jsonb_object_agg(p.id, p.name) FROM persons p WHERE p.id IN (y.prepared_by, y.release_begun_by, y.released_by, y.sent_by, y.ended_by))::text
		FROM transfer_tries y WHERE y.request = ? ORDER BY y.n`, func(scan func(...any) error) error {
		var y domain.Try
		var begunBy *uuid.UUID
		var begunAt *time.Time
		var people string
		if err := scan(&y.N, &y.Prepared.Person, &y.Prepared.At, &begunBy, &begunAt, &y.Released.Person, &y.Released.At, &y.ReleaseVoucher, &y.SentBy, &y.SentOn,
			&y.TransferVoucher, &y.EndedOn, &y.Reason, &y.Ended.Person, &y.Ended.At, &y.ReleaseReversal, &y.TransferReversal, &people); err != nil {
			return err
		}
		y.ReleaseBegun = stepOf(begunBy, begunAt)
		known := map[uuid.UUID]string{}
		if err := json.Unmarshal([]byte(people), &known); err != nil {
			return err
		}
		maps.Copy(names, known)
		list = append(list, y)
		return nil
	}, request)
	return list, err
}

var _ = ask(
	Question{"tries-are-undone", "a payment that did not stand and the vouchers that undid it differ", `
		SELECT r.ref FROM transfer_tries y JOIN transfer_requests r ON r.id = y.request
		LEFT JOIN vouchers a ON a.id = y.release_reversal LEFT JOIN vouchers b ON b.id = y.transfer_reversal
		WHERE a.reverses IS DISTINCT FROM y.release_voucher OR b.reverses IS DISTINCT FROM y.transfer_voucher`},
	Question{"what-stands-is-not-undone", "a release or a transfer that stands was reversed", `
		SELECT r.ref FROM transfer_requests r JOIN vouchers v ON v.reverses IN (r.release_voucher, r.transfer_voucher)`},
	Question{"large-transfers-have-two-releasers", "a transfer of an amount that its charter has two people release was released by one", `
		SELECT r.ref FROM transfer_requests r JOIN charters c ON c.version = r.charter_version
		WHERE r.released_by IS NOT NULL AND r.release_begun_by IS NULL
		AND r.amount >= (substring(c.document FROM 'second_release_from:\s*value:\s*"?([0-9.]+)'))::numeric`},
)

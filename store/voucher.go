package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// VoucherFile is a voucher with what it came of, and what became of it.
type VoucherFile struct {
	ledger.Voucher
	Act        string     // of its event
	ReversedBy *uuid.UUID // the voucher that undoes it
	Decision   string     // number of the decision that it carries out, or ""
	Request    string     // reference of its transfer request, or ""
}

// Voucher is one voucher with its postings, for anybody: it names no person.
func (s *Store) Voucher(ctx context.Context, by domain.Actor, id uuid.UUID) (VoucherFile, error) {
	return read(ctx, s, by, func(t *tx) (VoucherFile, error) {
		v, err := t.voucher(id)
		if err != nil {
			return VoucherFile{}, err
		}
		f := VoucherFile{Voucher: v}
		err = t.Raw(`SELECT e.act, r.id, coalesce(d.number, ''), coalesce(q.ref, '') FROM vouchers v JOIN events e ON e.id = v.event
			LEFT JOIN vouchers r ON r.reverses = v.id
			LEFT JOIN transfer_requests q ON v.id IN (q.release_voucher, q.transfer_voucher)
			LEFT JOIN decisions d ON d.id = q.decision OR v.subject_kind = 'decision' AND v.subject IN (d.id::text, d.number)
			WHERE v.id = ?`, id).Row().Scan(&f.Act, &f.ReversedBy, &f.Decision, &f.Request)
		return f, err
	})
}

package store

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// pots is what a grant may be adopted on under rules, by earmark, all of it held still for
// the rest of the act: agreements first, then what waits, then balances, so that a
// deposit, another grant and an allocation each come before or after, never between.
func (t *tx) pots(earmarks []string, rules charter.Charter) (domain.Pots, error) {
	signed := map[string]ledger.Money{}
	if rules.Allocation.Cover.Value == charter.SignedInstalments {
		if err := t.Exec(`SELECT FROM agreements WHERE earmark IN ? ORDER BY ref FOR UPDATE`, asSigned(earmarks)).Error; err != nil {
			return domain.Pots{}, err
		}
		var err error
		if signed, err = t.promised(earmarks); err != nil {
			return domain.Pots{}, err
		}
	}
	waiting, err := t.awaitedFor(earmarks)
	if err != nil {
		return domain.Pots{}, err
	}
	available, err := t.availableOf(earmarks)
	return domain.FreePots(available, signed, owed(waiting)), err
}

// potsNow is what grants could be adopted on today, nothing held still.
func (t *tx) potsNow(rules charter.Charter) (domain.Pots, error) {
	available, err := t.availableNow()
	if err != nil {
		return domain.Pots{}, err
	}
	signed := map[string]ledger.Money{}
	if rules.Allocation.Cover.Value == charter.SignedInstalments {
		earmarks := []string{domain.Unearmarked}
		for _, a := range rules.Proposals.Areas {
			earmarks = append(earmarks, a.Key)
		}
		if signed, err = t.promised(earmarks); err != nil {
			return domain.Pots{}, err
		}
	}
	waiting, err := t.awaited(`w.remaining > 0`)
	return domain.FreePots(available, signed, owed(waiting)), err
}

// availableOf is the money of earmarks that no decision has taken, held still.
func (t *tx) availableOf(earmarks []string) (map[string]ledger.Money, error) {
	accounts := make([]ledger.Account, len(earmarks))
	for n, e := range earmarks {
		accounts[n] = domain.Available(e)
	}
	held, err := t.locked(accounts...)
	available := map[string]ledger.Money{}
	for n, e := range earmarks {
		available[e] = held[accounts[n]]
	}
	return available, err
}

// asSigned are earmarks as agreements have them: none is "".
func asSigned(earmarks []string) []string {
	list := slices.Clone(earmarks)
	for i, e := range list {
		if e == domain.Unearmarked {
			list[i] = ""
		}
	}
	return list
}

// promised is what the unpaid instalments of all agreements will make available, by earmark.
func (t *tx) promised(earmarks []string) (map[string]ledger.Money, error) {
	list, err := t.agreements(`a.earmark IN ?`, math.MaxInt32, asSigned(earmarks))
	if err != nil {
		return nil, err
	}
	sum := map[string]ledger.Money{}
	for _, a := range list {
		if a.Amount.Currency != t.currency() {
			continue // what it will bring, only the rates of its days will tell (docs/decisions/0044)
		}
		rules, err := t.charterOf(a.CharterVersion)
		if err != nil {
			return nil, err
		}
		earmark := cmp.Or(a.Earmark, domain.Unearmarked)
		if _, ok := sum[earmark]; !ok {
			sum[earmark] = ledger.Zero(t.currency())
		}
		sum[earmark] = sum[earmark].Add(a.Promised(rules))
	}
	return sum, nil
}

// owed is what waits, by earmark.
func owed(list []domain.AwaitedCover) map[string]ledger.Money {
	sum := map[string]ledger.Money{}
	for _, w := range list {
		if was, ok := sum[w.Earmark]; ok {
			w.Remaining = was.Add(w.Remaining)
		}
		sum[w.Earmark] = w.Remaining
	}
	return sum
}

// allocateDrawn books what of an adopted question's money is there, and keeps what is
// awaited. The programme and its shares are there.
func (t *tx) allocateDrawn(entry domain.Entry, p domain.Programme, decision uuid.UUID, drawn domain.Drawn) error {
	if v := domain.AllocationVoucher(entry, p.Code, drawn.Cash); len(v.Postings) > 0 {
		if err := t.post(v); err != nil {
			return err
		}
	}
	for i, w := range drawn.Awaited {
		if err := t.Exec(`INSERT INTO awaited_cover (decision, n, programme, organisation, earmark, amount, remaining, at)
				SELECT ?, ?, ?, o.id, ?, ?, ?, ? FROM organisations o WHERE o.code = ?`,
			decision, i+1, p.ID, w.Earmark, w.Amount.Text(), w.Amount.Text(), t.now, w.Organisation).Error; err != nil {
			return err
		}
	}
	if len(drawn.Awaited) > 0 {
		t.changed("awaited", len(drawn.Awaited))
	}
	return nil
}

// awaitedFor holds still what waits for money of earmarks.
func (t *tx) awaitedFor(earmarks []string) ([]domain.AwaitedCover, error) {
	return t.stillAwaited(`w.earmark IN ?`, earmarks)
}

// stillAwaited lists what of a condition still waits, all of it held still in one order.
func (t *tx) stillAwaited(condition string, args ...any) ([]domain.AwaitedCover, error) {
	if err := t.Exec(`SELECT FROM awaited_cover w WHERE w.remaining > 0 AND `+condition+` ORDER BY w.decision, w.n FOR UPDATE`, args...).Error; err != nil {
		return nil, err
	}
	return t.awaited(`w.remaining > 0 AND `+condition, args...)
}

// awaited lists what waits, the oldest decision first.
func (t *tx) awaited(condition string, args ...any) (list []domain.AwaitedCover, err error) {
	err = t.each(`SELECT w.decision, d.number, w.n, w.programme, p.code, w.earmark, o.code, w.amount, w.remaining, w.at
		FROM awaited_cover w JOIN decisions d ON d.id = w.decision JOIN programmes p ON p.id = w.programme JOIN organisations o ON o.id = w.organisation
		WHERE `+condition+` ORDER BY d.adopted_at, d.number, w.n`, func(scan func(...any) error) error {
		var w domain.AwaitedCover
		var amount, remaining decimal.Decimal
		if err := scan(&w.Decision, &w.DecisionNumber, &w.N, &w.Programme, &w.ProgrammeCode, &w.Earmark, &w.Organisation, &amount, &remaining, &w.Since); err != nil {
			return err
		}
		w.Amount, w.Remaining = ledger.New(amount, t.currency()), ledger.New(remaining, t.currency())
		list = append(list, w)
		return nil
	}, args...)
	return list, err
}

// cover allocates to what waits, and is held, the money that is there for it.
func (t *tx) cover(waiting []domain.AwaitedCover) ([]domain.Covered, error) {
	if len(waiting) == 0 {
		return nil, nil
	}
	earmarks := slices.Sorted(maps.Keys(owed(waiting)))
	available, err := t.availableOf(earmarks)
	if err != nil {
		return nil, err
	}
	covered := domain.CoverAwaited(waiting, available)
	about := t.subject
	defer func() { t.subject = about }()
	for left := covered; len(left) > 0; {
		n := 1
		for n < len(left) && left[n].Decision == left[0].Decision {
			n++
		}
		if err := t.coverOf(left[:n]); err != nil {
			return nil, err
		}
		left = left[n:]
	}
	return covered, nil
}

// coverOf allocates to one decision's parts, by a voucher about the decision.
func (t *tx) coverOf(parts []domain.Covered) error {
	number, code := parts[0].DecisionNumber, parts[0].ProgrammeCode
	t.on("decision", number)
	draws := make([]domain.Draw, len(parts))
	for i, c := range parts {
		draws[i] = domain.Draw{Earmark: c.Earmark, Organisation: c.Organisation, Amount: c.Now}
	}
	v := domain.AllocationVoucher(domain.Entry{ID: uuid.New(), BookedOn: t.today(), ValueOn: t.today(), Memo: code, Subject: "decision:" + number}, code, draws)
	if err := t.post(v); err != nil {
		return err
	}
	for _, c := range parts {
		if err := t.moveAwaited(c.AwaitedCover, c.Now, &v.ID); err != nil {
			return err
		}
	}
	return nil
}

// moveAwaited takes an amount off what waits: allocated by a voucher, or given up.
func (t *tx) moveAwaited(w domain.AwaitedCover, amount ledger.Money, voucher *uuid.UUID) error {
	if err := t.Exec(`UPDATE awaited_cover SET remaining = remaining - ? WHERE decision = ? AND n = ?`, amount.Text(), w.Decision, w.N).Error; err != nil {
		return err
	}
	return t.Exec(`INSERT INTO awaited_cover_moves (decision, n, move, amount, voucher, at)
		SELECT ?, ?, 1 + count(*), ?, ?, ? FROM awaited_cover_moves WHERE decision = ? AND n = ?`,
		w.Decision, w.N, amount.Text(), voucher, t.now, w.Decision, w.N).Error
}

// giveUpAwaited ends the waiting of a programme that ends.
func (t *tx) giveUpAwaited(programme uuid.UUID) error {
	list, err := t.stillAwaited(`w.programme = ?`, programme)
	for _, w := range list {
		if err == nil {
			err = t.moveAwaited(w, w.Remaining, nil)
		}
	}
	return err
}

// CoverFile is what waits for money to come in, and what money is there.
type CoverFile struct {
	Waiting []domain.AwaitedCover
	Ready   []domain.Covered // what the money available today would cover
}

// AwaitedCover lists what waits, the oldest decision first.
func (s *Store) AwaitedCover(ctx context.Context, by domain.Actor) (CoverFile, error) {
	return read(ctx, s, by, func(t *tx) (f CoverFile, err error) {
		if f.Waiting, err = t.awaited(`w.remaining > 0`); err != nil {
			return f, err
		}
		available, err := t.availableNow()
		f.Ready = domain.CoverAwaited(f.Waiting, available)
		return f, err
	})
}

// AllocateAwaited allocates what has come in to the grants that wait for it, the oldest
// decision first. A deposit does it of itself; this is for money that came another way.
func (s *Store) AllocateAwaited(ctx context.Context, by Ask) (CoverFile, error) {
	return act(ctx, s, by, "cover.allocate", func(t *tx) (CoverFile, error) {
		t.on("cover", t.today().Format("2006-01-02"))
		waiting, err := t.stillAwaited(`true`)
		if err != nil {
			return CoverFile{}, err
		}
		covered, err := t.cover(waiting)
		if err == nil && len(covered) == 0 {
			err = domain.ErrNoCoverCame
		}
		if err != nil {
			return CoverFile{}, err
		}
		t.changed("covered", len(covered))
		left, err := t.awaited(`w.remaining > 0`)
		return CoverFile{Waiting: left}, err
	})
}

var _ = ask(
	Question{"awaited-cover-adds-up", "what waits for cover is not what waited at first, less what was allocated or given up since", `
		SELECT d.number FROM awaited_cover w JOIN decisions d ON d.id = w.decision
		LEFT JOIN (SELECT decision, n, sum(amount) AS amount FROM awaited_cover_moves GROUP BY decision, n) m ON m.decision = w.decision AND m.n = w.n
		WHERE w.remaining <> w.amount - coalesce(m.amount, 0)`},
	Question{"awaited-cover-is-booked", "what came in for a grant that waited and the voucher that allocated it differ", `
		SELECT v.number::text FROM (SELECT voucher, sum(amount) AS amount FROM awaited_cover_moves WHERE voucher IS NOT NULL GROUP BY voucher) m
		JOIN vouchers v ON v.id = m.voucher
		WHERE v.kind <> 'allocation' OR m.amount <> (SELECT coalesce(sum(p.amount), 0) FROM postings p WHERE p.voucher = v.id AND p.taker LIKE 'fund:allocated:%')`},
	Question{"awaited-cover-is-signed", "more waits for the money of an earmark than is available and signed for", `
		SELECT w.earmark FROM (SELECT earmark, sum(remaining) AS amount FROM awaited_cover WHERE remaining > 0 GROUP BY earmark) w
		WHERE w.amount > coalesce((SELECT held FROM balances WHERE account = 'fund:available:' || w.earmark), 0)
			+ coalesce((SELECT sum(a.amount) FROM agreements a WHERE a.rate IS NULL AND coalesce(nullif(a.earmark, ''), 'unearmarked') = w.earmark), 0)
			- coalesce((SELECT sum(coalesce(d.counted, d.amount)) FROM agreements a JOIN deposits d ON d.agreement = a.id WHERE a.rate IS NULL AND NOT d.beyond AND coalesce(nullif(a.earmark, ''), 'unearmarked') = w.earmark
				AND NOT EXISTS (SELECT FROM vouchers r WHERE r.reverses = d.voucher)), 0)`},
	Question{"what-ended-awaits-nothing", "a programme that is cancelled or closed still waits for money", `
		SELECT p.code FROM programmes p JOIN awaited_cover w ON w.programme = p.id WHERE w.remaining > 0 AND p.state IN ('cancelled', 'financially-closed')`},
)

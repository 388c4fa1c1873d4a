package store

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/ledger"
)

// wireVoucher is a voucher as post_vouchers reads it.
type wireVoucher struct {
	ID             uuid.UUID     `json:"id"`
	Kind           ledger.Kind   `json:"kind"`
	BookedOn       string        `json:"booked_on"`
	ValueOn        string        `json:"value_on"`
	PostedAt       time.Time     `json:"posted_at"`
	Memo           string        `json:"memo"`
	SubjectKind    string        `json:"subject_kind"`
	Subject        string        `json:"subject"`
	CharterVersion int           `json:"charter_version"`
	Reverses       *uuid.UUID    `json:"reverses"`
	Event          uuid.UUID     `json:"event"`
	Postings       []wirePosting `json:"postings"`
}

type wirePosting struct {
	From     ledger.Account  `json:"from"`
	To       ledger.Account  `json:"to"`
	Amount   string          `json:"amount"`
	Currency ledger.Currency `json:"currency"`
}

// post writes vouchers, all or none, in one round trip, under the act's event and
// about the act's subject. An account that may not go below zero and would is
// refused by the database's own promise, as ledger.ErrInsufficient. The numbers
// that the books gave them stand in t.numbers.
func (t *tx) post(vouchers ...ledger.Voucher) error {
	list := make([]wireVoucher, len(vouchers))
	for i, v := range vouchers {
		if err := v.Check(); err != nil {
			return err
		}
		w := wireVoucher{ID: v.ID, Kind: v.Kind, BookedOn: v.BookedOn.Format(time.DateOnly), ValueOn: v.ValueOn.Format(time.DateOnly),
			PostedAt: t.now, Memo: v.Memo, SubjectKind: t.subject.kind, Subject: t.subject.id, CharterVersion: t.charter.Version,
			Reverses: v.Reverses, Event: t.event}
		for _, p := range v.Postings {
			w.Postings = append(w.Postings, wirePosting{p.From, p.To, p.Money.Text(), p.Money.Currency})
		}
		list[i] = w
	}
	b, err := json.Marshal(list)
	if err != nil {
		return err
	}
	rows, err := t.Raw(`SELECT id, number FROM post_vouchers(?::jsonb)`, string(b)).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var number int64
		if err := rows.Scan(&id, &number); err != nil {
			return err
		}
		t.numbers[id] = number
	}
	return rows.Err()
}

// locked is the balance of each guarded account, held still for the rest of the
// act; one that nothing was ever put into holds nothing. Accounts are locked in
// the order of their codes, so that two acts wait for each other and never for
// themselves.
func (t *tx) locked(accounts ...ledger.Account) (map[ledger.Account]ledger.Money, error) {
	held := map[ledger.Account]ledger.Money{}
	codes := make([]string, len(accounts))
	for i, a := range accounts {
		held[a] = ledger.Zero(t.currency())
		codes[i] = string(a)
	}
	rows, err := t.Raw(`SELECT account, held FROM balances WHERE account IN ? ORDER BY account FOR UPDATE`, codes).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var code string
		var amount decimal.Decimal
		if err := rows.Scan(&code, &amount); err != nil {
			return nil, err
		}
		held[ledger.Account(code)] = ledger.New(amount, t.currency())
	}
	return held, rows.Err()
}

// currency is that of the fund's books: the charter's.
func (t *tx) currency() ledger.Currency { return t.charter.Fund.Currency.Value.Currency }

// voucher loads one, with its postings in order.
func (t *tx) voucher(id uuid.UUID) (ledger.Voucher, error) {
	return only(t.vouchers(`v.id = ?`, id))
}

// vouchers loads those that meet the condition on v, oldest booking first.
func (t *tx) vouchers(condition string, args ...any) ([]ledger.Voucher, error) {
	rows, err := t.Raw(`SELECT v.id, v.number, v.kind, v.booked_on, v.value_on, v.posted_at, v.memo, v.subject_kind || ':' || v.subject,
			v.reverses, p.giver, p.taker, p.amount, p.currency
		FROM vouchers v JOIN postings p ON p.voucher = v.id WHERE `+condition+` ORDER BY v.booked_on, v.number, p.n`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ledger.Voucher
	for rows.Next() {
		var v ledger.Voucher
		var p ledger.Posting
		var amount decimal.Decimal
		var currency string
		if err := rows.Scan(&v.ID, &v.Number, &v.Kind, &v.BookedOn, &v.ValueOn, &v.PostedAt, &v.Memo, &v.Subject,
			&v.Reverses, &p.From, &p.To, &amount, &currency); err != nil {
			return nil, err
		}
		p.Money = ledger.New(amount, ledger.Currency(currency))
		if n := len(list); n == 0 || list[n-1].ID != v.ID {
			list = append(list, v)
		}
		last := &list[len(list)-1]
		last.Postings = append(last.Postings, p)
	}
	return list, rows.Err()
}

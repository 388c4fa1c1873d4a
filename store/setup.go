package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// Founded is what setting up made.
type Founded struct {
	Fund          Fund
	Administrator uuid.UUID
	Agent         uuid.UUID
	Coordinator   uuid.UUID
}

// Init sets up an empty fund, in one act of the console: its name, the agent and
// the coordinator, the first administrator, the bank account and the opening
// balances. A fund that is set up refuses with domain.ErrSetUp.
func (s *Store) Init(ctx context.Context, in domain.Setup) (Founded, error) {
	in, err := s.checkedSetup(ctx, in)
	if err != nil {
		return Founded{}, err
	}
	hashed, err := hash(ctx, in.Password)
	if err != nil {
		return Founded{}, err
	}
	return act(ctx, s, As(domain.Console()), "setup.do", func(t *tx) (Founded, error) {
		t.on("fund", in.Code)
		if len(in.Charter) > 0 {
			if err := t.foundingCharter(in.Charter); err != nil {
				return Founded{}, err
			}
		}
		done := t.Exec(`INSERT INTO fund (code, name, currency, example, founded_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			in.Code, in.Name, string(t.currency()), in.Example, t.now)
		if done.Error == nil && done.RowsAffected == 0 {
			return Founded{}, domain.ErrSetUp
		}
		if done.Error != nil {
			return Founded{}, done.Error
		}
		out, err := t.founders(in, hashed)
		if err != nil {
			return out, err
		}
		if err := t.opening(in); err != nil {
			return out, err
		}
		out.Fund, err = t.fund()
		return out, err
	})
}

func (s *Store) checkedSetup(ctx context.Context, in domain.Setup) (domain.Setup, error) {
	return read(ctx, s, domain.Console(), func(t *tx) (domain.Setup, error) {
		if f, err := t.fund(); err != nil || f.Founded {
			return in, cmp.Or(err, error(domain.ErrSetUp))
		}
		in, err := in.Check(t.today())
		if err != nil {
			return in, err
		}
		_, _, err = in.Voucher(domain.Entry{ID: uuid.New()})
		return in, err
	})
}

// founders are the two organisations that every fund has and the first person.
func (t *tx) founders(in domain.Setup, hashed string) (out Founded, err error) {
	if out.Agent, err = t.foundOrganisation(in.Agent); err != nil {
		return out, err
	}
	if out.Coordinator, err = t.foundOrganisation(in.Coordinator); err != nil {
		return out, err
	}
	if out.Administrator, err = t.addPerson(in.Administrator, &hashed); err != nil {
		return out, err
	}
	t.changed("administrator", out.Administrator)
	on := t.subject
	_, err = t.grant(domain.Person{ID: out.Administrator}, domain.Membership{Organisation: out.Coordinator, Role: domain.Administrator,
		From: t.today(), Note: "First administrator, by whoever set the fund up"})
	t.subject = on
	return out, err
}

// foundOrganisation finds the one of the code, which an imported history may
// have brought, or makes it.
func (t *tx) foundOrganisation(o domain.Organisation) (uuid.UUID, error) {
	var id uuid.UUID
	err := t.Raw(`SELECT id FROM organisations WHERE code = ?`, o.Code).Row().Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	o, err = t.addOrganisation(o)
	return o.ID, err
}

// opening keeps the bank account and books what the fund brings along.
func (t *tx) opening(in domain.Setup) error {
	err := t.Exec(`INSERT INTO bank_accounts (id, number, name, currency, created_at) VALUES (?, ?, ?, ?, ?)`,
		uuid.New(), in.Bank.Number, in.Bank.Name, string(in.Opening.Bank.Currency), t.now).Error
	if err != nil {
		return err
	}
	v, any, err := in.Voucher(domain.Entry{ID: uuid.New(), Subject: "fund:" + in.Code})
	if err != nil || !any {
		return err
	}
	return t.post(v)
}

// foundingCharter puts the fund's own first rules in place of the shipped ones,
// which stay as the version before.
func (t *tx) foundingCharter(document []byte) error {
	c, err := charter.Parse(document)
	if err != nil {
		return err
	}
	var last int
	if err := t.Raw(`SELECT max(version) FROM charters`).Row().Scan(&last); err != nil {
		return err
	}
	if c.Version != last+1 {
		return charter.ErrInvalid.With("path", "/version", "rule", "next-version", "allowed", last+1, "given", c.Version)
	}
	if c.EffectiveFrom.After(t.today()) {
		return domain.ErrInFuture.With("today", t.today())
	}
	if err := t.keepCharter(c, document, uuid.Nil); err != nil {
		return err
	}
	t.charter = c
	return nil
}

var _ = ask(Question{"opening-once", "the opening balances are booked more than once", `
	SELECT number::text FROM vouchers WHERE kind = '` + string(ledger.Opening) + `' AND reverses IS NULL
	AND id NOT IN (SELECT reverses FROM vouchers WHERE reverses IS NOT NULL) OFFSET 1`})

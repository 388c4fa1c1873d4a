package store

import (
	"context"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// ProgrammeFile is a programme as its page shows it.
type ProgrammeFile struct {
	domain.Programme
	ProposalRef    string // "" for a programme of the past
	DecisionNumber string
	State          string // official name of its owner state; "" for a programme of the past
	ISO3166        string // its code
}

// Programmes lists all, by code.
func (s *Store) Programmes(ctx context.Context, by domain.Actor) ([]ProgrammeFile, error) {
	return read(ctx, s, by, func(t *tx) ([]ProgrammeFile, error) { return t.programmes(`true`) })
}

// Programme opens one.
func (s *Store) Programme(ctx context.Context, by domain.Actor, id uuid.UUID) (ProgrammeFile, error) {
	return read(ctx, s, by, func(t *tx) (ProgrammeFile, error) {
		list, err := t.programmes(`j.id = ?`, id)
		if err != nil || len(list) == 1 {
			return first(list), err
		}
		return ProgrammeFile{}, domain.ErrMissing
	})
}

func first[T any](list []T) (x T) {
	if len(list) > 0 {
		x = list[0]
	}
	return x
}

func (t *tx) insertProgramme(p domain.Programme) error {
	if err := t.Exec(`INSERT INTO programmes (id, code, proposal, decision, title, area, charter_version, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.Code, p.Proposal, p.Decision, p.Title, p.Area, p.CharterVersion, p.CreatedAt).Error; err != nil {
		return err
	}
	for _, s := range p.Shares {
		if err := t.Exec(`INSERT INTO programme_shares (programme, organisation, amount) VALUES (?, ?, ?)`, p.ID, s.Organisation, s.Amount.Text()).Error; err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) programmes(condition string, args ...any) ([]ProgrammeFile, error) {
	rows, err := t.Raw(`SELECT j.id, j.code, j.proposal, j.decision, j.title, j.area, j.charter_version, j.created_at,
			coalesce(p.ref, ''), coalesce(d.number, ''), coalesce(st.name, ''), coalesce(st.iso3166, ''), s.organisation, coalesce(o.code, ''), s.amount
		FROM programmes j LEFT JOIN proposals p ON p.id = j.proposal LEFT JOIN decisions d ON d.id = j.decision LEFT JOIN organisations st ON st.id = p.state
		LEFT JOIN programme_shares s ON s.programme = j.id LEFT JOIN organisations o ON o.id = s.organisation
		WHERE `+condition+` ORDER BY j.code, o.code`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ProgrammeFile
	for rows.Next() {
		var f ProgrammeFile
		var proposal, decision, organisation uuid.NullUUID
		var amount decimal.NullDecimal
		var code string
		if err := rows.Scan(&f.ID, &f.Code, &proposal, &decision, &f.Title, &f.Area, &f.CharterVersion, &f.CreatedAt,
			&f.ProposalRef, &f.DecisionNumber, &f.State, &f.ISO3166, &organisation, &code, &amount); err != nil {
			return nil, err
		}
		f.Proposal, f.Decision = proposal.UUID, decision.UUID
		if n := len(list); n == 0 || list[n-1].ID != f.ID {
			list = append(list, f)
		}
		if last := &list[len(list)-1]; organisation.Valid {
			last.Shares = append(last.Shares, domain.GrantShare{Organisation: organisation.UUID, Code: code, Amount: ledger.New(amount.Decimal, t.currency())})
		}
	}
	return list, rows.Err()
}

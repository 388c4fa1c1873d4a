package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// StatementFile hands over what a file of statements says: head for each
// statement, then line for each of its booked entries. It is called again where
// the act is tried again.
type StatementFile func(head func(domain.BankStatement) error, line func(domain.BankLine) error) error

// Imported is what became of a file.
type Imported struct {
	Statements []domain.BankStatement
	Lines      int
	Matched    int            // lines matched by rule, in this file or waiting from before
	Waiting    int            // lines of the account that no movement explains yet
	Matches    []domain.Match // the first of them, MatchesShown at most
}

// MatchesShown is how many matches an import tells one by one.
const MatchesShown = 100

// FundAccounts are the fund's accounts at the bank, in the order they were opened.
func (s *Store) FundAccounts(ctx context.Context, by domain.Actor) ([]domain.FundAccount, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.FundAccount, error) { return t.fundAccounts("") })
}

// fundAccounts loads the accounts. Acts on lines and matches lock them first, all
// of them: so no two match the same at once.
func (t *tx) fundAccounts(lock string) ([]domain.FundAccount, error) {
	rows, err := t.Raw(`SELECT id, number, name, currency FROM bank_accounts ORDER BY created_at, id ` + lock).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.FundAccount
	for rows.Next() {
		var a domain.FundAccount
		var currency string
		if err := rows.Scan(&a.ID, &a.Number, &a.Name, &currency); err != nil {
			return nil, err
		}
		a.Currency = ledger.Currency(currency)
		list = append(list, a)
	}
	return list, rows.Err()
}

// ImportStatements takes a file whole or not at all: each statement in it is of an
// account of the fund and follows the last one. Then what is sure is matched by
// rule. hash is the file's SHA-256.
func (s *Store) ImportStatements(ctx context.Context, by Ask, hash []byte, file StatementFile) (Imported, error) {
	return act(ctx, s, by, "bank.import", func(t *tx) (Imported, error) {
		own, err := t.fundAccounts("FOR UPDATE")
		if err != nil {
			return Imported{}, err
		}
		in := importing{tx: t, own: own, hash: hash}
		if err := file(in.head, in.line); err != nil {
			return Imported{}, err
		}
		if err := in.flush(); err != nil {
			return Imported{}, err
		}
		Progress(ctx, Matching, 0, 0)
		matches, waiting, err := t.matchByRule()
		if err != nil {
			return Imported{}, err
		}
		in.count(matches, waiting)
		t.on("bank-statement", in.statements[0].ID)
		t.changed("statements", len(in.statements))
		t.changed("lines", in.lines)
		t.changed("matched", in.Matched)
		return in.Imported, nil
	})
}

type importing struct {
	*tx
	Imported
	own        []domain.FundAccount
	hash       []byte
	statements []domain.BankStatement
	lines      int
	batch      []wireLine
}

// wireLine is a line as its INSERT reads it, a thousand at a time.
type wireLine struct {
	ID           uuid.UUID       `json:"id"`
	Statement    uuid.UUID       `json:"statement"`
	N            int             `json:"n"`
	Amount       string          `json:"amount"`
	Currency     ledger.Currency `json:"currency"`
	BookedOn     string          `json:"booked_on"`
	ValueOn      string          `json:"value_on"`
	EndToEnd     string          `json:"end_to_end"`
	BankRef      string          `json:"bank_ref"`
	Counterparty string          `json:"counterparty"`
	Text         string          `json:"text"`
}

func (in *importing) head(s domain.BankStatement) error {
	account, err := domain.AccountOf(in.own, s.Number, s.Currency)
	if err != nil {
		return err
	}
	same, err := in.oneStatement(`WHERE s.account = ? AND s.bank_ref = ?`, account.ID, s.BankRef)
	if err != nil {
		return err
	}
	last, err := in.lastStatement(account.ID, s.To.AddDate(500, 0, 0))
	if err != nil {
		return err
	}
	if err := s.Follows(same, last); err != nil {
		return err
	}
	s.ID, s.Account, s.ImportedAt = uuid.New(), account.ID, in.now
	var follows *uuid.UUID
	if last != nil {
		follows = &last.ID
	}
	in.statements = append(in.statements, s)
	return in.Exec(`INSERT INTO bank_statements (id, account, bank_ref, sequence, from_on, to_on, opening, closing, file_hash, imported_by, imported_at, follows)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, s.ID, s.Account, s.BankRef, s.Sequence, day(s.From), day(s.To),
		s.Opening.Text(), s.Closing.Text(), in.hash, orNull(in.by.Person), in.now, follows).Error
}

func (in *importing) line(l domain.BankLine) error {
	s := in.statements[len(in.statements)-1]
	in.lines++
	in.batch = append(in.batch, wireLine{uuid.New(), s.ID, l.N, l.Amount.Text(), l.Amount.Currency, day(l.BookedOn), day(l.ValueOn),
		l.EndToEnd, l.BankRef, l.Counterparty, l.Text})
	if len(in.batch) < 1000 {
		return nil
	}
	return in.flush()
}

func (in *importing) flush() error {
	if len(in.batch) == 0 {
		return nil
	}
	b, err := json.Marshal(in.batch)
	if err != nil {
		return err
	}
	in.batch = in.batch[:0]
	return in.Exec(`INSERT INTO bank_lines (id, statement, n, amount, currency, booked_on, value_on, end_to_end, bank_ref, counterparty, text)
		SELECT id, statement, n, amount, currency, booked_on, value_on, end_to_end, bank_ref, counterparty, text
		FROM jsonb_to_recordset(?::jsonb) AS x (id uuid, statement uuid, n integer, amount numeric, currency text, booked_on date, value_on date,
			end_to_end text, bank_ref text, counterparty text, text text)`, string(b)).Error
}

func (in *importing) count(matches []domain.Match, waiting int) {
	in.Statements, in.Lines, in.Waiting = in.statements, in.lines, waiting
	for _, m := range matches {
		in.Matched += len(m.Lines)
	}
	in.Matches = matches[:min(len(matches), MatchesShown)]
}

// day writes a calendar day as the database reads it.
func day(d time.Time) string { return d.Format(time.DateOnly) }

// lastStatement is the newest of the account that ends on a day or before; nil
// where there is none.
func (t *tx) lastStatement(account uuid.UUID, on time.Time) (*domain.BankStatement, error) {
	return t.oneStatement(`WHERE s.account = ? AND s.to_on <= ? AND NOT EXISTS
		(SELECT FROM bank_statements n WHERE n.follows = s.id AND n.to_on <= ?)`, account, day(on), day(on))
}

func (t *tx) oneStatement(where string, args ...any) (*domain.BankStatement, error) {
	list, err := t.statements(where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (t *tx) statements(where string, args ...any) ([]domain.BankStatement, error) {
	rows, err := t.Raw(`SELECT s.id, s.account, a.number, a.currency, s.bank_ref, s.sequence, s.from_on, s.to_on, s.opening, s.closing, s.imported_at
		FROM bank_statements s JOIN bank_accounts a ON a.id = s.account `+where, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.BankStatement
	for rows.Next() {
		s, err := scanStatement(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

func scanStatement(rows *sql.Rows) (s domain.BankStatement, err error) {
	var currency string
	var opening, closing decimal.Decimal
	err = rows.Scan(&s.ID, &s.Account, &s.Number, &currency, &s.BankRef, &s.Sequence, &s.From, &s.To, &opening, &closing, &s.ImportedAt)
	s.Currency = ledger.Currency(currency)
	s.Opening, s.Closing = ledger.New(opening, s.Currency), ledger.New(closing, s.Currency)
	s.ImportedAt = s.ImportedAt.UTC()
	return s, err
}

// BankStatements are the statements imported, newest first.
func (s *Store) BankStatements(ctx context.Context, by domain.Actor, w Window) (Page[domain.BankStatement], error) {
	return read(ctx, s, by, func(t *tx) (Page[domain.BankStatement], error) {
		const tail = ` ORDER BY s.to_on DESC, s.imported_at DESC, s.id DESC LIMIT ?`
		after, err := w.afterID()
		var list []domain.BankStatement
		switch {
		case err != nil:
		case after == uuid.Nil:
			list, err = t.statements(tail, w.fetch())
		default:
			list, err = t.statements(`JOIN bank_statements z ON z.id = ? WHERE (s.to_on, s.imported_at, s.id) < (z.to_on, z.imported_at, z.id)`+tail, after, w.fetch())
		}
		return pageOf(w, list, func(st domain.BankStatement) string { return st.ID.String() }), err
	})
}

// BankStatement is one of them.
func (s *Store) BankStatement(ctx context.Context, by domain.Actor, id uuid.UUID) (domain.BankStatement, error) {
	return read(ctx, s, by, func(t *tx) (domain.BankStatement, error) {
		one, err := t.oneStatement(`WHERE s.id = ?`, id)
		if err == nil && one == nil {
			err = domain.ErrMissing
		}
		if err != nil {
			return domain.BankStatement{}, err
		}
		return *one, nil
	})
}

// line loads a line of the bank and where it stands.
func (t *tx) line(id uuid.UUID) (standingLine, error) {
	return only(t.lines(`l.id = ?`, "", id))
}

// standingLine is a line, its statement and what is known of it.
type standingLine struct {
	domain.ReconciledLine
	account uuid.UUID
	toOn    time.Time
	noteBy  string
	noteAt  time.Time
	match   uuid.UUID
	rule    domain.MatchRule
}

// lines loads those that meet the condition on l, their statement s, their match m
// and their last note n; tail orders and limits them.
func (t *tx) lines(condition, tail string, args ...any) ([]standingLine, error) {
	rows, err := t.Raw(`SELECT l.id, l.n, l.amount, l.currency, l.booked_on, l.value_on, l.end_to_end, l.bank_ref, l.counterparty, l.text,
			s.bank_ref, s.account, s.to_on, m.id, coalesce(m.rule, ''), coalesce(n.state, ''), coalesce(n.reason, ''), coalesce(n.name, ''), n.at
		FROM bank_lines l JOIN bank_statements s ON s.id = l.statement
		LEFT JOIN matched_lines x ON x.line = l.id LEFT JOIN matches m ON m.id = x.match
		LEFT JOIN LATERAL (SELECT o.state, o.reason, o.at, p.name FROM line_notes o JOIN persons p ON p.id = o.person
			WHERE o.line = l.id ORDER BY o.at DESC, o.id DESC LIMIT 1) n ON true
		WHERE `+condition+` `+tail, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []standingLine
	for rows.Next() {
		l, err := scanLine(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}

func scanLine(rows *sql.Rows) (l standingLine, err error) {
	var amount decimal.Decimal
	var currency, rule, noted string
	var match uuid.NullUUID
	var noteAt sql.NullTime
	err = rows.Scan(&l.ID, &l.N, &amount, &currency, &l.BookedOn, &l.ValueOn, &l.EndToEnd, &l.BankRef, &l.Counterparty, &l.Text,
		&l.Statement, &l.account, &l.toOn, &match, &rule, &noted, &l.Note, &l.noteBy, &noteAt)
	l.Amount = ledger.New(amount, ledger.Currency(currency))
	l.match, l.rule, l.noteAt = match.UUID, domain.MatchRule(rule), noteAt.Time.UTC()
	l.State = domain.StateOfLine(l.rule, domain.LineState(noted))
	return l, err
}

var _ = ask(
	Question{"statements-add-up", "opening and lines of a bank statement do not make its closing balance", `
		SELECT s.bank_ref FROM bank_statements s LEFT JOIN bank_lines l ON l.statement = s.id
		GROUP BY s.id HAVING s.opening + coalesce(sum(l.amount), 0) <> s.closing`},
	Question{"statements-follow", "a bank statement does not open where the one before closed", `
		SELECT s.bank_ref FROM bank_statements s JOIN bank_statements b ON b.id = s.follows
		WHERE s.opening <> b.closing OR s.account <> b.account OR s.to_on < b.to_on`},
)

package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"mime"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/camt053"
	"startupfund/store"
)

var errNotXML = problem.New(problem.Invalid, "not-xml")

// longestLineText is how much of what a bank tells about one line is kept, in
// characters: enough for a batch of two hundred payments.
const longestLineText = 16 << 10

type bankAccountView struct {
	ID       uuid.UUID       `json:"id"`
	Number   string          `json:"number"`
	Name     string          `json:"name"`
	Currency ledger.Currency `json:"currency"`
}

func accountView(a domain.FundAccount, by domain.Actor) bankAccountView {
	return bankAccountView{a.ID, a.NumberFor(by), a.Name, a.Currency}
}

// bankAccounts lists the fund's accounts at the bank.
func (s *Server) bankAccounts(a *asked) (answer, error) {
	return whole(func(one domain.FundAccount) bankAccountView { return accountView(one, a.by) })(s.Store.FundAccounts(a, a.by))
}

type bankStatementView struct {
	ID         uuid.UUID    `json:"id"`
	Account    uuid.UUID    `json:"account"`
	Ref        string       `json:"ref"`
	Sequence   string       `json:"sequence,omitempty"`
	From       string       `json:"from"`
	To         string       `json:"to"`
	Opening    ledger.Money `json:"opening"`
	Closing    ledger.Money `json:"closing"`
	ImportedAt time.Time    `json:"imported_at"`
}

func statementHeadView(st domain.BankStatement) bankStatementView {
	return bankStatementView{st.ID, st.Account, st.BankRef, st.Sequence, date(st.From), date(st.To), st.Opening, st.Closing, st.ImportedAt}
}

func date(d time.Time) string { return d.Format(time.DateOnly) }

type importedView struct {
	Statements []bankStatementView `json:"statements"`
	Lines      int                 `json:"lines"`
	Matched    int                 `json:"matched"`
	Waiting    int                 `json:"waiting"`
	Matches    []matchView         `json:"matches"`
}

func (s *Server) importedView(a *asked, in store.Imported) importedView {
	view := importedView{Statements: []bankStatementView{}, Lines: in.Lines, Matched: in.Matched, Waiting: in.Waiting, Matches: []matchView{}}
	for _, st := range in.Statements {
		view.Statements = append(view.Statements, statementHeadView(st))
	}
	for _, m := range in.Matches {
		view.Matches = append(view.Matches, s.matchView(a, m))
	}
	return view
}

// importStatement takes a bank's file as it came, camt.053.
func (s *Server) importStatement(a *asked) (answer, error) {
	kind, _, _ := mime.ParseMediaType(a.GetHeader("Content-Type"))
	if kind != "application/xml" && kind != "text/xml" {
		return answer{}, errNotXML
	}
	raw, err := io.ReadAll(a.Request.Body)
	if err != nil {
		return answer{}, unreadable(err)
	}
	sum := sha256.Sum256(raw)
	in, err := s.Store.ImportStatements(a, a.ask, sum[:], camtFile(a, raw))
	if err != nil {
		return answer{}, err
	}
	return made("/bank-statements/"+in.Statements[0].ID.String(), s.importedView(a, in), 0)
}

// CamtFile hands over what a camt.053 file says that the fund keeps.
func CamtFile(raw []byte) store.StatementFile { return camtFile(context.Background(), raw) }

// camtFile tells, besides, how much of the file was read.
func camtFile(ctx context.Context, raw []byte) store.StatementFile {
	return func(head func(domain.BankStatement) error, line func(domain.BankLine) error) error {
		return camt053.Read(&told{Reader: bytes.NewReader(raw), ctx: ctx, of: int64(len(raw))}, 0,
			func(h camt053.Header) error { return head(statementOf(h)) },
			func(e camt053.Entry) error {
				if !e.Counts() || e.Money.IsZero() { // what moves nothing is no line
					return nil
				}
				return line(bankLineOf(e))
			})
	}
}

func statementOf(h camt053.Header) domain.BankStatement {
	st := domain.BankStatement{Number: h.Account, Currency: h.Currency, BankRef: h.ID, From: h.Opening.On, To: h.Closing.On,
		Opening: h.Opening.Money, Closing: h.Closing.Money}
	if h.Sequence > 0 {
		st.Sequence = strconv.FormatInt(h.Sequence, 10)
	}
	return st
}

// bankLineOf keeps of an entry what matching reads and people need. One payment has
// its own reference and other side; of a batch, all references stand in the text.
func bankLineOf(e camt053.Entry) domain.BankLine {
	l := domain.BankLine{N: e.N, Amount: e.Money, BookedOn: e.Booked, ValueOn: e.Value, BankRef: e.BankRef}
	if l.ValueOn.IsZero() {
		l.ValueOn = e.Booked
	}
	var text []string
	if len(e.Details) == 1 {
		d := e.Details[0]
		other := e.Counterparty(d)
		l.EndToEnd, l.Counterparty = given(d.EndToEndID), other.Name
		if l.BankRef == "" {
			l.BankRef = d.BankRef
		}
		text = append(text, other.Ultimate)
	}
	for _, d := range e.Details {
		if len(e.Details) > 1 {
			text = append(text, given(d.EndToEndID), e.Counterparty(d).Name)
		}
		text = append(text, d.References...)
		text = append(text, d.Documents...)
		text = append(text, d.Text...)
		text = append(text, d.Info, d.ReturnedFor)
	}
	l.Text = joined(append(text, e.Info))
	return l
}

// given leaves out what banks write for no reference.
func given(reference string) string {
	if reference == "NOTPROVIDED" {
		return ""
	}
	return reference
}

// joined is the texts that say something, one a line.
func joined(all []string) string {
	var kept []string
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	text := []rune(strings.Join(kept, "\n"))
	return string(text[:min(len(text), longestLineText)])
}

// bankStatements lists the statements imported, newest first.
func (s *Server) bankStatements(a *asked) (answer, error) {
	w, err := a.window()
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.BankStatements(a, a.by, w)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, statementHeadView)
}

func (s *Server) bankStatement(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	st, err := s.Store.BankStatement(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return shown(statementHeadView(st))
}

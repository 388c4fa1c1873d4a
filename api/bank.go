package api

import (
	"crypto/sha256"
	"io"
	"mime"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/store"
)

var errNotXML = problem.New(problem.Invalid, "not-xml")

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

// importStatement takes a bank's file as it came: camt.053 or MT940, told apart by
// what stands in it.
func (s *Server) importStatement(a *asked) (answer, error) {
	kind, _, _ := mime.ParseMediaType(a.GetHeader("Content-Type"))
	if !slices.Contains(bankFileKinds, kind) {
		return answer{}, errNotXML
	}
	raw, err := io.ReadAll(a.Request.Body)
	if err != nil {
		return answer{}, unreadable(err)
	}
	sum := sha256.Sum256(raw)
	in, err := s.Store.ImportStatements(a, a.ask, sum[:], bankFile(a, raw))
	if err != nil {
		return answer{}, err
	}
	return made("/bank-statements/"+in.Statements[0].ID.String(), s.importedView(a, in), 0)
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

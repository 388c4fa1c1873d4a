package api

import (
	"bytes"
	"io"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/exchange/budget"
	"startupfund/store"
)

// budgetRulesView is what a page needs to ask for a budget and to sum it up while
// it is typed; the server judges it.
type budgetRulesView struct {
	Lines         []namedRuleView `json:"lines"`
	IndirectLine  string          `json:"indirect_line"`
	IndirectRate  string          `json:"indirect_rate"`
	Rounding      string          `json:"rounding"`
	RevisionShare string          `json:"revision_share"`
	Months        int             `json:"maximum_months"`
}

func budgetRulesOf(c charter.Charter) budgetRulesView {
	b := c.Budget
	v := budgetRulesView{IndirectLine: b.Indirect.Line.Value, IndirectRate: b.Indirect.Rate.Value.String(), Rounding: string(b.Indirect.Rounding.Value),
		RevisionShare: b.RevisionShare.Value.String(), Months: c.Proposals.MaximumMonths.Value}
	for _, l := range b.Lines {
		v.Lines = append(v.Lines, namedRuleView{l.Key, l.Name.Value})
	}
	return v
}

// budgetView is a budget with its totals, what its indirect cost may come to, what is
// left under the ceiling, and what has moved since an earlier version. Shares in per
// cent have one decimal and are made to be shown.
type budgetView struct {
	Ref           string            `json:"ref"`
	Version       int               `json:"version"`
	Years         int               `json:"years"`
	Cells         []cellView        `json:"cells"`
	Organisations []organisationSum `json:"organisations"`
	Lines         []lineSum         `json:"lines"`
	ByYear        []yearSum         `json:"by_year"`
	Indirect      []indirectView    `json:"indirect"`
	Total         ledger.Money      `json:"total"`
	Ceiling       ledger.Money      `json:"ceiling"`
	CeilingOf     domain.CeilingOf  `json:"ceiling_of"`
	Remainder     ledger.Money      `json:"remainder"`
	Change        *budgetChangeView `json:"change,omitempty"`
}

type organisationSum struct {
	Organisation *namedView   `json:"organisation"`
	Total        ledger.Money `json:"total"`
	Share        string       `json:"share"`
}

type lineSum struct {
	Line  string       `json:"line"`
	Total ledger.Money `json:"total"`
	Share string       `json:"share"`
}

type yearSum struct {
	Year  int          `json:"year"`
	Total ledger.Money `json:"total"`
	Share string       `json:"share"`
}

type indirectView struct {
	Organisation string       `json:"organisation"`
	Year         int          `json:"year"`
	Base         ledger.Money `json:"base"`
	Allowed      ledger.Money `json:"allowed"`
}

type budgetChangeView struct {
	With  int         `json:"with"`
	Share string      `json:"revision_share"`
	Cells []cellMoved `json:"cells"`
	Lines []lineMoved `json:"lines"`
}

type cellMoved struct {
	Organisation string       `json:"organisation"`
	Line         string       `json:"line"`
	Year         int          `json:"year"`
	Before       ledger.Money `json:"before"`
	After        ledger.Money `json:"after"`
}

type lineMoved struct {
	Line   string       `json:"line"`
	Before ledger.Money `json:"before"`
	After  ledger.Money `json:"after"`
	Share  string       `json:"share"`
	Beyond bool         `json:"beyond"`
}

// proposalBudget shows a budget with its totals, and compared with a version where
// one is named.
func (s *Server) proposalBudget(a *asked) (answer, error) {
	f, err := s.budgetFile(a)
	if err != nil {
		return answer{}, err
	}
	return shown(viewOfBudget(f))
}

func (s *Server) budgetFile(a *asked) (store.BudgetFile, error) {
	id, err := a.id("id")
	if err != nil {
		return store.BudgetFile{}, err
	}
	number := func(name string) (n int) {
		if text := a.Query(name); text != "" && err == nil {
			if n, err = strconv.Atoi(text); err != nil || n < 1 || n > 1_000_000 {
				err = domain.ErrMissing
			}
		}
		return n
	}
	version, with := number("version"), number("with")
	if err != nil {
		return store.BudgetFile{}, err
	}
	return s.Store.Budget(a, a.by, id, version, with)
}

func viewOfBudget(f store.BudgetFile) budgetView {
	years := f.Content.Years(f.Charter)
	sums := f.Content.Sums(f.Charter, years)
	v := budgetView{Ref: f.Ref, Version: f.Version, Years: years, Cells: []cellView{}, Organisations: []organisationSum{}, Indirect: []indirectView{},
		Total: f.Content.Amount(), Ceiling: f.Ceiling.Amount, CeilingOf: f.Ceiling.Of,
		Remainder: f.Ceiling.Amount.Sub(f.Content.Amount())}
	for _, c := range f.Content.Budget {
		v.Cells = append(v.Cells, cellView{c.Organisation.String(), c.Line, c.Year, c.Amount})
	}
	for _, o := range sums.Organisations {
		v.Organisations = append(v.Organisations, organisationSum{namedIn(f.Named, o.Key), o.Total, o.Share})
	}
	for _, l := range sums.Lines {
		v.Lines = append(v.Lines, lineSum{l.Key, l.Total, l.Share})
	}
	for _, y := range sums.Years {
		v.ByYear = append(v.ByYear, yearSum{y.Key, y.Total, y.Share})
	}
	allowed := f.Content.Budget.Indirect(f.Charter)
	for _, o := range sums.Organisations {
		for _, y := range sums.Years {
			if cost, asked := allowed[domain.OrganisationYear{Organisation: o.Key, Year: y.Key}]; asked {
				v.Indirect = append(v.Indirect, indirectView{o.Key.String(), y.Key, cost.Base, cost.Allowed})
			}
		}
	}
	if f.With > 0 {
		v.Change = viewOfChange(f)
	}
	return v
}

func viewOfChange(f store.BudgetFile) *budgetChangeView {
	change := f.Content.Budget.Since(f.Earlier.Budget, f.Charter)
	v := budgetChangeView{With: f.With, Share: f.Charter.Budget.RevisionShare.Value.String(), Cells: []cellMoved{}, Lines: []lineMoved{}}
	for _, c := range change.Cells {
		v.Cells = append(v.Cells, cellMoved{c.Organisation.String(), c.Line, c.Year, c.Before, c.After})
	}
	for _, l := range change.Lines {
		v.Lines = append(v.Lines, lineMoved{l.Line, l.Before, l.After, l.Share, l.Beyond})
	}
	return &v
}

// sheetForm is the frame of a proposal's sheet in the reader's language.
func (s *Server) sheetForm(a *asked, f store.BudgetFile) budget.Form {
	words := s.Words.in(languageOf(a.Context))
	form := budget.Form{Title: f.Ref + "  " + f.Content.Title, Lines: f.Charter.Budget.Lines, Years: f.Content.Years(f.Charter),
		Currency: ledger.USD, Language: words.language, Words: budget.Words{Line: words.say("budget.sheet.line", nil), Total: words.say("budget.sheet.total", nil),
			Help: words.say("budget.sheet.help", nil), Year: func(n int) string { return words.say("budget.sheet.year", map[string]any{"year": n}) }}}
	for _, o := range f.Parties {
		form.Known = append(form.Known, budget.Organisation{ID: o.ID, Code: o.Code, Names: o.Called()})
	}
	for _, share := range f.Content.Shares {
		if i := slices.IndexFunc(form.Known, func(o budget.Organisation) bool { return o.ID == share.Organisation }); i >= 0 {
			form.Organisations = append(form.Organisations, form.Known[i])
		}
	}
	for _, l := range languages {
		form.Words.Totals = append(form.Words.Totals, s.Words.in(l).say("budget.sheet.total", nil))
	}
	return form
}

// proposalSheet gives the budget as a file to be filled in: .xlsx, or CSV.
func (s *Server) proposalSheet(a *asked) (answer, error) {
	format := a.DefaultQuery("format", "xlsx")
	if format != "xlsx" && format != "csv" {
		return answer{}, domain.ErrUnknownWord.With("given", short(format)).At("/format")
	}
	f, err := s.budgetFile(a)
	if err != nil {
		return answer{}, err
	}
	var file bytes.Buffer
	write, media := budget.WriteWorkbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	if format == "csv" {
		write, media = budget.WriteCSV, "text/csv; charset=utf-8"
	}
	if err := write(&file, s.sheetForm(a, f), f.Content.Budget); err != nil {
		return answer{}, err
	}
	a.Header("Content-Disposition", `attachment; filename="`+f.Ref+"-budget."+format+`"`)
	return answer{status: 200, raw: file.Bytes(), media: media}, nil
}

// sheetView is what an uploaded file says. Nothing of it is kept: the good cells are
// there to be put into the draft, the others to be mended.
type sheetView struct {
	Cells   []cellView    `json:"cells"`
	Refused []refusedCell `json:"refused"`
}

type refusedCell struct {
	Cell         string  `json:"cell"`
	Organisation *string `json:"organisation"`
	Line         string  `json:"line"`
	Year         int     `json:"year"`
	Shown        string  `json:"shown"`
	Code         string  `json:"code"`
	Title        string  `json:"title"`
	Detail       string  `json:"detail"`
}

// readSheet reads a spreadsheet for a draft's budget, cell by cell.
func (s *Server) readSheet(a *asked) (answer, error) {
	file, err := io.ReadAll(io.LimitReader(a.Request.Body, budget.Largest+1))
	if err != nil {
		return answer{}, unreadable(err)
	}
	if len(file) > budget.Largest {
		return answer{}, domain.ErrTooLarge.With("limit", budget.Largest)
	}
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.DraftBudget(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	good, bad, err := budget.Read(a, file, s.sheetForm(a, f))
	if err != nil {
		return answer{}, err
	}
	words, v := s.Words.in(languageOf(a.Context)), sheetView{[]cellView{}, []refusedCell{}}
	for _, c := range good {
		v.Cells = append(v.Cells, cellView{c.Organisation.String(), c.Line, c.Year, c.Amount})
	}
	for _, r := range bad {
		refused := refusedCell{Cell: r.Cell, Line: r.Line, Year: r.Year, Shown: r.Shown, Code: r.Why.Code, Title: words.title(r.Why), Detail: words.detail(r.Why)}
		if r.Organisation != uuid.Nil {
			id := r.Organisation.String()
			refused.Organisation = &id
		}
		v.Refused = append(v.Refused, refused)
	}
	return shown(v)
}

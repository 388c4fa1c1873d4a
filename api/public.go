package api

import (
	"strconv"
	"time"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
)

// views are the pages of the public site, after the language.
func (s *Server) views() []view {
	return []view{
		{"", "statement.read", s.homePage},
		{"statement", "statement.read", s.statementPage},
		{"statement/:code", "statement.read", s.figurePage},
		{"vouchers/:id", "voucher.read", s.voucherPage},
		{"contributions", "contribution.read", s.contributionsPage},
		{"body", "seat.read", s.bodyPage},
		{"decisions", "decision.read", s.decisionsPage},
		{"decisions/:number", "decision.read", s.decisionPage},
		{"minutes", "minutes.register", s.minutesPage},
		{"minutes/:number", "minutes.register", s.minutesOfPage},
		{"programmes", "programme.read", s.programmesPage},
		{"programmes/:code", "programme.read", s.programmePage},
		{"pipeline", "pipeline.read", s.pipelinePage},
		{"pipeline/editions/:n", "pipeline.read", s.editionPage},
		{"calls", "call.read", s.callsPage},
		{"calls/:ref", "call.read", s.callPage},
		{"charter", "charter.read", s.charterPage},
		{"charter/versions", "charter.read", s.charterVersionsPage},
		{"charter/:part", "charter.read", s.charterPage},
		{"privacy", "policy.read", s.privacyPage},
	}
}

// statusData fills the table of the Funding Status.
type statusData struct {
	AsOf     time.Time
	Currency ledger.Currency
	Lines    []statusLine
}

type statusLine struct {
	Code, Group, Label, Value, Shown, Href string
	Total, Nothing                         bool
}

// groups are the headings that stand before a line.
var groups = map[string]string{"contributions": "source", "transfers": "use", "expenditure": "organizations"}

var totals = map[string]bool{"total_source": true, "total_use": true, "balance_with_agent": true, "balance_with_organizations": true, "total_balance": true}

func (p page) status(st domain.Statement) statusData {
	d := statusData{AsOf: st.AsOf, Currency: st.Currency}
	day := st.AsOf.Format(time.DateOnly)
	for _, l := range st.Lines {
		line := statusLine{Code: l.Code, Label: p.say("site.line."+l.Code, nil), Value: l.Amount.Text(), Shown: p.figures(l.Amount.Text()),
			Href: p.To("statement/" + l.Code + "?as_of=" + day), Total: totals[l.Code], Nothing: l.Amount.IsZero()}
		if g, ok := groups[l.Code]; ok {
			line.Group = p.say("site.group."+g, nil)
		}
		d.Lines = append(d.Lines, line)
	}
	return d
}

// of picks lines by their codes.
func (d statusData) of(codes ...string) (picked []statusLine) {
	for _, code := range codes {
		for _, l := range d.Lines {
			if l.Code == code {
				picked = append(picked, l)
			}
		}
	}
	return picked
}

type homeData struct {
	statusData
	Received, Transferred, Balance ledger.Money
	Headline                       []statusLine // the lines that most people come for
	Flow                           flowData
	Calls                          []callLine
	Decisions                      []decisionLine
}

// newest is how many decisions the first page shows.
const newest = 5

func (s *Server) homePage(a *asked, p page) (string, page, error) {
	st, err := s.Store.Statement(a, a.by, time.Time{})
	if err != nil {
		return "", p, err
	}
	d := p.status(st)
	home := homeData{statusData: d, Headline: d.of("contributions", "transfers", "balance_with_agent", "balance_with_organizations"),
		Received: st.Line("contributions"), Transferred: st.Line("transfers"), Balance: st.Line("balance_with_agent")}
	if home.Decisions, err = s.decisionLines(a, p); err != nil {
		return "", p, err
	}
	course, err := s.readCourse(a, p.tongue, st.AsOf)
	if err != nil {
		return "", p, err
	}
	home.Flow = p.flow(course)
	home.Decisions = home.Decisions[:min(newest, len(home.Decisions))]
	calls, err := s.callLines(a, p)
	for _, c := range calls {
		if c.open {
			home.Calls = append(home.Calls, c)
		}
	}
	p.Title, p.Data = p.say("site.home.title", nil), home
	return "home", p, err
}

func (s *Server) statementPage(a *asked, p page) (string, page, error) {
	asOf, err := a.day("as_of")
	if err != nil {
		return "", p, err
	}
	st, err := s.Store.Statement(a, a.by, asOf)
	p.Title, p.Data = p.say("site.statement.title", nil), p.status(st)
	return "status", p, err
}

type figureData struct {
	AsOf     time.Time
	Amount   ledger.Money
	Count    int
	Vouchers []store.Part
	Next     string
}

func (s *Server) figurePage(a *asked, p page) (string, page, error) {
	fig, next, err := s.opened(a)
	if err != nil {
		return "", p, err
	}
	if next != "" {
		next = "?" + next
	}
	p.Title, p.Data = p.say("site.line."+fig.Code, nil), figureData{fig.AsOf, fig.Amount, fig.Count, fig.Parts, next}
	return "figure", p, nil
}

func (s *Server) voucherPage(a *asked, p page) (string, page, error) {
	id, err := a.id("id")
	if err != nil {
		return "", p, err
	}
	v, err := s.Store.Voucher(a, a.by, id)
	p.Title, p.Data = p.say("site.voucher.title", map[string]any{"number": strconv.FormatInt(v.Number, 10)}), v
	return "voucher", p, err
}

package api

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
)

type statementView struct {
	Fund     string          `json:"fund"`
	Currency ledger.Currency `json:"currency"`
	AsOf     string          `json:"as_of"`
	Lines    []lineView      `json:"lines"`
}

type lineView struct {
	Code   string `json:"code"`
	Label  string `json:"label"`
	Amount string `json:"amount"`
}

// StatementView is the Funding Status as JSON has it, labelled in a language: the
// API's answer and what `fund statement --format json` prints.
func StatementView(fund string, st domain.Statement, label func(code, english string) string) any {
	v := statementView{fund, st.Currency, st.AsOf.Format(time.DateOnly), nil}
	for _, l := range st.Lines {
		v.Lines = append(v.Lines, lineView{l.Code, label(l.Code, l.Label), l.Amount.Text()})
	}
	return v
}

// statement shows the Funding Status as of a day.
func (s *Server) statement(a *asked) (answer, error) {
	asOf, err := a.day("as_of")
	if err != nil {
		return answer{}, err
	}
	st, err := s.Store.Statement(a, a.by, asOf)
	if err != nil {
		return answer{}, err
	}
	fund, err := s.Store.Fund(a)
	if err != nil {
		return answer{}, err
	}
	words := s.Words.in(languageOf(a.Context))
	return shown(StatementView(fund.Name, st, func(code, english string) string {
		if label := words.say("site.line."+code, nil); label != "" {
			return label
		}
		return english
	}))
}

type figureView struct {
	Code     string     `json:"code"`
	AsOf     string     `json:"as_of"`
	Amount   money      `json:"amount"`
	Count    int        `json:"count"`
	Vouchers []partView `json:"vouchers"`
}

type partView struct {
	ID       uuid.UUID   `json:"id"`
	Number   int64       `json:"number"`
	Kind     ledger.Kind `json:"kind"`
	BookedOn string      `json:"booked_on"`
	Memo     string      `json:"memo"`
	Part     money       `json:"part"`
}

// figure opens a line of the statement to its vouchers.
func (s *Server) figure(a *asked) (answer, error) {
	fig, next, err := s.opened(a)
	if err != nil {
		return answer{}, err
	}
	v := figureView{fig.Code, fig.AsOf.Format(time.DateOnly), moneyOf(fig.Amount), fig.Count, []partView{}}
	for _, p := range fig.Parts {
		v.Vouchers = append(v.Vouchers, partView{p.ID, p.Number, p.Kind, p.BookedOn.Format(time.DateOnly), p.Memo, moneyOf(p.Part)})
	}
	return paged(v, next)
}

// opened reads what a figure's page and its JSON both show, and the query of the
// page after.
func (s *Server) opened(a *asked) (fig store.Figure, next string, err error) {
	asOf, err := a.day("as_of")
	if err != nil {
		return fig, "", err
	}
	after, limit, err := a.numbered()
	if err != nil {
		return fig, "", err
	}
	fig, err = s.Store.Opened(a, a.by, a.Param("code"), asOf, after, limit)
	if err != nil || len(fig.Parts) < limit {
		return fig, "", err
	}
	last := fig.Parts[len(fig.Parts)-1].Number
	return fig, "as_of=" + fig.AsOf.Format(time.DateOnly) + "&after=" + strconv.FormatInt(last, 10) + "&limit=" + strconv.Itoa(limit), nil
}

type voucherView struct {
	ID       uuid.UUID     `json:"id"`
	Number   int64         `json:"number"`
	Kind     ledger.Kind   `json:"kind"`
	BookedOn string        `json:"booked_on"`
	ValueOn  string        `json:"value_on"`
	PostedAt time.Time     `json:"posted_at"`
	Memo     string        `json:"memo"`
	Subject  string        `json:"subject"`
	Act      string        `json:"act"`
	Decision string        `json:"decision,omitempty"`
	Request  string        `json:"transfer_request,omitempty"`
	Reverses *uuid.UUID    `json:"reverses,omitempty"`
	Reversed *uuid.UUID    `json:"reversed_by,omitempty"`
	Postings []postingView `json:"postings"`
}

type postingView struct {
	From  ledger.Account `json:"from"`
	To    ledger.Account `json:"to"`
	Money money          `json:"amount"`
}

// voucher shows one, with its postings.
func (s *Server) voucher(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	v, err := s.Store.Voucher(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	view := voucherView{v.ID, v.Number, v.Kind, v.BookedOn.Format(time.DateOnly), v.ValueOn.Format(time.DateOnly), v.PostedAt.UTC(), v.Memo, v.Subject,
		v.Act, v.Decision, v.Request, v.Reverses, v.ReversedBy, nil}
	for _, p := range v.Postings {
		view.Postings = append(view.Postings, postingView{p.From, p.To, moneyOf(p.Money)})
	}
	return shown(view)
}

package api

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/exchange/sheet"
	"startupfund/store"
)

// mostApprovals bounds a set: more approvals than a meeting has.
const mostApprovals = 100

type offerView struct {
	Proposal  uuid.UUID    `json:"proposal"`
	Ref       string       `json:"ref"`
	Title     string       `json:"title"`
	Language  string       `json:"language"`
	Area      string       `json:"area"`
	Requested ledger.Money `json:"requested"`
	Prepared  ledger.Money `json:"prepared"`
	Amount    ledger.Money `json:"amount"`
}

type chosenView struct {
	offerView
	Fits   bool          `json:"fits"`
	Short  ledger.Money  `json:"short"`
	Draws  []earmarkView `json:"draws"`
	Awaits []earmarkView `json:"awaits"`
}

type earmarkView struct {
	Earmark string       `json:"earmark"`
	Amount  ledger.Money `json:"amount"`
}

type potView struct {
	Earmark   string       `json:"earmark"`
	Available ledger.Money `json:"available"`
	Drawn     ledger.Money `json:"drawn"`
	Left      ledger.Money `json:"left"`
	Signed    ledger.Money `json:"signed"`
	Awaited   ledger.Money `json:"awaited"`
}

type weightView struct {
	N      int          `json:"n"`
	Amount ledger.Money `json:"amount"`
	Share  string       `json:"share"` // of the whole, per cent
}

type proportionView struct {
	By     string     `json:"by"`
	Key    string     `json:"key"`
	Before weightView `json:"before"`
	After  weightView `json:"after"`
}

// portfolioView is what a set of approvals would do. It decides nothing.
type portfolioView struct {
	Candidates  []offerView      `json:"candidates"`
	Chosen      []chosenView     `json:"chosen"`
	LeftOut     int              `json:"left_out"`
	Asked       ledger.Money     `json:"asked"`
	Fitting     ledger.Money     `json:"fitting"`
	Pots        []potView        `json:"pots"`
	Proportions []proportionView `json:"proportions"`
}

// portfolioAsk reads which call's and what was chosen, in order.
func (a *asked) portfolioAsk() (call uuid.UUID, chosen []uuid.UUID, err error) {
	if text := a.Query("call"); text != "" {
		if call, err = uuid.Parse(text); err != nil {
			return call, nil, domain.ErrUnknownWord.With("given", short(text)).At("/call")
		}
	}
	given := a.Query("chosen")
	if given == "" {
		return call, nil, nil
	}
	seen := map[uuid.UUID]bool{}
	for _, text := range strings.Split(given, ",") {
		id, err := uuid.Parse(text)
		if err != nil || seen[id] {
			return call, nil, domain.ErrUnknownWord.With("given", short(text)).At("/chosen")
		}
		seen[id], chosen = true, append(chosen, id)
	}
	if len(chosen) > mostApprovals {
		return call, nil, domain.ErrTooLong.With("limit", mostApprovals*len(uuid.Nil.String()+",")).At("/chosen")
	}
	return call, chosen, nil
}

func (s *Server) weighed(a *asked) (store.PortfolioFile, error) {
	call, chosen, err := a.portfolioAsk()
	if err != nil {
		return store.PortfolioFile{}, err
	}
	return s.Store.Portfolio(a, a.by, call, chosen)
}

// portfolio shows what a set of approvals would do to the money and to the balance.
func (s *Server) portfolio(a *asked) (answer, error) {
	f, err := s.weighed(a)
	if err != nil {
		return answer{}, err
	}
	v := portfolioView{Candidates: []offerView{}, Chosen: []chosenView{}, LeftOut: f.LeftOut, Asked: f.Asked, Fitting: f.Fitting, Pots: []potView{}, Proportions: []proportionView{}}
	for _, e := range f.Candidates {
		v.Candidates = append(v.Candidates, viewOfOffer(e))
	}
	for _, c := range f.Chosen {
		v.Chosen = append(v.Chosen, chosenView{viewOfOffer(c.PortfolioEntry), c.Fits, c.Short, drawnFrom(c.Cash), drawnFrom(c.Awaited)})
	}
	for _, p := range f.Pots {
		v.Pots = append(v.Pots, potView(p))
	}
	for _, x := range f.Proportions {
		v.Proportions = append(v.Proportions, proportionView{x.By, x.Key, viewOfTally(x.Before), viewOfTally(x.After)})
	}
	return shown(v)
}

func viewOfOffer(e domain.PortfolioEntry) offerView {
	return offerView{e.Proposal, e.Ref, e.Title, e.Language, e.Area, e.Requested, e.Prepared, e.Amount}
}

func viewOfTally(t domain.Tally) weightView {
	return weightView{t.N, t.Amount, t.Share.StringFixed(2)}
}

// drawnFrom is what is drawn of each earmark, whichever organisation it is for.
func drawnFrom(draws []domain.Draw) []earmarkView {
	views := []earmarkView{}
	for _, d := range draws {
		if n := len(views); n > 0 && views[n-1].Earmark == d.Earmark {
			views[n-1].Amount = views[n-1].Amount.Add(d.Amount)
			continue
		}
		views = append(views, earmarkView{d.Earmark, d.Amount})
	}
	return views
}

// portfolioColumns are those of a set that leaves as a file, a row for each chosen.
var portfolioColumns = []column[domain.ChosenEntry]{
	{"ref", func(c domain.ChosenEntry, _ worded) sheet.Cell { return c.Ref }},
	{"title", func(c domain.ChosenEntry, _ worded) sheet.Cell { return c.Title }},
	{"area", func(c domain.ChosenEntry, word worded) sheet.Cell { return word("area", c.Area) }},
	{"requested", func(c domain.ChosenEntry, _ worded) sheet.Cell { return c.Requested }},
	{"prepared", func(c domain.ChosenEntry, _ worded) sheet.Cell { return c.Prepared }},
	{"amount", func(c domain.ChosenEntry, _ worded) sheet.Cell { return c.Amount }},
	{"currency", func(c domain.ChosenEntry, _ worded) sheet.Cell { return string(c.Amount.Currency) }},
	{"fits", func(c domain.ChosenEntry, word worded) sheet.Cell { return word("fits", fmt.Sprint(c.Fits)) }},
	{"short", func(c domain.ChosenEntry, _ worded) sheet.Cell { return c.Short }},
}

// exportPortfolio gives a set as a file.
func (s *Server) exportPortfolio(a *asked) (answer, error) {
	f, err := s.weighed(a)
	if err != nil {
		return answer{}, err
	}
	word, err := s.wording(a, "portfolio")
	if err != nil {
		return answer{}, err
	}
	return leaving(s, a, "portfolio", "portfolio", portfolioColumns, word, func(do func(domain.ChosenEntry) error) error {
		for _, c := range f.Chosen {
			if err := do(c); err != nil {
				return err
			}
		}
		return nil
	})
}

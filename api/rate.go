package api

import (
	"bytes"
	"crypto/sha256"
	"io"
	"mime"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/exchange/unore"
	"startupfund/store"
)

// rateView is a rate of exchange as the United Nations set it.
type rateView struct {
	Currency    ledger.Currency `json:"currency"`
	EffectiveOn string          `json:"effective_on"`
	PerUSD      string          `json:"per_usd"` // with the decimals of the file
	ImportedAt  time.Time       `json:"imported_at"`
	Replaced    bool            `json:"replaced"`
}

func viewRate(r domain.OperationalRate) rateView {
	return rateView{r.Currency, r.EffectiveOn.Format(time.DateOnly), rateText(r.PerUSD), r.ImportedAt, r.Replaced}
}

// rateText is a rate with all the decimals it was written with.
func rateText(r decimal.Decimal) string { return r.StringFixed(max(-r.Exponent(), 0)) }

type importedRatesView struct {
	Added     int `json:"added"`
	Corrected int `json:"corrected"`
	Known     int `json:"known"`
}

// importRates takes the monthly file of the UN operational rates as treasury.un.org
// publishes it. What is known already does nothing.
func (s *Server) importRates(a *asked) (answer, error) {
	kind, _, _ := mime.ParseMediaType(a.GetHeader("Content-Type"))
	if !slices.Contains(bankFileKinds, kind) {
		return answer{}, errNotXML
	}
	raw, err := io.ReadAll(a.Request.Body)
	if err != nil {
		return answer{}, unreadable(err)
	}
	file, err := unore.Read(bytes.NewReader(raw), 0)
	if err != nil {
		return answer{}, err
	}
	rates := make([]domain.OperationalRate, len(file))
	for i, r := range file {
		rates[i] = domain.OperationalRate{Currency: r.Currency, EffectiveOn: r.EffectiveOn, PerUSD: decimal.RequireFromString(r.PerUSD)}
	}
	sum := sha256.Sum256(raw)
	in, err := s.Store.ImportRates(a, a.ask, sum[:], rates)
	if err != nil {
		return answer{}, err
	}
	return made("/operational-rates", viewImportedRates(in), 0)
}

func viewImportedRates(in store.ImportedRates) importedRatesView {
	return importedRatesView{in.Added, in.Corrected, in.Known}
}

// rates shows what was in force on a day; of one currency, all that the files said.
func (s *Server) rates(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	currency := ledger.Currency(a.Query("currency"))
	if currency == "" {
		return whole(viewRate)(s.Store.OperationalRates(a, a.by, on))
	}
	if !currency.Valid() {
		return answer{}, ledger.ErrCurrency.With("currency", string(currency)).At("/currency")
	}
	return whole(viewRate)(s.Store.RatesOf(a, a.by, currency))
}

package domain

import (
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// A history is what a fund published of its past years: sums a year, not acts.
// It is posted as published, fees included, and asks for no decisions.
var (
	ErrHistoryEmpty     = problem.New(problem.Invalid, "history-empty")
	ErrHistoryClash     = problem.New(problem.Invalid, "history-party-clash")
	ErrHistoryOverdrawn = problem.New(problem.Invalid, "history-overdrawn")
)

// HistoryKind is what a row of a history is about.
type HistoryKind string

// The kinds, in the words of the published data.
const (
	HistoryContribution HistoryKind = "contribution"
	HistoryInterest     HistoryKind = "interest"
	HistoryInterestOrg  HistoryKind = "interest_organization"
	HistoryOtherIncome  HistoryKind = "other_income"
	HistoryRefund       HistoryKind = "refund"
	HistoryFee          HistoryKind = "aa_fee"
	HistoryDirectCost   HistoryKind = "direct_cost"
	HistoryBankCharge   HistoryKind = "bank_charge"
	HistoryTransfer     HistoryKind = "transfer"
	HistoryToFund       HistoryKind = "transfer_to_fund"
	HistoryReturned     HistoryKind = "returned_to_contributor"
	HistoryExpenditure  HistoryKind = "expenditure"
)

// historyOrder is the order in which a year's rows are posted: what comes in
// before what goes out, since all of a year is booked on its last day.
var historyOrder = []HistoryKind{
	HistoryContribution, HistoryInterest, HistoryInterestOrg, HistoryOtherIncome, HistoryRefund,
	HistoryFee, HistoryBankCharge, HistoryDirectCost, HistoryTransfer, HistoryToFund, HistoryReturned,
	HistoryExpenditure,
}

// Valid tells whether k is one of the kinds.
func (k HistoryKind) Valid() bool { return slices.Contains(historyOrder, k) }

// OfProgramme tells whether rows of this kind name a programme.
func (k HistoryKind) OfProgramme() bool {
	return k == HistoryTransfer || k == HistoryRefund || k == HistoryExpenditure
}

// ofAgent tells whether the party of such a row is the agent itself.
func (k HistoryKind) ofAgent() bool {
	return k == HistoryFee || k == HistoryInterest || k == HistoryBankCharge
}

// MayBeNegative tells whether a row of this kind may stand below zero: a negative
// transfer is how some tables write a refund.
func (k HistoryKind) MayBeNegative() bool { return k == HistoryTransfer }

// HistoryRow is one published sum.
type HistoryRow struct {
	Line      int // in its file, the header being line 1
	Year      int
	Kind      HistoryKind
	Party     HistoryParty
	Programme HistoryProgramme // zero where the kind names none
	Amount    ledger.Money     // never zero; below zero only where the kind may be
}

// HistoryParty is a contributor or organisation as a history names it.
type HistoryParty struct {
	Name      string
	Acronym   string // "UNDP", or ""
	Reference string // of IATI, "XM-DAC-41114", or ""
}

// HistoryProgramme is a joint programme as a history names it.
type HistoryProgramme struct{ Code, Title string }

// maxCode is as long as a code in the fund’s registers may be.
const maxCode = 40

var (
	codeForm    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	notCodeSign = regexp.MustCompile(`[^A-Z0-9]+`)
)

// Code is the party's part of account names: the IATI reference, else the acronym,
// else the name in capitals and hyphens. The same party always has the same.
func (p HistoryParty) Code() string {
	for _, given := range []string{p.Reference, p.Acronym} {
		if len(given) <= maxCode && codeForm.MatchString(given) {
			return given
		}
	}
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1 // an accent, split off its letter
		}
		return unicode.ToUpper(r)
	}, norm.NFD.String(p.Name))
	slug := strings.Trim(notCodeSign.ReplaceAllString(plain, "-"), "-")
	if slug == "" || len(slug) > maxCode {
		sum := sha1.Sum([]byte(p.Name))
		slug = strings.Trim(slug[:min(len(slug), maxCode-9)]+"-"+hex.EncodeToString(sum[:4]), "-")
	}
	return slug
}

// HistoryOrganisation is a party with what it was in that history.
type HistoryOrganisation struct {
	Code string
	HistoryParty
	Contributed  bool // paid in
	Participated bool // received transfers, refunded or spent
}

// Kind is what sort of organisation it seems to be, in the words in which the fund
// sorts them; a published history does not say, so a name is all there is to go by.
func (o HistoryOrganisation) Kind() string {
	switch {
	case strings.Contains(o.Name, "Government of"):
		return "state"
	case o.Participated:
		return "un"
	}
	return "other"
}

// HistoryYear sets the published fee beside ours.
type HistoryYear struct {
	Year         int
	Deposits     ledger.Money
	PublishedFee ledger.Money
	OurFee       ledger.Money // rate × the year's deposits, half up to the dollar, as published tables round
	Difference   ledger.Money // published less ours
}

// History is what the store posts and the command prints.
type History struct {
	Organisations []HistoryOrganisation // by code
	Programmes    []HistoryProgramme    // by code
	Vouchers      []ledger.Voucher      // in posting order
	Years         []HistoryYear
	Closing       ledger.Money // with the agent after the last year
}

// NewHistory makes the vouchers of a fund's published past: one a row, booked on
// 31 December of its year, with ids that follow from the fund's code and the line,
// so that the same history is recognised when it comes again. rate is the agent's
// fee of the agreement (0.01). Refused are a history without rows, two parties
// that would share a code, and a year that pays out more than there was.
func NewHistory(fund string, rows []HistoryRow, rate decimal.Decimal) (History, error) {
	if len(rows) == 0 {
		return History{}, ErrHistoryEmpty
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b HistoryRow) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year),
			cmp.Compare(slices.Index(historyOrder, a.kind()), slices.Index(historyOrder, b.kind())),
			cmp.Compare(a.Line, b.Line))
	})
	h := History{Closing: ledger.Zero(ledger.USD)}
	if err := h.name(rows); err != nil {
		return History{}, err
	}
	for _, r := range rows {
		v := r.voucher(fund)
		change := v.Effect()[Available("")]
		if change.Currency != "" { // an expenditure leaves what is available alone
			if h.Closing.Add(change).IsNegative() {
				return History{}, ErrHistoryOverdrawn.With("line", r.Line, "year", r.Year, "available", h.Closing, "asked", change.Neg())
			}
			h.Closing = h.Closing.Add(change)
		}
		h.Vouchers = append(h.Vouchers, v)
		h.count(r, rate)
	}
	return h, nil
}

// name lists who and what the rows speak of.
func (h *History) name(rows []HistoryRow) error {
	parties, programmes := map[string]HistoryOrganisation{}, map[string]HistoryProgramme{}
	for _, r := range rows {
		if r.Kind.OfProgramme() {
			programmes[r.Programme.Code] = r.Programme // the last title stands
		}
		if r.Kind.ofAgent() {
			continue
		}
		code := r.Party.Code()
		was, known := parties[code]
		// One reference is one party, whatever it called itself; without, two names are two.
		if known && was.Name != r.Party.Name && (was.Reference != code || r.Party.Reference != code) {
			return ErrHistoryClash.With("line", r.Line, "code", code, "one", was.Name, "other", r.Party.Name)
		}
		parties[code] = HistoryOrganisation{code, r.Party,
			was.Contributed || r.Kind == HistoryContribution || r.Kind == HistoryReturned,
			was.Participated || r.Kind.OfProgramme() || r.Kind == HistoryDirectCost || r.Kind == HistoryInterestOrg}
	}
	for _, p := range parties {
		h.Organisations = append(h.Organisations, p)
	}
	for _, p := range programmes {
		h.Programmes = append(h.Programmes, p)
	}
	slices.SortFunc(h.Organisations, func(a, b HistoryOrganisation) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(h.Programmes, func(a, b HistoryProgramme) int { return cmp.Compare(a.Code, b.Code) })
	return nil
}

// count adds the row to its year of the fee table; rows come year by year.
func (h *History) count(r HistoryRow, rate decimal.Decimal) {
	if n := len(h.Years); n == 0 || h.Years[n-1].Year != r.Year {
		nothing := ledger.Zero(ledger.USD)
		h.Years = append(h.Years, HistoryYear{r.Year, nothing, nothing, nothing, nothing})
	}
	y := &h.Years[len(h.Years)-1]
	switch r.Kind {
	case HistoryContribution:
		y.Deposits = y.Deposits.Add(r.Amount)
	case HistoryFee:
		y.PublishedFee = y.PublishedFee.Add(r.Amount)
	}
	y.OurFee = ledger.New(y.Deposits.Amount.Mul(rate).Round(0), ledger.USD)
	y.Difference = y.PublishedFee.Sub(y.OurFee)
}

// kind is what the row moves: a negative transfer is a refund.
func (r HistoryRow) kind() HistoryKind {
	if r.Kind == HistoryTransfer && r.Amount.IsNegative() {
		return HistoryRefund
	}
	return r.Kind
}

// historyIDs is the namespace of the ids of history's vouchers.
var historyIDs = uuid.NewSHA1(uuid.NameSpaceURL, []byte("urn:startupfund:history"))

func (r HistoryRow) voucher(fund string) ledger.Voucher {
	lastDay := time.Date(r.Year, time.December, 31, 0, 0, 0, 0, time.UTC)
	e := Entry{
		ID:       uuid.NewSHA1(historyIDs, fmt.Appendf(nil, "%s:%d", fund, r.Line)),
		BookedOn: lastDay,
		ValueOn:  lastDay,
		Memo:     strings.TrimSpace(fmt.Sprintf("%d %s, %s %s", r.Year, r.Kind, r.Party.Name, r.Programme.Code)),
		Subject:  fmt.Sprintf("history:%s:%d", fund, r.Line),
	}
	return e.voucher(ledger.History, r.postings()...)
}

// postings are the money's and the cover's side of a row. Past allocations are
// not published: what was transferred counts as allocated in the same breath.
func (r HistoryRow) postings() []ledger.Posting {
	party, amount := r.Party.Code(), r.Amount.Abs()
	bank, free := BankAccount(amount.Currency), Available("")
	held := Held(party, r.Programme.Code)
	in := func(from ledger.Account) []ledger.Posting {
		return []ledger.Posting{{From: from, To: bank, Money: amount}, {From: Cover, To: free, Money: amount}}
	}
	out := func(to ledger.Account) []ledger.Posting {
		return []ledger.Posting{{From: bank, To: to, Money: amount}, {From: free, To: Cover, Money: amount}}
	}
	switch r.kind() {
	case HistoryContribution:
		return in(ContributionsFrom(party))
	case HistoryInterest:
		return in(InterestFund)
	case HistoryInterestOrg:
		return in(InterestFrom(party))
	case HistoryOtherIncome:
		return in(OtherIncome(party))
	case HistoryRefund:
		return in(held)
	case HistoryFee:
		return out(AgentFee)
	case HistoryBankCharge:
		return out(BankCharges)
	case HistoryDirectCost:
		return out(DirectCost(party))
	case HistoryToFund:
		return out(TransfersToFund(party))
	case HistoryReturned:
		return out(ReturnedTo(party))
	case HistoryTransfer:
		allocated := Allocated(r.Programme.Code, party)
		return []ledger.Posting{
			{From: bank, To: held, Money: amount},
			{From: free, To: allocated, Money: amount},
			{From: allocated, To: Cover, Money: amount},
		}
	case HistoryExpenditure:
		return []ledger.Posting{{From: held, To: Expenditure(party, r.Programme.Code, "unspecified"), Money: amount}}
	}
	panic("domain: no postings for a history's " + string(r.Kind)) // the reader refuses other kinds
}

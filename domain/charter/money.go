package charter

import (
	"github.com/shopspring/decimal"

	"startupfund/domain/ledger"
)

// Budget is the budget's lines and the cost that no line shows.
type Budget struct {
	Lines         []BudgetLine
	Indirect      Indirect
	RevisionShare Rule[Rate] // a line may move by so much of itself before a revision is needed
}

// BudgetLine is one of the harmonised categories of the UN Sustainable Development
// Group, in their order: the first is line 1.
type BudgetLine struct {
	Key  string
	Name Rule[Names]
}

// Indirect is the indirect support cost of a participating organisation.
type Indirect struct {
	Line     Rule[string] // key of the budget line that holds it
	Rate     Rule[Rate]   // of the other lines together; lower is allowed, higher is not
	Rounding Rule[Rounding]
}

// Agent is the Administrative Agent's fee and the conditions of a transfer.
type Agent struct {
	FeeRate             Rule[Rate]
	FeeBase             Rule[FeeBase]
	FeeRounding         Rule[Rounding]
	MinimumContribution Rule[Amount]

	ReleaseDaysFrom    Rule[int]  // working days from the last missing paper to the payment, the least
	ReleaseDaysTo      Rule[int]  // and the most
	TwoPersons         Rule[bool] // who prepares a transfer does not release it
	MemorandumRequired Rule[bool] // no transfer without an MOU in force with the organisation
	RefundTolerance    Rule[Amount]
	TrancheShare       Rule[Rate] // of what was sent, before the next tranche
	TrancheCounts      Rule[TrancheCount]
	TranchePer         Rule[TrancheScope]
	MatchWindowDays    Rule[int] // calendar days between a movement and a bank line, for one to be suggested for the other

	SecondReleaseFrom   Rule[Amount] `since:"9"` // a transfer of so much or more is released by two people
	AcknowledgementDays Rule[int]    `since:"9"` // working days in which an organisation acknowledges what was sent, 1 to 365

	Tranches          Rule[[]int]             `since:"10"` // per cent of a grant in each tranche, in order; 100 together
	OverCommitment    Rule[OverCommitment]    `since:"10"`
	PaymentFile       Rule[PaymentFile]       `since:"10"`
	AccountCoolingOff Rule[int]               `since:"10"` // working days before a changed beneficiary's account is paid, 0 to 60
	Diligence         Rule[[]ContributorKind] `since:"10"` // of which due diligence is done before an agreement
}

// OverCommitment says what becomes of a deposit above what its agreement commits.
type OverCommitment string

const (
	OverRefused  OverCommitment = "refused"
	OverAccepted OverCommitment = "accepted"
)

func (OverCommitment) among() []string { return words(OverRefused, OverAccepted) }

// PaymentFile is the message of ISO 20022 in which the agent's bank takes payments.
type PaymentFile string

const (
	Pain03 PaymentFile = "pain.001.001.03"
	Pain09 PaymentFile = "pain.001.001.09"
)

func (PaymentFile) among() []string { return words(Pain03, Pain09) }

// ContributorKind is a kind of organisation that may contribute, in the words of the
// fund's register.
type ContributorKind string

func (ContributorKind) among() []string {
	return []string{"state", "un", "pooled-fund", "foundation", "private", "stakeholder", "other"}
}

// FeeBase says what the fee's rate is taken of.
type FeeBase string

const (
	OfDeposit FeeBase = "deposit"        // within: 1% of 101.00 is 1.01
	OnTop     FeeBase = "deposit-on-top" // on top: of 101.00, 100.00 is for programmes and 1.00 the fee
)

func (FeeBase) among() []string { return words(OfDeposit, OnTop) }

// TrancheCount says what counts as used in the test before the next tranche.
type TrancheCount string

const (
	SpentOrCommitted TrancheCount = "spent-or-committed"
	Spent            TrancheCount = "spent"
)

func (TrancheCount) among() []string { return words(SpentOrCommitted, Spent) }

// TrancheScope says over what that test is made.
type TrancheScope string

const (
	PerOrganisation TrancheScope = "organisation"
	PerProgramme    TrancheScope = "programme"
)

func (TrancheScope) among() []string { return words(PerOrganisation, PerProgramme) }

// Fee is the agent's fee on one deposit, to the minor unit of the deposit's
// currency, by the charter's rate, base and rounding.
func (c Charter) Fee(deposit ledger.Money) ledger.Money {
	return c.FeeAt(c.Agent.FeeRate.Value.Decimal, deposit)
}

// FeeAt is the agent's fee on one deposit at the rate of an agreement (0.01 is one
// per cent), by the charter's base and rounding.
func (c Charter) FeeAt(rate decimal.Decimal, deposit ledger.Money) ledger.Money {
	one, rounding := decimal.New(1, 0), c.Agent.FeeRounding.Value
	if c.Agent.FeeBase.Value == OnTop {
		return rounding.quotient(deposit.Amount.Mul(rate), one.Add(rate), deposit.Currency)
	}
	return rounding.quotient(deposit.Amount.Mul(rate), one, deposit.Currency)
}

// IndirectCost is the most that may be asked as indirect cost on base, the sum of
// the other lines of one organisation and year.
func (c Charter) IndirectCost(base ledger.Money) ledger.Money {
	i := c.Budget.Indirect
	return i.Rounding.Value.quotient(base.Amount.Mul(i.Rate.Value.Decimal), decimal.New(1, 0), base.Currency)
}

// BudgetLine finds a line of the budget by its key.
func (c Charter) BudgetLine(key string) (BudgetLine, bool) {
	return find(c.Budget.Lines, key, func(l BudgetLine) string { return l.Key })
}

// Allocation says which money an adopted grant takes.
type Allocation struct {
	Earmark         Rule[Dimension]
	DrawOrder       Rule[DrawOrder]
	Cover           Rule[Cover]
	InterestTo      Rule[Bearer] // where interest goes
	ChargesFrom     Rule[Bearer] // what bears bank charges and exchange differences
	DirectCostsFrom Rule[Bearer]

	Preparation Rule[Preparation] `since:"4"`
}

// Preparation says who may be given money to write a joint programme document with.
type Preparation string

const (
	SelectedNotes Preparation = "selected-concept-notes" // with the decision that selects a concept note
	NoPreparation Preparation = "none"
)

func (Preparation) among() []string { return words(SelectedNotes, NoPreparation) }

// Dimension is what a contribution may be earmarked to.
type Dimension string

const (
	ThematicArea Dimension = "thematic-area"
	NoEarmarks   Dimension = "none"
)

func (Dimension) among() []string { return words(ThematicArea, NoEarmarks) }

// DrawOrder says which money is used first.
type DrawOrder string

const (
	EarmarkedFirst   DrawOrder = "earmarked-first"
	UnearmarkedFirst DrawOrder = "unearmarked-first"
)

func (DrawOrder) among() []string { return words(EarmarkedFirst, UnearmarkedFirst) }

// Cover says what a grant may be adopted on. Payment is always from cash.
type Cover string

const (
	CashOnly          Cover = "cash-only"
	SignedInstalments Cover = "signed-instalments"
)

func (Cover) among() []string { return words(CashOnly, SignedInstalments) }

// Bearer is the part of the money that bears an income or a cost.
type Bearer string

const (
	Unearmarked Bearer = "unearmarked"
	ProRata     Bearer = "pro-rata"
)

func (Bearer) among() []string { return words(Unearmarked, ProRata) }

// Reporting is the calendar of reports.
type Reporting struct {
	ExpenditureDue        Rule[MonthDay] // organisations' year-end expenditure, in the next year
	NarrativeDue          Rule[MonthDay] // annual narrative, in the next year
	ConsolidatedDue       Rule[MonthDay] // to contributors, in the next year
	CertifiedDue          Rule[MonthDay] // final certified statement, in the year after financial closure
	FinalNarrativeMonths  Rule[int]      // after operational closure, 1 to 60
	ExtensionNoticeMonths Rule[int]      // before the end, 0 to 60

	FirstReportMonths Rule[int]       `since:"2"` // a first calendar year that is shorter is reported with the next, 0 to 11
	ReminderDays      Rule[[]int]     `since:"2"` // before a report is due its team is reminded, each 1 to 365
	OverdueDays       Rule[int]       `since:"2"` // every so many days after it was due they are asked for it, 1 to 365
	EarlyClosure      Rule[bool]      `since:"2"` // operations may be closed before the end, once every output is delivered or dropped
	Evaluated         Rule[Evaluated] `since:"2"` // which programmes have an independent evaluation
	EvaluationFrom    Rule[Amount]    `since:"2"` // the grant from which one is asked, where an amount says so
	EvaluationMonths  Rule[int]       `since:"2"` // after the end, 0 to 60
	ResponseMonths    Rule[int]       `since:"2"` // for the management response, after the evaluation came, 1 to 60

	LateExtensions Rule[LateEntries] `since:"2"` // asked with less notice than that
	StartsFrom     Rule[StartsFrom]  `since:"2"`
}

// Evaluated says which programmes have an independent evaluation.
type Evaluated string

const (
	EveryProgramme Evaluated = "every-programme"
	FromAnAmount   Evaluated = "from-an-amount"
	NoProgramme    Evaluated = "none"
)

func (Evaluated) among() []string { return words(EveryProgramme, FromAnAmount, NoProgramme) }

// StartsFrom says what makes the day on which a programme's implementation starts.
type StartsFrom string

const (
	FromFirstTransfer  StartsFrom = "first-transfer"  // the day on which the agent first paid
	FromSignedDocument StartsFrom = "signed-document" // the day that the signed document bears
)

func (StartsFrom) among() []string { return words(FromFirstTransfer, FromSignedDocument) }

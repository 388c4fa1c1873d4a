package charter

// Scoring is the score sheet: criteria, their weights and what each step means.
type Scoring struct {
	Sheet            Rule[int] // version of the sheet
	Least            Rule[int] // lowest step of the scale
	Most             Rule[int] // highest
	Total            Rule[Total]
	MinimumAssessors Rule[int]         // scores needed before a proposal is called assessed, 1 to 50
	Assessors        Rule[int]         `since:"6"` // seats asked to assess a proposal, 1 to 50; never fewer than MinimumAssessors
	AssessmentDays   Rule[int]         `since:"6"` // calendar days that they have at the least, 0 to 365
	TooFew           Rule[int]         `since:"6"` // scores from which a mean and a spread say something, 2 to 50
	Blind            Rule[bool]        // nobody sees others' scores before giving their own
	SecondRound      Rule[SecondRound] `since:"7"`
	SecondBlind      Rule[bool]        `since:"7"` // nobody sees others' second scores before giving their own second
	SecondDays       Rule[int]         `since:"8"` // calendar days in which a second score is asked for, 1 to 90
	NotApplicable    Rule[bool]        // whether a criterion may be left out with a reason; it is no number
	Criteria         []Criterion
}

// Asked is how many seats are asked to assess a proposal.
func (s Scoring) Asked() int { return max(s.Assessors.Value, s.MinimumAssessors.Value) }

// Total says how assessors' totals become a proposal's.
type Total string

const (
	MeanOfAssessors Total = "mean-of-assessors"
	SumOfAssessors  Total = "sum-of-assessors"
)

func (Total) among() []string { return words(MeanOfAssessors, SumOfAssessors) }

// SecondRound says whether assessors may score again after the body has spoken about a
// proposal, and which of a seat's two scores counts then. Both are kept.
type SecondRound string

const (
	LastCounts    SecondRound = "last-counts" // the second where one was given, or else the first
	NoSecondRound SecondRound = "none"
)

func (SecondRound) among() []string { return words(LastCounts, NoSecondRound) }

// Criterion is one line of the score sheet.
type Criterion struct {
	Key     string
	Name    Rule[Names]
	Weight  Rule[int]      // of 100
	Anchors Rule[[]string] // English; what each step means, from the lowest
}

// Criterion finds a line of the score sheet by its key.
func (s Scoring) Criterion(key string) (Criterion, bool) {
	return find(s.Criteria, key, func(c Criterion) string { return c.Key })
}

// Steps is how many steps the scale has.
func (s Scoring) Steps() int { return s.Most.Value - s.Least.Value + 1 }

// OnScale tells whether a number is a step of the scale.
func (s Scoring) OnScale(n int) bool { return n >= s.Least.Value && n <= s.Most.Value }

// Package charter is the fund's rules as dated data: one YAML document a version,
// read strictly, checked on the way in and never changed afterwards. Whatever the
// fund does is judged under the version that was in force when it began.
package charter

import (
	_ "embed"
	"time"

	"startupfund/domain/problem"
)

var (
	// ErrInvalid refuses a document. Its particulars are path (a JSON Pointer
	// into the document), rule (which of the rules named in
	// docs/decisions/0003-charter-as-dated-data.md is broken), allowed (what the
	// rule leaves to choose from, or "") and given (what stood there, or "").
	// All that is wrong is told at once.
	ErrInvalid = problem.New(problem.Invalid, "charter-invalid")
	// ErrNoneInForce refuses to go on without rules: there is no fall-back.
	ErrNoneInForce = problem.New(problem.Conflict, "no-charter-in-force")
	// ErrVersion says that a version somebody pinned is not among those kept.
	ErrVersion = problem.New(problem.Conflict, "no-such-charter-version")
)

// Format is the newest shape of document this program reads. A rule that comes in
// is tagged `since:"2"` with the format that brought it; a document of an older
// format is read without it and runs under what the shipped charter says, so that a
// version adopted years ago still opens.
const Format = 10

// Charter is one version of the fund's rules. Treat it as a constant: versions
// are shared between requests.
type Charter struct {
	Format        int
	Version       int       // 1, 2, …: the number under which acts pin it
	EffectiveFrom time.Time // a day: midnight UTC stands for it
	AdoptedBy     string    // the decision that adopted it, or what stands in for one

	Fund           Fund
	Constituencies []Constituency
	Terms          Terms
	Body           Body
	Interests      Interests
	Scoring        Scoring
	Proposals      Proposals
	Budget         Budget
	Agent          Agent
	Allocation     Allocation
	Reporting      Reporting
	Screening      Screening `since:"2"`
	Rotation       Rotation  `since:"5"`
}

// Fund is what the fund is called and how it keeps time and money.
type Fund struct {
	Name        Rule[Names]
	ShortCode   Rule[string]
	Currency    Rule[Currency]
	TimeZone    Rule[Zone]      // in which days begin and deadlines fall
	WorkingDays Rule[[]Weekday] // on which banks work
	Holidays    Rule[[]Date]    // days on which they do not
}

// Constituency is one of the groups that share the seats of the body.
type Constituency struct {
	Key   string
	Name  Rule[Names]
	Seats Rule[int] // 1 to 50
}

// Terms says how long a seat is held.
type Terms struct {
	Months         Rule[int] // length of a term, 1 to 120
	MaxConsecutive Rule[int] // terms one organisation may serve in a row, 1 to 10
	CoolingOff     Rule[int] // months before it may come back, 0 to 120
}

//go:embed default.yaml
var shipped []byte

// Default is the document that the program ships: this fund's rules as far as
// they are known, and a marked assumption wherever they are not.
func Default() []byte { return append([]byte(nil), shipped...) }

// MustDefault is the shipped charter. It panics if that does not parse, which the
// tests of this package rule out.
func MustDefault() Charter {
	c, err := Parse(shipped)
	if err != nil {
		panic("charter: the shipped default: " + err.Error())
	}
	return c
}

// InForce is the charter in force on a day: the one with the latest day of effect
// that is not after it, and of two with the same day the higher version. Where
// there is none it refuses with ErrNoneInForce.
func InForce(all []Charter, day time.Time) (Charter, error) {
	day = calendar(day)
	var found *Charter
	for i := range all {
		c := &all[i]
		if c.EffectiveFrom.After(day) {
			continue
		}
		if found == nil || c.EffectiveFrom.After(found.EffectiveFrom) ||
			c.EffectiveFrom.Equal(found.EffectiveFrom) && c.Version > found.Version {
			found = c
		}
	}
	if found == nil {
		return Charter{}, ErrNoneInForce.With("day", day.Format(time.DateOnly))
	}
	return *found, nil
}

// Version is the charter that an act pinned. A number that is not kept is an
// error, never a reason to judge by another version.
func Version(all []Charter, number int) (Charter, error) {
	for _, c := range all {
		if c.Version == number {
			return c, nil
		}
	}
	return Charter{}, ErrVersion.With("version", number)
}

// Constituency finds a constituency by its key.
func (c Charter) Constituency(key string) (Constituency, bool) {
	return find(c.Constituencies, key, func(x Constituency) string { return x.Key })
}

// SeatCount is the number of seats of all constituencies together.
func (c Charter) SeatCount() int {
	n := 0
	for _, k := range c.Constituencies {
		n += k.Seats.Value
	}
	return n
}

// find is the element that goes by key.
func find[T any, K comparable](all []T, key K, of func(T) K) (T, bool) {
	for _, x := range all {
		if of(x) == key {
			return x, true
		}
	}
	var none T
	return none, false
}

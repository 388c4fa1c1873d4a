package charter

import "slices"

// Rotation is how seats that fall vacant are filled.
type Rotation struct {
	Horizon     Rule[int]  // months ahead for which vacancies are planned, 1 to 36
	PartTerm    Rule[int]  // months from which a part of a term counts among those in a row, 0 to 120
	ChairServes Rule[bool] // whether the organisation that brings the Chair may hold another seat as well
	Proposes    Rule[bool] // whether the program proposes who comes next; constituencies choose all the same

	OfStates   Rule[[]string] `since:"9"` // keys of the constituencies to which states belong
	OfEntities Rule[[]string] `since:"9"` // of those to which entities of the United Nations belong
	OfOthers   Rule[[]string] `since:"9"` // of those to which all other organisations belong

	Kinds   []Kind    // of other stakeholders
	Balance []Balance // what the body as a whole, or a constituency's seats, must keep
}

// Kind is one of the kinds of other stakeholders.
type Kind struct {
	Key  string
	Name Rule[Names]
}

// Balance asks for so many seats of a group, at least and at most.
type Balance struct {
	Key   string
	Name  Rule[Names]
	Among Rule[string] // a constituency's key, or WholeBody
	Group Rule[Group]
	Least Rule[int] // 0 to 50
	Most  Rule[int] // Least to 50
}

// WholeBody stands for the seats of all constituencies together.
const WholeBody = "body"

// Group is a group of states of the United Nations, or what stands for each of
// several.
type Group string

const (
	African         Group = "african"
	AsiaPacific     Group = "asia-pacific"
	EasternEuropean Group = "eastern-european"
	LatinAmerican   Group = "latin-american-and-caribbean"
	WesternEuropean Group = "western-european-and-other"

	LeastDeveloped Group = "ldc"
	Landlocked     Group = "lldc"
	SmallIsland    Group = "sids"

	EachRegion Group = "each-region" // of the five regional groups
	EachKind   Group = "each-kind"   // of other stakeholders
)

// RegionalGroups are the five in which states stand for election. A state is in
// one at most.
var RegionalGroups = []Group{African, AsiaPacific, EasternEuropean, LatinAmerican, WesternEuropean}

// IncomeGroups are those of states in special situations. A state may be in several.
var IncomeGroups = []Group{LeastDeveloped, Landlocked, SmallIsland}

// Groups are all in which a state may be.
var Groups = append(slices.Clone(RegionalGroups), IncomeGroups...)

func (Group) among() []string { return words(append(slices.Clone(Groups), EachRegion, EachKind)...) }

// Kind finds a kind of other stakeholders by its key.
func (r Rotation) Kind(key string) (Kind, bool) {
	return find(r.Kinds, key, func(k Kind) string { return k.Key })
}

// Rule finds a rule of balance by its key.
func (r Rotation) Rule(key string) (Balance, bool) {
	return find(r.Balance, key, func(b Balance) string { return b.Key })
}

func (k *checker) rotation(c Charter) {
	r := c.Rotation
	k.between(r.Horizon, 1, 36, "/rotation/horizon")
	k.between(r.PartTerm, 0, 120, "/rotation/part_term")
	keys(k, "/rotation/kinds", r.Kinds, func(x Kind) string { return x.Key })
	k.constituenciesOf(c, r.OfStates, "/rotation/of_states")
	k.constituenciesOf(c, r.OfEntities, "/rotation/of_entities")
	k.constituenciesOf(c, r.OfOthers, "/rotation/of_others")
	keys(k, "/rotation/balance", r.Balance, func(b Balance) string { return b.Key })
	for i, b := range r.Balance {
		path := at("/rotation/balance", i)
		k.between(b.Least, 0, 50, path+"/least")
		k.between(b.Most, b.Least.Value, 50, path+"/most")
		_, known := c.Constituency(b.Among.Value)
		// What an older document did not say was filled in, and may speak of a
		// constituency that it does not have: it binds nobody then.
		k.that(known || b.Among.Value == WholeBody || c.Format < 5, path+"/among/value", "constituency-or-body", clip(b.Among.Value))
	}
}

// constituenciesOf asks each to be one of the charter's. What an older document did not
// say was filled in, and may speak of one that it does not have.
func (k *checker) constituenciesOf(c Charter, of Rule[[]string], path string) {
	unique(k, path+"/value", of.Value, func(key string) string { return key })
	for i, key := range of.Value {
		_, known := c.Constituency(key)
		k.that(known || c.Format < 9, at(path+"/value", i), "constituency", clip(key))
	}
}

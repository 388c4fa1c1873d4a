package charter

import "strconv"

// Screening says how the secretariat judges what was submitted, what an applicant
// can do about it, and whom it may ask for advice.
type Screening struct {
	Checklist    []CheckItem
	ListRequired Rule[bool] // every finding comes with the list, filled in
	// EligibleListed asks for the list with a finding of eligible, whatever ListRequired
	// says of the others.
	EligibleListed Rule[bool] `since:"6"`
	Rounds         Rule[int]  // times that one may be given back in a phase, 0 to 10
	// MendingDays are those in which what was given back is handed in again; 0 for no
	// deadline, up to 365. What comes later is taken, and its receipt says that it is late.
	MendingDays   Rule[int] `since:"6"`
	DocumentDays  Rule[int] `since:"6"` // the same for the document after its note was selected, up to 730
	AppealDays    Rule[int] // after a finding of ineligible; 0 for no appeal, up to 365
	AppealDecider Rule[Decider]
	AdviceDays    Rule[int] // least that an adviser is given, 0 to 365

	ClarificationDays Rule[int]  `since:"3"` // in which an applicant answers what is asked about a submission, 1 to 365
	AssessorsAsk      Rule[bool] `since:"3"` // members of the body may have the secretariat ask for them

	ObjectiveLeads []ObjectiveLead
}

// Listed tells whether a finding comes with the list, filled in: one of eligible, or
// any other.
func (s Screening) Listed(eligible bool) bool {
	return len(s.Checklist) > 0 && (s.ListRequired.Value || eligible && s.EligibleListed.Value)
}

// CheckItem is one thing that screening looks at.
type CheckItem struct {
	Key      string
	Name     Rule[Names]
	KnockOut Rule[bool] // what does not meet it cannot be eligible
}

// ObjectiveLead names the entities, by their codes, that lead on one objective of
// the Compact. They are suggested as advisers, and nothing else follows from it.
type ObjectiveLead struct {
	Key           string // "objective-6"
	Organisations Rule[[]string]
}

// Decider says who decides on an appeal. It is never the person who screened.
type Decider string

const (
	ByCoordinator Decider = "coordinator"
	ByAnother     Decider = "another-person" // the Coordinator, or another of the secretariat
)

func (Decider) among() []string { return words(ByCoordinator, ByAnother) }

// Item finds a line of the checklist by its key.
func (s Screening) Item(key string) (CheckItem, bool) {
	return find(s.Checklist, key, func(i CheckItem) string { return i.Key })
}

// Leads are the codes of the entities that lead on an objective.
func (s Screening) Leads(objective int) []string {
	l, _ := find(s.ObjectiveLeads, leadKey(objective), func(l ObjectiveLead) string { return l.Key })
	return l.Organisations.Value
}

func leadKey(objective int) string { return "objective-" + strconv.Itoa(objective) }

func (k *checker) screening(s Screening) {
	keys(k, "/screening/checklist", s.Checklist, func(i CheckItem) string { return i.Key })
	k.between(s.Rounds, 0, 10, "/screening/rounds")
	k.between(s.MendingDays, 0, 365, "/screening/mending_days")
	k.between(s.DocumentDays, 0, 730, "/screening/document_days")
	k.between(s.AppealDays, 0, 365, "/screening/appeal_days")
	k.between(s.AdviceDays, 0, 365, "/screening/advice_days")
	k.between(s.ClarificationDays, 1, 365, "/screening/clarification_days")
	known := map[string]bool{}
	for o := 1; o <= Objectives; o++ {
		known[leadKey(o)] = true
	}
	unique(k, "/screening/objective_leads", s.ObjectiveLeads, func(l ObjectiveLead) string { return l.Key })
	for i, l := range s.ObjectiveLeads {
		path := at("/screening/objective_leads", i)
		k.that(known[l.Key], path+"/key", "key-form", clip(l.Key))
		unique(k, path+"/organisations/value", l.Organisations.Value, func(code string) string { return code })
	}
}

package charter

import (
	"regexp"
	"slices"
)

// Proposals says what a proposal must carry, and its limits.
type Proposals struct {
	Areas   []Area
	Markers []Marker

	MarkersRequired     Rule[bool]
	EndorsementRequired Rule[bool]
	EndorsedBy          Rule[Endorsers]
	EndorsingStates     Rule[int]        `since:"2"` // least number of owner states that endorse, where a number is asked, 1 to 193
	SignedOff           Rule[bool]       `since:"2"` // the Resident Coordinator or regional body signs before a submission
	PartsConfirmed      Rule[bool]       `since:"2"` // each participating organisation confirms its part before a submission
	Languages           Rule[[]Language] // in which a proposal may be written
	LateEntries         Rule[LateEntries]
	Stages              Rule[Stages] `since:"2"`
	Scopes              Rule[[]Scope]
	RegionalStates      Rule[int] // least number of states of a regional or global programme, 1 to 193
	GovernmentPartners  Rule[int] // least number of government entities, 0 to 50
	OtherPartners       Rule[int] // least number of partners who are no government, 0 to 50

	MinimumAmount     Rule[Amount]
	MaximumAmount     Rule[Amount]
	PreparationAmount Rule[Amount] // most that a preselected programme gets to write its document
	MaximumMonths     Rule[int]    // of a programme, 1 to 240
	TitleCharacters   Rule[int]    // longest title, 10 to 1000
	SummaryCharacters Rule[int]    // longest summary, 100 to 100,000
	AttachmentBytes   Rule[int]    // largest attachment
	AttachmentCount   Rule[int]    // most attachments of one proposal, 0 to 1000

	AttachmentTotal   Rule[int]            `since:"2"` // most bytes of all attachments of one proposal together
	AttachmentTypes   Rule[[]FileType]     `since:"2"` // what an attachment may be
	ImmaterialFields  Rule[[]ContentField] `since:"2"` // what a mended version may say otherwise, and scores still count
	AttachmentMinutes Rule[int]            `since:"2"` // for which the bytes of what was submitted may still come, 0 to 1440
}

// Objectives is how many objectives the Global Compact for Migration has.
const Objectives = 23

// Area is a thematic area: a cluster of the Compact's objectives, and what a
// contribution may be earmarked to.
type Area struct {
	Key        string
	Name       Rule[Names]
	Objectives Rule[[]int]
}

// Marker is a label that every proposal gives itself on an ordinal scale.
type Marker struct {
	Key   string
	Name  Rule[Names]
	Scale Rule[int] // version of the scale
	Steps []MarkerStep
}

// MarkerStep is a step of a marker's scale; the order of the list is the order of
// the scale, the lowest first.
type MarkerStep struct {
	Code string
	Name Rule[Names]
}

// Endorsers says whose endorsement makes a proposal complete.
type Endorsers string

const (
	EveryState Endorsers = "every-owner-state"
	OneState   Endorsers = "one-owner-state"
	SomeStates Endorsers = "number-of-owner-states" // as many as EndorsingStates says, or all where they are fewer
)

func (Endorsers) among() []string { return words(EveryState, OneState, SomeStates) }

// Endorsing is how many of so many owner states must have endorsed.
func (p Proposals) Endorsing(states int) int {
	switch p.EndorsedBy.Value {
	case OneState:
		return min(1, states)
	case SomeStates:
		return min(p.EndorsingStates.Value, states)
	}
	return states
}

// Language is one of Languages.
type Language string

func (Language) among() []string { return Languages }

// LateEntries says what happens to a submission after the call has closed.
type LateEntries string

const (
	LateRefused LateEntries = "refused"
	LateFlagged LateEntries = "flagged"
)

func (LateEntries) among() []string { return words(LateRefused, LateFlagged) }

// Stages says whether the body decides on a concept note, or selects it and decides
// on the joint programme document that is then written.
type Stages string

const (
	OneStage  Stages = "one"
	TwoStages Stages = "two"
	CallSays  Stages = "as-the-call-says"
)

func (Stages) among() []string { return words(OneStage, TwoStages, CallSays) }

// Scope is how wide a programme reaches.
type Scope string

const (
	National Scope = "national"
	Regional Scope = "regional"
	Global   Scope = "global"
)

func (Scope) among() []string { return words(National, Regional, Global) }

// FileType is what a file is, by what is in it.
type FileType string

// FileTypes are those that the program can tell; a charter allows all or some.
var FileTypes = words[FileType]("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpeg", "text")

func (FileType) among() []string { return FileTypes }

// ContentField is a part of what a proposal says: "title", or an answer to its form,
// "answers/contacts".
type ContentField string

var immaterialForm = regexp.MustCompile(`^(title|summary|language|objectives|markers|attachments|answers/[a-z0-9][a-z0-9_-]{0,59})$`)

// Immaterial tells whether a member of the content may change and leave what was said
// about the version before as it is.
func (p Proposals) Immaterial(member string) bool {
	return slices.Contains(p.ImmaterialFields.Value, ContentField(member))
}

// Area finds a thematic area by its key.
func (c Charter) Area(key string) (Area, bool) {
	return find(c.Proposals.Areas, key, func(a Area) string { return a.Key })
}

// AreaOf is the thematic area that an objective of the Compact (1 to 23) is in.
func (c Charter) AreaOf(objective int) (Area, bool) {
	for _, a := range c.Proposals.Areas {
		for _, o := range a.Objectives.Value {
			if o == objective {
				return a, true
			}
		}
	}
	return Area{}, false
}

// Marker finds a marker by its key.
func (c Charter) Marker(key string) (Marker, bool) {
	return find(c.Proposals.Markers, key, func(m Marker) string { return m.Key })
}

// Step finds a step of the marker's scale by its code.
func (m Marker) Step(code string) (MarkerStep, bool) {
	return find(m.Steps, code, func(s MarkerStep) string { return s.Code })
}

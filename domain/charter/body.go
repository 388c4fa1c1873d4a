package charter

// Body is the decision-making body: who counts, and how each kind of decision is
// taken.
type Body struct {
	Chair     Chair
	Attending Rule[[]Attendee] // may attend, and never decide
	Quorum    Quorum
	Decisions []Decision

	Consensus   Consensus
	NoObjection NoObjection
	Vote        Vote

	WithoutConsensus []Step // tried in this order, each a recorded state

	PositionsReadBy Rule[[]Reader]
	RecordDays      Rule[int] // calendar days in which minutes and records go out, 1 to 365
	Minutes         Minutes   `since:"7"`
	Agenda          Agenda    `since:"8"`

	ExecutiveCommittee Rule[string] `since:"8"` // the constituency whose dated list is the Executive Committee's, or OwnList (since format 10)
	MandatesOf         Rule[string] `since:"8"` // the constituency whose seats record that an item touches their entity's mandate
}

// Agenda says until when what a meeting is to deal with is made known: so many days before it
// starts, at the hour at which it starts in the charter's zone. What comes later is marked.
type Agenda struct {
	ItemDays  Rule[int] `since:"8"` // for what members ask the agenda to have, 0 to 180
	PaperDays Rule[int] `since:"8"` // for its items and their papers, 0 to 180
}

// Minutes says how the minutes of a meeting come to be what was said, and who reads them.
type Minutes struct {
	CorrectionDays Rule[int]  `since:"7"` // calendar days after circulation in which members correct them, 1 to 90
	Public         Rule[bool] `since:"7"` // whether an abridged copy stands in the public register
}

// Chair says who presides and what that office counts for.
type Chair struct {
	Office      Rule[Office]
	Designee    Rule[bool] // whether the Chair may name one for a meeting
	Decides     Rule[bool] // whether the Chair takes positions
	QuorumCount Rule[bool] // whether the Chair counts among those present and those who sit
}

// Office is a function that brings the chair with it.
type Office string

const Coordinator Office = "coordinator" // of the United Nations Network on Migration

func (Office) among() []string { return words(Coordinator) }

// Attendee is a function that attends without deciding.
type Attendee string

const (
	AttendsAgent       Attendee = "agent"
	AttendsSecretariat Attendee = "secretariat"
	AttendsObserver    Attendee = "observer"
)

func (Attendee) among() []string {
	return words(AttendsAgent, AttendsSecretariat, AttendsObserver)
}

// Quorum says how many must be there.
type Quorum struct {
	Share           Rule[Fraction]
	Threshold       Rule[Threshold]
	Of              Rule[QuorumBase]
	PerConstituency Rule[int]    // at least so many of each constituency; 0 asks for none
	Vacant          Rule[Vacant] `since:"9"`
}

// Vacant says what becomes of that least number of a constituency none of whose seats is
// held: Emptied is about one whose seats are held and recused.
type Vacant string

const (
	VacantStops      Vacant = "stops"       // the body cannot decide until one of them is filled
	VacantNotCounted Vacant = "not-counted" // its least number is not asked for
)

func (Vacant) among() []string { return words(VacantStops, VacantNotCounted) }

// QuorumBase is the number of which the quorum is a share.
type QuorumBase string

const (
	SittingUnrecused QuorumBase = "sitting-unrecused" // seats held, less those recused from the item
	Sitting          QuorumBase = "sitting"           // seats held
	AllSeats         QuorumBase = "seats"             // seats there are, vacant ones included
)

func (QuorumBase) among() []string { return words(SittingUnrecused, Sitting, AllSeats) }

// QuorumNeeded is how many must be present where n are the base (Quorum.Of says
// of what). It is never less than one.
func (b Body) QuorumNeeded(n int) int {
	return b.Quorum.Threshold.Value.heads(b.Quorum.Share.Value, n)
}

// Decision is one kind of decision and the ways in which it may be taken.
type Decision struct {
	Kind       DecisionKind
	Name       Rule[Names]
	Procedures Rule[[]Procedure] // the usual one first
}

// DecisionKind is what a decision is about.
type DecisionKind string

const (
	Grant      DecisionKind = "grant"
	Pipeline   DecisionKind = "pipeline"
	Policy     DecisionKind = "policy"
	Plan       DecisionKind = "plan"
	Membership DecisionKind = "membership"
	Revision   DecisionKind = "revision"
	DirectCost DecisionKind = "direct-cost"
	Amendment  DecisionKind = "charter" // a new version of these rules
)

func (DecisionKind) among() []string {
	return words(Grant, Pipeline, Policy, Plan, Membership, Revision, DirectCost, Amendment)
}

// Procedure is a way of taking a decision.
type Procedure string

const (
	ByConsensus   Procedure = "consensus"
	ByNoObjection Procedure = "no-objection"
	ByVote        Procedure = "vote"
)

func (Procedure) among() []string { return words(ByConsensus, ByNoObjection, ByVote) }

// Procedures are the ways in which a kind of decision may be taken, the usual one
// first.
func (b Body) Procedures(kind DecisionKind) []Procedure {
	d, _ := find(b.Decisions, kind, func(d Decision) DecisionKind { return d.Kind })
	return d.Procedures.Value
}

// Allows tells whether a kind of decision may be taken in this way.
func (b Body) Allows(kind DecisionKind, by Procedure) bool {
	for _, p := range b.Procedures(kind) {
		if p == by {
			return true
		}
	}
	return false
}

// Consensus is a decision in a meeting that nobody objects to.
type Consensus struct {
	QuorumApplies Rule[bool]
	SilentJoin    Rule[bool] // whether those present who do not speak join
	Positions     []Position
	Referendum    Referendum `since:"8"`
}

// Referendum says what becomes of a position that joins ad referendum: subject to its
// capital, which confirms it after the announcement, or does not.
type Referendum struct {
	Waits   Rule[bool]         `since:"8"` // whether the outcome waits for the last of them: no number until then
	Days    Rule[int]          `since:"8"` // after the day of the announcement in which they are confirmed, 1 to 365
	DaysAre Rule[DayKind]      `since:"8"`
	Silence Rule[Confirmation] `since:"8"` // what saying nothing within these days is
}

// Confirmation is what a capital's silence is taken for.
type Confirmation string

const (
	SilenceConfirms Confirmation = "confirms"
	SilenceRefuses  Confirmation = "refuses"
)

func (Confirmation) among() []string { return words(SilenceConfirms, SilenceRefuses) }

// NoObjection is a decision in writing that stands when a silence is not broken.
type NoObjection struct {
	QuorumApplies Rule[bool]
	Days          Rule[int] // length of the silence, 1 to 365
	DaysAre       Rule[DayKind]
	SilenceCounts Rule[bool] // whether saying nothing joins
	ExtensionDays Rule[int]  // the longest extension, together, 0 to 365
	Positions     []Position
}

// DayKind says which days are counted.
type DayKind string

const (
	CalendarDays DayKind = "calendar"
	BusinessDays DayKind = "working"
)

func (DayKind) among() []string { return words(CalendarDays, BusinessDays) }

// Vote is a decision by roll call.
type Vote struct {
	QuorumApplies Rule[bool]
	Majority      Rule[Fraction] // half at least: fewer could not carry two contrary texts
	Threshold     Rule[Threshold]
	Of            Rule[MajorityBase]
	Tie           Rule[Tie]
	Changeable    Rule[bool] // whether a position may be changed until the question closes
	AllAnswer     Rule[bool] `since:"9"` // in a meeting: it is not closed before each seat in the room has answered
	Positions     []Position
}

// MajorityBase is the number of which a majority is a share.
type MajorityBase string

const (
	PresentAndVoting MajorityBase = "present-and-voting" // an abstention counts for neither side
	Present          MajorityBase = "present"            // an abstention counts as against
	Rolled           MajorityBase = "roll"               // so does an absence: all who sit and are not recused
)

func (MajorityBase) among() []string { return words(PresentAndVoting, Present, Rolled) }

// Tie says what equal numbers do.
type Tie string

const (
	Falls      Tie = "falls"
	ChairCasts Tie = "chair-casts"
)

func (Tie) among() []string { return words(Falls, ChairCasts) }

// MajorityNeeded is how many in favour carry a question of which n are the base
// (Vote.Of says of what). It is never less than one.
func (b Body) MajorityNeeded(n int) int {
	return b.Vote.Threshold.Value.heads(b.Vote.Majority.Value, n)
}

// Position is something a member may say to a question.
type Position struct {
	Key         string
	Name        Rule[Names]
	Effect      Rule[PositionEffect]
	NeedsReason Rule[bool] // an objection is worked through by its reason
}

// PositionEffect is what a position does to the question.
type PositionEffect string

const (
	Joins  PositionEffect = "joins"  // is for it
	Aside  PositionEffect = "aside"  // counts for neither side and stops nothing
	Blocks PositionEffect = "blocks" // is against it; stops consensus while it stands
	Waits  PositionEffect = "waits"  // stops adoption until another position follows

	AdReferendum PositionEffect = "ad-referendum" // is for it, subject to its capital: Consensus.Referendum says how
)

func (PositionEffect) among() []string { return words(Joins, Aside, Blocks, Waits, AdReferendum) }

// Positions are those that a procedure knows.
func (b Body) Positions(by Procedure) []Position {
	switch by {
	case ByConsensus:
		return b.Consensus.Positions
	case ByNoObjection:
		return b.NoObjection.Positions
	case ByVote:
		return b.Vote.Positions
	}
	return nil
}

// Position finds what a member may say in a procedure, by its key.
func (b Body) Position(by Procedure, key string) (Position, bool) {
	return find(b.Positions(by), key, func(p Position) string { return p.Key })
}

// Step is one rung of the ladder when consensus is not reached.
type Step struct {
	Key  string
	Name Rule[Names]
}

// Reader is a group of people who may read members' positions.
type Reader string

const (
	ReadByMembers      Reader = "members"
	ReadBySecretariat  Reader = "secretariat"
	ReadByAgent        Reader = "agent"
	ReadByAuditor      Reader = "auditor"
	ReadByContributors Reader = "contributors"
	ReadByPublic       Reader = "public"
)

func (Reader) among() []string {
	return words(ReadByMembers, ReadBySecretariat, ReadByAgent, ReadByAuditor, ReadByContributors, ReadByPublic)
}

// OwnList says, in the place of a constituency, that the Executive Committee has a dated
// list of its own: an organisation may be on it and speak through any constituency.
const OwnList = "own-list"

package domain

// What is told of positions that were taken ad referendum.
const (
	ReferendumBegun   Notice = "referendum-open"
	ReferendumEnding  Notice = "referendum-ending"
	ReferendumEnded   Notice = "referendum-over"
	CapitalConfirmed  Notice = "position-confirmed"
	CapitalNotForIt   Notice = "position-not-confirmed"
	StageNotConfirmed        = "not-confirmed" // of an act in which a capital does not confirm
)

func init() {
	Notices = append(Notices, ReferendumBegun, ReferendumEnding, ReferendumEnded, CapitalConfirmed, CapitalNotForIt)
}

// toldOfReferenda lists who is told of an act on a question that somebody joined ad
// referendum; nobody, of another.
func toldOfReferenda(act, stage string) []Audience {
	secretariat := func(n Notice) Audience { return Audience{n, Secretariat, Everybody, false} }
	steers := func(n Notice) []Audience { return []Audience{{n, Coordinator, Everybody, false}, secretariat(n)} }
	switch {
	case act == "decision.announce" && QuestionState(stage) == QuestionUnconfirmed:
		return append(body(ReferendumBegun), secretariat(ReferendumBegun))
	case act == "position.confirm" && stage == StageNotConfirmed:
		return steers(CapitalNotForIt)
	case act == "position.confirm":
		return steers(CapitalConfirmed)
	case act == "referendum.remind" && stage == StageSilenceOver:
		return steers(ReferendumEnded)
	case act == "referendum.remind":
		return body(ReferendumEnding)
	}
	return nil
}

package domain

// What people are told of questions in writing.
const (
	WrittenCirculated Notice = "question-circulated"
	WrittenOff        Notice = "question-in-writing-withdrawn"
	SilenceBegun      Notice = "silence-open"
	SilenceExtended   Notice = "silence-extended"
	SilenceEnding     Notice = "silence-ending"
	SilenceEnded      Notice = "silence-over"
	RemarkMade        Notice = "question-remarked"
)

// SilenceNotices are all of them.
var SilenceNotices = []Notice{WrittenCirculated, WrittenOff, SilenceBegun, SilenceExtended, SilenceEnding, SilenceEnded, RemarkMade}

// Stages in which an act leaves a question in writing, beside its own states.
const (
	StageInWriting     = "in-writing" // of what else is said with a meeting's name
	StageSilenceEnding = "ending"
	StageSilenceOver   = "over"
)

// toldInWriting is who is told of an act on a question in writing; nobody of any other.
// That a silence is over is told to whoever presides, and to the secretariat.
func toldInWriting(act, stage string) []Audience {
	secretariat := func(n Notice) Audience { return Audience{n, Secretariat, Everybody, false} }
	switch {
	case act == "question.circulate":
		return body(WrittenCirculated)
	case act == "ladder.return" && stage == StageInWriting:
		return body(WrittenCirculated)
	case act == "question.open" && stage == StageInWriting:
		return body(SilenceBegun)
	case act == "question.withdraw" && stage == StageInWriting:
		return append(body(WrittenOff), secretariat(WrittenOff))
	case act == "silence.extend":
		return append(body(SilenceExtended), secretariat(SilenceExtended))
	case act == "question.remark":
		return append(body(RemarkMade), secretariat(RemarkMade))
	case act == "silence.remind" && stage == StageSilenceOver:
		return []Audience{{SilenceEnded, Coordinator, Everybody, false}, {SilenceEnded, Member, Recipient, false}, secretariat(SilenceEnded)}
	case act == "silence.remind":
		return body(SilenceEnding)
	}
	return nil
}

// PresidesInWriting is the organisation whose people preside over a question in writing,
// where that is a member's.
func (i Item) PresidesInWriting() (r RollSeat, member bool) {
	seat, ok := i.chairInWriting()
	return seat, ok && !seat.Chair
}

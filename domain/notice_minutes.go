package domain

// What is told of minutes and records.
const (
	MinutesToCorrect Notice = "minutes-to-correct"
	MinutesCorrected Notice = "minutes-corrected"
	MinutesSent      Notice = "minutes-sent"
	RecordSent       Notice = "record-sent"
)

func init() { Notices = append(Notices, MinutesToCorrect, MinutesCorrected, MinutesSent, RecordSent) }

// toldOfMinutes lists who is told of an act on minutes or records; nobody, of another.
func toldOfMinutes(act string) []Audience {
	switch act {
	case "minutes.circulate":
		return body(MinutesToCorrect)
	case "minutes.correct":
		return []Audience{{MinutesCorrected, Secretariat, Everybody, false}}
	case "minutes.send":
		return attending(MinutesSent)
	case "record.send":
		return attending(RecordSent)
	}
	return nil
}

// attending are those who decide and those who attend: to whom minutes and records go out.
func attending(n Notice) []Audience {
	return append(body(n), Audience{n, AgentPreparer, Everybody, false}, Audience{n, AgentReleaser, Everybody, false}, Audience{n, Secretariat, Everybody, true})
}

package domain

// What is told of second rounds of scores, and of interests that others put on record or set aside.
const (
	SecondRoundOpened   Notice = "second-round-opened"
	InterestSuggestedTo Notice = "interest-suggested"
	InterestSetAside    Notice = "interest-set-aside"
)

func init() { Notices = append(Notices, SecondRoundOpened, InterestSuggestedTo, InterestSetAside) }

// Rescoring are the organisations that scored a proposal or are asked to, as far as they
// have it in sight.
const Rescoring Party = "rescoring"

// Interested are the people of the organisation whose interest an act was about. They are
// told which item it is and not what it says: the interest may take it out of sight.
const Interested Party = "interested"

// toldOfSteps lists who is told of these; nobody, of another act.
func toldOfSteps(act string) []Audience {
	interested := func(n Notice) []Audience {
		return []Audience{{n, Member, Interested, false}, {n, Coordinator, Interested, false}}
	}
	switch act {
	case "score.second-round":
		return []Audience{{SecondRoundOpened, Member, Rescoring, false}}
	case "interest.suggest":
		return interested(InterestSuggestedTo)
	case "interest.dismiss":
		return interested(InterestSetAside)
	}
	return nil
}

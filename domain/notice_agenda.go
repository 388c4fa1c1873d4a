package domain

// What is told of items that members propose.
const (
	ItemProposed Notice = "item-proposed"
	ItemTaken    Notice = "item-taken"
	ItemDeclined Notice = "item-declined"

	DesigneeNamed Notice = "designee-named" // for a meeting that has not opened
	DesigneeTaken Notice = "designee-taken-back"

	MeetingOff Notice = "meeting-cancelled"
)

func init() {
	Notices = append(Notices, ItemProposed, ItemTaken, ItemDeclined, DesigneeNamed, DesigneeTaken, MeetingOff)
}

// Stages in which naming a designee leaves a meeting.
const (
	StageDesignated = "designated"
	StageTakenBack  = "taken-back"
)

// toldOfItems lists who is told of an act on a proposed item, or of who is to preside over a
// meeting, or that it was called off; nobody, of another.
func toldOfItems(act, stage string) []Audience {
	proposer := func(n Notice) []Audience {
		return []Audience{{n, Member, Concerned, false}, {n, Coordinator, Concerned, false}}
	}
	switch act {
	case "meeting.designate":
		secretariat := func(n Notice) Audience { return Audience{n, Secretariat, Everybody, false} }
		switch stage {
		case StageDesignated:
			return append(body(DesigneeNamed), secretariat(DesigneeNamed))
		case StageTakenBack:
			return append(body(DesigneeTaken), secretariat(DesigneeTaken))
		}
	case "meeting.cancel":
		return attending(MeetingOff)
	case "item.propose":
		return []Audience{{ItemProposed, Secretariat, Everybody, false}}
	case "item.take":
		return proposer(ItemTaken)
	case "item.decline":
		return proposer(ItemDeclined)
	}
	return nil
}

package domain

// What is told of items that members propose.
const (
	ItemProposed Notice = "item-proposed"
	ItemTaken    Notice = "item-taken"
	ItemDeclined Notice = "item-declined"
)

func init() { Notices = append(Notices, ItemProposed, ItemTaken, ItemDeclined) }

// toldOfItems lists who is told of an act on a proposed item; nobody, of another.
func toldOfItems(act string) []Audience {
	proposer := func(n Notice) []Audience {
		return []Audience{{n, Member, Concerned, false}, {n, Coordinator, Concerned, false}}
	}
	switch act {
	case "item.propose":
		return []Audience{{ItemProposed, Secretariat, Everybody, false}}
	case "item.take":
		return proposer(ItemTaken)
	case "item.decline":
		return proposer(ItemDeclined)
	}
	return nil
}

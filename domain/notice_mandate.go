package domain

// What is told of a mandate that an item touches, and what waits until it is settled.
const (
	MandateNamed Notice = "mandate-raised"
	MandateHeard Notice = "mandate-settled" // or tried to be
)

func init() {
	Notices = append(Notices, MandateNamed, MandateHeard)
	mandate := duty{"mandate.settle", []string{"mandate.settle"}}
	duties[Secretariat], duties[Coordinator] = append(duties[Secretariat], mandate), append(duties[Coordinator], mandate)
}

// Presiding is whoever presides over the item that the act was about, as it stands.
const Presiding Party = "presiding"

// PresidedBy tells whether by presides over the item.
func (i Item) PresidedBy(by Actor) bool { return i.presidedBy(by) == nil }

// toldOfMandates lists who is told that an item touches a mandate, and the entity what came
// of it; nobody, of another act. Whoever raised it is the recipient.
func toldOfMandates(act string) []Audience {
	switch act {
	case "mandate.raise":
		return []Audience{{MandateNamed, Secretariat, Everybody, false}, {MandateNamed, Coordinator, Everybody, false}, {MandateNamed, Member, Presiding, false}}
	case "mandate.settle":
		return []Audience{{MandateHeard, Member, Interested, false}, {MandateHeard, Secretariat, Everybody, false}, {MandateHeard, Coordinator, Everybody, false}}
	}
	return nil
}

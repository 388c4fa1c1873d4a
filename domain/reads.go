package domain

import (
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// ReadsPositions tells whether the charter lets a role read members' positions. Its members
// are those whose organisation sits: a hat of the role alone reads what the public does.
func ReadsPositions(c charter.Charter, role Role, sits bool) bool {
	group := map[Role]charter.Reader{
		Coordinator: charter.ReadByMembers, Secretariat: charter.ReadBySecretariat,
		AgentPreparer: charter.ReadByAgent, AgentReleaser: charter.ReadByAgent, Auditor: charter.ReadByAuditor,
		Contributor: charter.ReadByContributors,
	}[role]
	if role == Member && sits {
		group = charter.ReadByMembers
	}
	for _, r := range c.Body.PositionsReadBy.Value {
		if r == group || r == charter.ReadByPublic {
			return true
		}
	}
	return false
}

// Reads tells whether by reads the positions on the item, and all that only their readers
// see. A member does whose organisation sits today, or is on the item's roll.
func (i Item) Reads(by Actor) bool {
	onRoll := func(r RollSeat) bool { return r.Organisation == by.Hat.Organisation }
	return ReadsPositions(i.Charter, by.Hat.Role, slices.Contains(i.Sits, by.Hat.Organisation) || slices.ContainsFunc(i.Roll, onRoll))
}

// Organisations are those that hold some seats.
func Organisations(sitting []Sitting) (list []uuid.UUID) {
	for _, s := range sitting {
		list = append(list, s.Organisation)
	}
	return list
}

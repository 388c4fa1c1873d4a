package store

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// registerReach is reach for the register: the rows that the actor may see, of which
// those are left out that an interest takes out of sight.
func (t *tx) registerReach() (v view, err error) {
	by := t.by
	only := func(seen, sql string, args ...any) (view, error) {
		return view{seen: seen, all: []condition{{"", "e.seen = '" + seen + "'", nil}, {"", sql, args}}}, nil
	}
	org := by.Hat.Organisation
	switch {
	case by.Hat.Role == domain.Auditor:
		return only("written", "true")
	case by.Scope == domain.Any:
		if v, err = only("submitted", "true"); err != nil {
			return v, err
		}
		unseen, err := t.unseen()
		v.all = append(v.all, unseen...)
		return v, err
	case by.Hat.Role == domain.Applicant:
		return only("written", `e.proposal IN (SELECT r.proposal FROM register r WHERE r.seen = 'written' AND r.organisation = ?
			UNION SELECT x.proposal FROM proposal_team x WHERE x.person = ? AND x.organisation = ?)`, org, by.Person, org)
	case by.Hat.Role == domain.FocalPoint:
		return only("written", `e.states @> ARRAY[?::uuid]`, org)
	}
	return only("written", "false")
}

// unseen leaves out what an interest of the actor's organisation takes out of sight,
// by the rules that each proposal is judged under.
func (t *tx) unseen() (left []condition, err error) {
	if t.by.Hat.Role != domain.Member && t.by.Hat.Role != domain.Coordinator {
		return nil, nil
	}
	charters, err := t.chartersOfCalls()
	if err != nil {
		return nil, err
	}
	org := t.by.Hat.Organisation
	kin, err := t.kin()
	if err != nil {
		return nil, err
	}
	ours := kin.Of(org)
	standing, err := t.standingOf(ours)
	if err != nil {
		return nil, err
	}
	for version, c := range charters {
		kinds := domain.Unlisted(c, t.by.Hat.Role)
		if len(kinds) == 0 {
			continue
		}
		stakes := []string{`e.proposal IN (SELECT q.proposal FROM interests_now i JOIN questions q ON q.id = i.question WHERE i.organisation IN ? AND i.source <> ? AND i.kind IN ? AND ` + bindsNoOther + ` AND q.proposal IS NOT NULL)`}
		args := []any{version, ours, domain.InterestFound, kinds, t.by.Person}
		if said, of := staked(kinds, ours); said != "" {
			stakes, args = append(stakes, said), append(args, of...)
		}
		if said, of := touching(kin, org, standing, func(k charter.InterestKind) bool { return slices.Contains(kinds, k) }); said != "" {
			stakes, args = append(stakes, said), append(args, of...)
		}
		left = append(left, condition{"", `NOT (e.charter_version = ? AND (` + strings.Join(stakes, " OR ") + `))`, args})
	}
	return left, nil
}

// chartersOfCalls are those that proposals are judged under, by their versions.
func (t *tx) chartersOfCalls() (map[int]charter.Charter, error) {
	var versions []int
	if err := t.Raw(`SELECT version FROM charters c WHERE EXISTS (SELECT FROM calls k WHERE k.charter_version = c.version)`).Scan(&versions).Error; err != nil {
		return nil, err
	}
	of := map[int]charter.Charter{}
	for _, version := range versions {
		c, err := t.charterOf(version)
		if err != nil {
			return nil, err
		}
		of[version] = c
	}
	return of, nil
}

// staked is that an organisation, by any of what is one with it, has one of these stakes in
// what a row says, and it was not set aside; "" where none of them follows from that.
func staked(kinds []charter.InterestKind, ours []uuid.UUID) (string, []any) {
	has := map[charter.InterestKind]string{charter.OwnState: `e.states && ?::uuid[]`, charter.OwnOrganisation: `e.organisation = ANY (?::uuid[])`,
		charter.ImplementingPartner: `e.partners && ?::uuid[]`}
	var parts []string
	var args []any
	for _, k := range kinds {
		if said, follows := has[k]; follows {
			parts, args = append(parts, said+` AND `+notAside), append(args, identities(ours), ours[0], string(k))
		}
	}
	return strings.Join(parts, " OR "), args
}

// reviewSight tells of which rows the actor sees who has assessed them, and of which
// whose advice is asked, as domain.ScoresFor has it: whoever a list does not tell
// finds nothing by it and counts nothing of it.
func (t *tx) reviewSight() (map[string]condition, error) {
	charters, err := t.chartersOfCalls()
	if err != nil {
		return nil, err
	}
	seats, err := t.seatings(t.by.Hat, uuid.Nil)
	if err != nil {
		return nil, err
	}
	kin, err := t.kin()
	if err != nil {
		return nil, err
	}
	ours := kin.Of(t.by.Hat.Organisation)
	standing, err := t.standingOf(ours)
	if err != nil {
		return nil, err
	}
	sees := map[string]condition{}
	for _, of := range []string{"assessor", "adviser"} {
		var either []string
		c := condition{of: of}
		for version, rules := range charters {
			sight := domain.SightOfScores(t.by, len(seats) > 0, rules)
			if sight.Nothing {
				continue
			}
			parts := []string{"e.charter_version = ?"}
			c.args = append(c.args, version)
			if said, args := staked(sight.Stakes, ours); said != "" {
				parts, c.args = append(parts, "NOT ("+said+")"), append(c.args, args...)
			}
			if sight.OnRecord {
				parts = append(parts, `e.proposal NOT IN (SELECT q.proposal FROM interests_now i JOIN questions q ON q.id = i.question
					WHERE i.organisation IN ? AND i.source <> ? AND i.kind <> ALL (?::text[]) AND `+bindsNoOther+` AND q.proposal IS NOT NULL)`)
				c.args = append(c.args, ours, domain.InterestFound, listed(sight.Harmless), t.by.Person)
				if said, args := touching(kin, ours[0], standing, func(k charter.InterestKind) bool { return !slices.Contains(sight.Harmless, k) }); said != "" {
					parts, c.args = append(parts, "NOT ("+said+")"), append(c.args, args...)
				}
			}
			if sight.Apart {
				parts = append(parts, `e.proposal NOT IN (SELECT h.proposal FROM proposal_hands h WHERE h.person = ? AND h.wrote)`)
				c.args = append(c.args, t.by.Person)
			}
			if sight.OwnFirst && of == "assessor" {
				parts, c.args = append(parts, `e.assessors @> ARRAY[?::uuid]`), append(c.args, t.by.Hat.Organisation)
			}
			either = append(either, "("+strings.Join(parts, " AND ")+")")
		}
		if c.sql = strings.Join(either, " OR "); c.sql == "" {
			c.sql = "false"
		}
		sees[of] = c
	}
	return sees, nil
}

// listed writes words as a list of PostgreSQL's.
func listed[W ~string](words []W) string {
	var all []string
	for _, w := range words {
		all = append(all, string(w))
	}
	return "{" + strings.Join(all, ",") + "}"
}

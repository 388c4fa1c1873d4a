package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["standing_interest_endings_pkey"] = domain.ErrStandingEnded }

// StandingFile is the register of standing interests, as far as its reader sees it.
type StandingFile struct {
	List  []domain.StandingInterest // by organisation, the newest first
	Today time.Time
	All   bool       // whether those of every organisation are among them
	Kin   domain.Kin // which organisations are one by now
}

// StandingInterests are what by's organisation has declared, or every organisation.
func (s *Store) StandingInterests(ctx context.Context, by domain.Actor) (StandingFile, error) {
	return read(ctx, s, by, func(t *tx) (f StandingFile, err error) {
		f.Today, f.All = t.today(), domain.SeesStanding(by)
		if f.Kin, err = t.kin(); err != nil {
			return f, err
		}
		f.List, err = t.standings(`? OR x.organisation IN ?`, f.All, f.Kin.Of(by.Hat.Organisation))
		return f, err
	})
}

// DeclareStanding puts a standing interest of by's organisation on record.
func (s *Store) DeclareStanding(ctx context.Context, by Ask, x domain.StandingInterest) (StandingFile, error) {
	return act(ctx, s, by, "standing.declare", func(t *tx) (f StandingFile, err error) {
		if x.About != uuid.Nil {
			o, err := t.organisationAt(x.About, "", "/about")
			if err != nil {
				return f, err
			}
			x.AboutCode, x.AboutName = o.Code, o.Name
		}
		if _, err := t.organisation(by.Hat.Organisation, lockOrganisation); err != nil { // one at a time
			return f, err
		}
		earlier, err := t.standings(`x.organisation = ?`, by.Hat.Organisation)
		if err != nil {
			return f, err
		}
		if x, err = domain.DeclareStanding(by.Actor, x, earlier, t.charter, t.today(), t.now); err != nil {
			return f, err
		}
		t.on("standing-interest", x.ID)
		t.changed("interest", string(x.Kind))
		if err := t.Exec(`INSERT INTO standing_interests (id, organisation, person, kind, note, about, area, starts_on, ends_on, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			x.ID, x.Organisation, x.Person, string(x.Kind), x.Note, orNull(x.About), x.Area, day(x.From), dayOrNull(x.Until), x.At).Error; err != nil {
			return f, err
		}
		return t.standingFile(x.ID)
	})
}

// EndStanding ends one of by's organisation with a last day.
func (s *Store) EndStanding(ctx context.Context, by Ask, id uuid.UUID, last time.Time, note string) (StandingFile, error) {
	return act(ctx, s, by, "standing.end", func(t *tx) (f StandingFile, err error) {
		t.on("standing-interest", id)
		x, err := only(t.standings(`x.id = ?`, id))
		if err != nil {
			return f, err
		}
		kin, err := t.kin()
		if err != nil {
			return f, err
		}
		if x, err = x.End(by.Actor, kin, last, note, t.today(), t.now); err != nil {
			return f, err
		}
		t.changed("last", day(last))
		if err := t.Exec(`INSERT INTO standing_interest_endings (standing, last_on, note, person, at) VALUES (?, ?, ?, ?, ?)`,
			id, day(last), x.Ended.Note, x.Ended.Person, x.Ended.At).Error; err != nil {
			return f, err
		}
		return t.standingFile(id)
	})
}

// standingFile is one of them alone.
func (t *tx) standingFile(id uuid.UUID) (f StandingFile, err error) {
	f.Today = t.today()
	if f.Kin, err = t.kin(); err != nil {
		return f, err
	}
	f.List, err = t.standings(`x.id = ?`, id)
	return f, err
}

func dayOrNull(d time.Time) *string {
	if d.IsZero() {
		return nil
	}
	s := day(d)
	return &s
}

// holding is that a standing interest x with its ending f holds on a day, and, where it is a
// person's own, that the person still speaks for the organisation.
const holding = `(daterange(x.starts_on, least(x.ends_on, f.last_on), '[]') @> ?::date AND (x.kind <> 'personal' OR EXISTS (SELECT FROM memberships m
	WHERE m.person = x.person AND m.organisation = x.organisation AND m.role IN ('member', 'coordinator') AND m.term @> ?::date)))`

// standingToday are those that hold: of some organisations, or of all where none is named.
func (t *tx) standingToday(ours []uuid.UUID) ([]domain.StandingInterest, error) {
	return t.standings(`(? = '{}' OR x.organisation = ANY (?::uuid[])) AND `+holding, identities(ours), identities(ours), t.today(), t.today())
}

// standingOf are those that hold of some organisations and are the actor's concern.
func (t *tx) standingOf(ours []uuid.UUID) ([]domain.StandingInterest, error) {
	list, err := t.standingToday(ours)
	return slices.DeleteFunc(list, func(x domain.StandingInterest) bool { return !x.Binds(t.by.Person) }), err
}

func (t *tx) standings(condition string, args ...any) (list []domain.StandingInterest, err error) {
	err = t.each(`SELECT x.id, x.organisation, o.code, o.name, x.person, p.name, x.kind, x.note, x.about, coalesce(b.code, ''), coalesce(b.name, ''), x.area,
			x.starts_on, x.ends_on, x.at, f.last_on, coalesce(f.note, ''), f.person, f.at
		FROM standing_interests x JOIN organisations o ON o.id = x.organisation JOIN persons p ON p.id = x.person LEFT JOIN organisations b ON b.id = x.about
		LEFT JOIN standing_interest_endings f ON f.standing = x.id WHERE `+condition+` ORDER BY o.name, o.id, x.at DESC, x.id`, func(scan func(...any) error) error {
		var x domain.StandingInterest
		var about, ender uuid.NullUUID
		var until, last, endedAt *time.Time
		var note string
		err := scan(&x.ID, &x.Organisation, &x.Code, &x.Name, &x.Person, &x.By, &x.Kind, &x.Note, &about, &x.AboutCode, &x.AboutName, &x.Area, &x.From, &until, &x.At,
			&last, &note, &ender, &endedAt)
		if x.About, x.Until = about.UUID, orOpen(until); last != nil && endedAt != nil {
			x.Ended = &domain.StandingEnd{Last: *last, Note: note, Person: ender.UUID, At: *endedAt}
		}
		list = append(list, x)
		return err
	}, args...)
	return list, err
}

// touched is that a standing interest touches what a row e of the register says.
func touched(kin domain.Kin, x domain.StandingInterest) (string, []any) {
	if x.About == uuid.Nil {
		return `(? <> '' AND e.area = ?)`, []any{x.Area, x.Area}
	}
	about := identities(kin.Of(x.About))
	return `(e.organisation = ANY (?::uuid[]) OR e.partners && ?::uuid[] OR e.states && ?::uuid[])`, []any{about, about, about}
}

// notAside is that an organisation's interest of a kind was not set aside in the proposal of
// a row e of the register.
const notAside = `e.proposal NOT IN (SELECT a.proposal FROM interests_set_aside a WHERE a.organisation = ? AND a.kind = ?)`

// touching is that one of an organisation's standing interests, or of those that are one with
// it, of these kinds touches what a row of the register says; "" where it has none.
func touching(kin domain.Kin, org uuid.UUID, list []domain.StandingInterest, wanted func(charter.InterestKind) bool) (string, []any) {
	var parts []string
	var args []any
	for _, x := range list {
		if wanted(x.Kind) {
			said, of := touched(kin, x)
			parts, args = append(parts, said+" AND "+notAside), append(append(args, of...), org, string(x.Kind))
		}
	}
	return strings.Join(parts, " OR "), args
}

// standingIn are the standing interests that hold today in what each of some
// submitted proposals says, by proposal and organisation: of all, or of the first of those
// that are one, where some are named.
func (t *tx) standingIn(proposals, ours []uuid.UUID, found func(proposal, organisation uuid.UUID, x domain.StandingInterest)) error {
	kin, err := t.kin()
	if err != nil {
		return err
	}
	standing, err := t.standingToday(ours)
	if err != nil || len(standing) == 0 {
		return err
	}
	type said struct {
		parties []uuid.UUID
		area    string
	}
	says := map[uuid.UUID]said{}
	err = t.each(`SELECT proposal, to_json(array_prepend(organisation, partners || states)), area FROM register WHERE seen = 'submitted' AND proposal IN ?`, func(scan func(...any) error) error {
		var proposal uuid.UUID
		var named []byte
		var s said
		if err := scan(&proposal, &named, &s.area); err != nil {
			return err
		}
		err := json.Unmarshal(named, &s.parties)
		says[proposal] = s
		return err
	}, append(proposals, uuid.Nil))
	if err != nil {
		return err
	}
	aside, err := t.setAside(proposals)
	if err != nil {
		return err
	}
	for _, p := range proposals {
		for _, x := range standing {
			if s := says[p]; !x.Touches(kin, s.parties, s.area) {
				continue
			}
			whose := kin.Of(x.Organisation)
			if len(ours) > 0 {
				whose = ours[:1]
			}
			for _, o := range whose {
				if !slices.Contains(aside[p][o], x.Kind) {
					found(p, o, x)
				}
			}
		}
	}
	return nil
}

var _ = ask(
	Question{"standing-ends-in-time", "a standing interest ended before it was said to, or before it began", `
		SELECT x.id::text FROM standing_interests x JOIN standing_interest_endings f ON f.standing = x.id WHERE f.last_on < x.starts_on OR f.at < x.at`},
	Question{"standing-of-its-owner", "an interest in an item rests on a standing one of another organisation or kind", `
		SELECT i.id::text FROM interests i JOIN standing_interests x ON x.id = i.standing WHERE NOT ` + everOne("x.organisation", "i.organisation") + ` OR x.kind <> i.kind`},
)

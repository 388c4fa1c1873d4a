package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// FocalPointRecord is somebody who endorses, endorsed or will endorse for a state,
// and the note on the ground of which.
type FocalPointRecord struct {
	Membership  domain.Membership
	Name, Email string
	Reference   string // of the note verbale; what was noted with the role where there is none
	Document    string // SHA-256 of its scan, or ""
	Replaces    uuid.UUID
	RecordedBy  string
	RecordedAt  *time.Time
	Scan        uuid.UUID // the attachment; Nil where there is none
	Scanned     bool
	Check       *domain.PaperCheck // nil of what was recorded before notes were checked
	Checker     string
}

// FocalPoints lists them by state, the latest first.
func (s *Store) FocalPoints(ctx context.Context, by domain.Actor) ([]FocalPointRecord, error) {
	return read(ctx, s, by, func(t *tx) ([]FocalPointRecord, error) { return t.focalPoints(`true`) })
}

// scanOf joins, as `scan`, the one file that belongs to what is checked against it.
func scanOf(kind, subject string) string {
	return ` LEFT JOIN LATERAL (SELECT file.id, v.attachment AS here FROM attachments file LEFT JOIN attachment_arrivals v ON v.attachment = file.id
		WHERE file.kind = '` + kind + `' AND file.subject = ` + subject + ` AND NOT EXISTS (SELECT FROM attachment_removals r WHERE r.attachment = file.id)
		ORDER BY v.attachment IS NULL, file.at DESC LIMIT 1) scan ON true `
}

// finding is a check as rows have it: nothing of it where there was none.
type finding struct {
	accepted *bool
	reason   *string
	person   uuid.NullUUID
	at       *time.Time
}

func (f finding) check() *domain.PaperCheck {
	if f.accepted == nil {
		return nil
	}
	return &domain.PaperCheck{Accepted: *f.accepted, Reason: *f.reason, Person: f.person.UUID, At: *f.at}
}

func (t *tx) focalPoints(condition string, args ...any) (list []FocalPointRecord, err error) {
	rows, err := t.Raw(`SELECT m.id, m.person, m.organisation, o.code, lower(m.term), upper(m.term) - 1, m.note, p.name, p.email,
			coalesce(a.reference, ''), coalesce(a.document_hash, ''), a.replaces, coalesce(w.name, ''), a.at,
			scan.id, scan.here IS NOT NULL, c.accepted, c.reason, c.person, c.at, coalesce(cw.name, '')
		FROM memberships m JOIN organisations o ON o.id = m.organisation JOIN persons p ON p.id = m.person
		LEFT JOIN accreditation_notes a ON a.id = m.id LEFT JOIN persons w ON w.id = a.person
		LEFT JOIN accreditation_checks c ON c.note = a.id LEFT JOIN persons cw ON cw.id = c.person`+scanOf("accreditation", "a.id")+
		`WHERE m.role = 'focal-point' AND `+condition+` ORDER BY o.name, lower(m.term) DESC, m.id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var f FocalPointRecord
		m := &f.Membership
		var until sql.NullTime
		var replaces, scan uuid.NullUUID
		var c finding
		if err := rows.Scan(&m.ID, &m.Person, &m.Organisation, &m.OrganisationCode, &m.From, &until, &m.Note, &f.Name, &f.Email,
			&f.Reference, &f.Document, &replaces, &f.RecordedBy, &f.RecordedAt, &scan, &f.Scanned, &c.accepted, &c.reason, &c.person, &c.at, &f.Checker); err != nil {
			return nil, err
		}
		m.Role, m.Until, f.Replaces, f.Scan, f.Check = domain.FocalPoint, until.Time, replaces.UUID, scan.UUID, c.check()
		list = append(list, f)
	}
	return list, rows.Err()
}

// NoteRecord is a state's note with the words that people know those in it by.
type NoteRecord struct {
	domain.Accreditation
	StateCode, StateName string
	Former               string // whom it replaces
	By, Checker          string
	Scan                 uuid.UUID // the attachment; Nil before it is named
	May                  []string
}

// mostNotes bounds what is listed of them.
const mostNotes = 200

// Notes are the states' notes on which no focal point stands: those that wait, the
// oldest first, and then those that were not accepted, the latest first.
func (s *Store) Notes(ctx context.Context, by domain.Actor) ([]NoteRecord, error) {
	return read(ctx, s, by, func(t *tx) ([]NoteRecord, error) {
		return t.notes(`NOT counts.yes ORDER BY c.note IS NOT NULL, CASE WHEN c.note IS NULL THEN a.at END, c.at DESC, a.id LIMIT ?`, mostNotes)
	})
}

func (t *tx) notes(condition string, args ...any) (list []NoteRecord, err error) {
	rows, err := t.Raw(`SELECT a.id, a.state, o.code, o.name, coalesce(p.id, a.id), a.email, coalesce(p.name, a.name), a.language, a.from_on, a.reference, a.document_hash,
			a.replaces, coalesce(fp.name, ''), a.person, a.at, w.name, scan.id, scan.here IS NOT NULL, counts.yes,
			c.accepted, c.reason, c.person, c.at, coalesce(cw.name, '')
		FROM accreditation_notes a JOIN organisations o ON o.id = a.state JOIN persons w ON w.id = a.person
		LEFT JOIN persons p ON p.email = a.email LEFT JOIN memberships f ON f.id = a.replaces LEFT JOIN persons fp ON fp.id = f.person
		LEFT JOIN accreditation_checks c ON c.note = a.id LEFT JOIN persons cw ON cw.id = c.person
		CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM accreditations x WHERE x.membership = a.id) AS yes) counts`+scanOf("accreditation", "a.id")+
		`WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var x NoteRecord
		var replaces, scan uuid.NullUUID
		var c finding
		if err := rows.Scan(&x.ID, &x.State, &x.StateCode, &x.StateName, &x.Named.ID, &x.Named.Email, &x.Named.Name, &x.Named.Language, &x.From, &x.Reference,
			&x.DocumentHash, &replaces, &x.Former, &x.Person, &x.At, &x.By, &scan, &x.Scanned, &x.Counts,
			&c.accepted, &c.reason, &c.person, &c.at, &x.Checker); err != nil {
			return nil, err
		}
		x.Replaces, x.Scan, x.Check = replaces.UUID, scan.UUID, c.check()
		x.May = x.Accreditation.May(t.by)
		list = append(list, x)
	}
	return list, rows.Err()
}

func (t *tx) note(id uuid.UUID) (NoteRecord, error) {
	return only(t.notes(`a.id = ?`, id))
}

// RecordNote takes in the note by which a state names its focal point. Nothing changes
// until it is checked.
func (s *Store) RecordNote(ctx context.Context, by Ask, a domain.Accreditation) (NoteRecord, error) {
	return act(ctx, s, by, "membership.accredit", func(t *tx) (NoteRecord, error) {
		state, err := t.organisation(a.State, "")
		if errors.Is(err, domain.ErrMissing) {
			return NoteRecord{}, domain.ErrNotAState.At("/state")
		}
		if err != nil {
			return NoteRecord{}, err
		}
		former, err := t.former(a.Replaces)
		if err != nil {
			return NoteRecord{}, err
		}
		if a.Named, err = t.nameable(a.Named); err != nil {
			return NoteRecord{}, err
		}
		if err := a.Record(t.by, state, former); err != nil {
			return NoteRecord{}, err
		}
		a.ID = uuid.New()
		t.on("accreditation", a.ID)
		t.changed("state", state.Code)
		t.changed("reference", a.Reference)
		if err := t.Exec(`INSERT INTO accreditation_notes (id, state, email, name, language, from_on, replaces, reference, document_hash, person, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, a.ID, a.State, a.Named.Email, a.Named.Name, a.Named.Language, a.From, orNull(a.Replaces), a.Reference,
			a.DocumentHash, t.by.Person, t.now).Error; err != nil {
			return NoteRecord{}, err
		}
		return t.note(a.ID)
	})
}

// nameable is whom a note can name: somebody whom the fund knows, or could.
func (t *tx) nameable(who domain.Person) (domain.Person, error) {
	email, ok := domain.Email(who.Email)
	if !ok {
		return who, domain.ErrEmail.At("/email")
	}
	known, err := scanPerson(t.Raw(personColumns+`WHERE p.email = ?`, email).Row())
	switch {
	case errors.Is(err, domain.ErrMissing):
		return who.Check()
	case err == nil && known.Disabled:
		return known, domain.ErrDisabled
	}
	return known, err
}

// NoteChecked is a note as it was found; accepted, with a token where whom it names
// was not known to the fund before.
type NoteChecked struct {
	NoteRecord
	Invited *Invited
}

// CheckNote keeps the secretariat's finding on a note. One that is accepted makes its
// focal point, and whom they replace endorses until the day before.
func (s *Store) CheckNote(ctx context.Context, by Ask, id uuid.UUID, accepted bool, reason string) (NoteChecked, error) {
	var token Token
	out, err := act(ctx, s, by, "accreditation.check", func(t *tx) (out NoteChecked, err error) {
		t.on("accreditation", id)
		if err := t.lockPaper(id); err != nil {
			return out, err
		}
		x, err := t.note(id)
		if err != nil {
			return out, err
		}
		former, err := t.former(x.Replaces)
		if err != nil {
			return out, err
		}
		c, err := x.CheckedBy(t.by, accepted, reason, former, t.now)
		if err != nil {
			return out, err
		}
		t.changed("accepted", c.Accepted)
		t.changed("reference", x.Reference)
		if err := t.Exec(`INSERT INTO accreditation_checks (note, accepted, reason, person, at) VALUES (?, ?, ?, ?, ?)`, id, c.Accepted, c.Reason, c.Person, c.At).Error; err != nil {
			return out, err
		}
		if c.Accepted {
			if token, out.Invited, err = t.accredit(x.Accreditation, former); err != nil {
				return out, err
			}
		}
		out.NoteRecord, err = t.note(id)
		return out, err
	})
	if out.Invited != nil {
		out.Invited.Token = token
	}
	return out, err
}

// accredit makes the focal point whom a checked note names.
func (t *tx) accredit(a domain.Accreditation, former *domain.Membership) (token Token, invited *Invited, err error) {
	person, fresh, err := t.known(a.Named)
	if err != nil {
		return "", nil, err
	}
	if former != nil {
		if err := t.Exec(`UPDATE memberships SET term = daterange(lower(term), ?::date, '[)') WHERE id = ?`, a.From, former.ID).Error; err != nil {
			return "", nil, err
		}
	}
	m := domain.Membership{ID: a.ID, Organisation: a.State, Role: domain.FocalPoint, From: a.From, Note: a.Reference}
	if _, err := t.grant(person, m); err != nil {
		return "", nil, err
	}
	err = t.Exec(`INSERT INTO accreditations (membership, state, replaces, reference, document_hash, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.State, orNull(a.Replaces), a.Reference, a.DocumentHash, a.Person, a.At).Error
	if broken(err, "replaced_once") {
		err = domain.ErrReplaced
	}
	if err != nil {
		return "", nil, err
	}
	if fresh {
		invited = &Invited{Person: person}
		if token, invited.Expires, err = t.invite(person.ID); err != nil {
			return "", nil, err
		}
	}
	if !person.HasPassword {
		err = t.mail(Mail{About: AboutInvitation, Person: person.ID}, 0)
	}
	return token, invited, err
}

// former is the focal point whom a note replaces, locked; nil where it names none.
func (t *tx) former(id uuid.UUID) (*domain.Membership, error) {
	if id == uuid.Nil {
		return nil, nil
	}
	if err := t.Exec(`SELECT FROM memberships WHERE id = ? FOR NO KEY UPDATE`, id).Error; err != nil {
		return nil, err
	}
	list, err := t.memberships(`m.id = ?`, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, domain.ErrNotFormer.At("/replaces")
	}
	return &list[0], nil
}

var _ = ask(
	Question{"notes-are-checked-by-another", "a state's note was checked by who brought it", `
		SELECT a.id::text FROM accreditation_notes a JOIN accreditation_checks c ON c.note = a.id WHERE c.person = a.person`},
	Question{"focal-points-stand-on-accepted-notes", "a focal point stands on a note that was not accepted, or on other words than it has", `
		SELECT x.membership::text FROM accreditations x LEFT JOIN accreditation_notes a ON a.id = x.membership LEFT JOIN accreditation_checks c ON c.note = a.id
		WHERE a.id IS NULL OR c.accepted IS FALSE OR (x.state, x.reference, x.document_hash, x.replaces) IS DISTINCT FROM (a.state, a.reference, a.document_hash, a.replaces)
		UNION ALL SELECT c.note::text FROM accreditation_checks c WHERE c.accepted AND NOT EXISTS (SELECT FROM accreditations x WHERE x.membership = c.note)`},
)

package store

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain"
)

// minutes loads those of a meeting, and how much of each item by sees.
func (t *tx) minutes(meeting uuid.UUID, lock string) (m domain.Minutes, seen sights, err error) {
	if m.Meeting, err = t.meeting(meeting, lock); err != nil {
		return m, nil, err
	}
	if m.Charter, err = t.charterOf(m.Meeting.CharterVersion); err != nil {
		return m, nil, err
	}
	if err := t.each(`SELECT language, at FROM minutes WHERE meeting = ?`, func(scan func(...any) error) error {
		return scan(&m.Language, &m.DraftedAt)
	}, meeting); err != nil {
		return m, nil, err
	}
	if err := t.withCorrections(&m); err != nil {
		return m, nil, err
	}
	if m.Says, seen, err = t.minuted(m.Meeting); err != nil {
		return m, nil, err
	}
	m.Says.Language = m.Language
	m.Says.Prose = m.Prose()
	if err := t.withFixed(&m); err != nil {
		return m, nil, err
	}
	if m.Fixed != nil {
		m.Says, err = domain.ReadMinutes(m.Fixed.Record)
	}
	return m, seen, err
}

// minuted is what the record has of a meeting.
func (t *tx) minuted(m domain.Meeting) (r domain.MinutesRecord, seen sights, err error) {
	r = domain.MinutesRecord{Meeting: m.Ref, Title: m.Title, StartsAt: m.StartsAt.UTC(), OpenedAt: m.OpenedAt, ClosedAt: m.ClosedAt, CharterVersion: m.CharterVersion,
		Attendance: []domain.MinutedPresence{}, Items: []domain.MinutedItem{}, Prose: []domain.MinutesProse{}}
	if m.Presiding != uuid.Nil {
		if err := t.Raw(`SELECT name FROM persons WHERE id = ?`, m.Presiding).Row().Scan(&r.Presided); err != nil {
			return r, nil, missing(err)
		}
	}
	if err := t.each(`SELECT s.name, o.code, n.name, p.capacity, p.joined_at, p.left_at FROM presences p JOIN seats s ON s.id = p.seat
		JOIN organisations o ON o.id = p.organisation JOIN persons n ON n.id = p.person WHERE p.meeting = ? ORDER BY s.name, p.joined_at, p.id`, func(scan func(...any) error) error {
		var a domain.MinutedPresence
		err := scan(&a.Seat, &a.Organisation, &a.Person, &a.Capacity, &a.From, &a.Until)
		r.Attendance = append(r.Attendance, a)
		return err
	}, m.ID); err != nil {
		return r, nil, err
	}
	attending, err := t.attendances(m.ID)
	if err != nil {
		return r, nil, err
	}
	for _, a := range attending {
		r.Attending = append(r.Attending, a.Minuted())
	}
	decided, err := t.decided(m.ID)
	if err != nil {
		return r, nil, err
	}
	agenda, err := t.questions(`q.meeting = ? ORDER BY q.item`, m.ID)
	if err != nil {
		return r, nil, err
	}
	seen = sights{}
	for _, q := range agenda {
		i, err := t.item(q.ID, false)
		if err != nil {
			return r, nil, err
		}
		r.Items = append(r.Items, i.Minuted(decided[q.ID]))
		seen[q.ID] = i.SightOf(t.by)
	}
	carried, err := t.carried(`x.meeting = ?`, m.ID)
	if err != nil {
		return r, nil, err
	}
	for _, x := range carried {
		i, err := t.item(x.Question, false)
		if err != nil {
			return r, nil, err
		}
		r.Items = append(r.Items, i.MinutedBefore(x))
		seen[x.Question] = i.SightOf(t.by)
	}
	slices.SortStableFunc(r.Items, func(a, b domain.MinutedItem) int { return cmp.Compare(a.Item, b.Item) })
	return r, seen, nil
}

// withCorrections fills in the circulation, what was written, what was to be corrected and
// what became of it.
func (t *tx) withCorrections(m *domain.Minutes) error {
	id := m.Meeting.ID
	if err := t.each(`SELECT part, language, n, text, person, at FROM minutes_texts WHERE meeting = ? ORDER BY at, part, language, n`, func(scan func(...any) error) error {
		var x domain.MinutesText
		err := scan(&x.Part, &x.Language, &x.N, &x.Text, &x.By, &x.At)
		m.Texts = append(m.Texts, x)
		return err
	}, id); err != nil {
		return err
	}
	if err := t.each(`SELECT at, until FROM minutes_circulations WHERE meeting = ?`, func(scan func(...any) error) error {
		m.Circulated = &domain.Circulation{}
		return scan(&m.Circulated.At, &m.Circulated.Until)
	}, id); err != nil {
		return err
	}
	return t.each(`SELECT c.id, c.n, c.part, c.language, c.text, c.seat, o.code, c.person, c.at, a.correction IS NOT NULL, coalesce(a.taken, false), coalesce(a.reason, ''), a.person, coalesce(a.at, c.at)
		FROM minutes_corrections c JOIN organisations o ON o.id = c.organisation LEFT JOIN minutes_answers a ON a.correction = c.id
		WHERE c.meeting = ? ORDER BY c.n`, func(scan func(...any) error) error {
		var c domain.MinutesCorrection
		var a domain.CorrectionAnswer
		var answered bool
		var person uuid.NullUUID
		err := scan(&c.ID, &c.N, &c.Part, &c.Language, &c.Text, &c.Seat, &c.Organisation, &c.By, &c.At, &answered, &a.Taken, &a.Reason, &person, &a.At)
		if a.By = person.UUID; answered {
			c.Answer = &a
		}
		m.Corrections = append(m.Corrections, c)
		return err
	}, id)
}

// withFixed fills in what was fixed, and what was amended since.
func (t *tx) withFixed(m *domain.Minutes) error {
	if err := t.each(`SELECT number, record, record_hash, person, at FROM fixed_minutes WHERE meeting = ?`, func(scan func(...any) error) error {
		m.Fixed = &domain.FixedMinutes{}
		return scan(&m.Fixed.Number, &m.Fixed.Record, &m.Fixed.Hash, &m.Fixed.By, &m.Fixed.At)
	}, m.Meeting.ID); err != nil {
		return err
	}
	return t.each(`SELECT n, part, text, person, at FROM minutes_corrigenda WHERE meeting = ? ORDER BY n`, func(scan func(...any) error) error {
		var c domain.Corrigendum
		err := scan(&c.N, &c.Part, &c.Text, &c.By, &c.At)
		m.Corrigenda = append(m.Corrigenda, c)
		return err
	}, m.Meeting.ID)
}

func (t *tx) insertProse(meeting uuid.UUID, x domain.MinutesText) error {
	t.changed("part", x.Part)
	t.changed("language", x.Language)
	return t.Exec(`INSERT INTO minutes_texts (meeting, part, language, n, text, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		meeting, x.Part, x.Language, x.N, x.Text, x.By, x.At).Error
}

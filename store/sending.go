package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Sending is a document that went out to all.
type Sending struct {
	ID         uuid.UUID
	Due        time.Time // by when it had to
	At         time.Time
	By         string // name
	Recipients []Recipient
}

// Recipient is a person to whom something was sent, and for whom.
type Recipient struct {
	Name, Organisation string // the organisation's code
	Role               domain.Role
}

// Late tells whether it went out after its time.
func (s Sending) Late() bool { return !s.At.Before(s.Due) }

// SendMinutes sends fixed minutes out to all.
func (s *Store) SendMinutes(ctx context.Context, by Ask, meeting uuid.UUID) (uuid.UUID, error) {
	return s.onMinutes(ctx, by, "minutes.send", meeting, func(t *tx, m domain.Minutes, _ sights) error {
		if err := m.Send(); err != nil {
			return err
		}
		return t.sendOut("minutes.send", &meeting, nil, domain.SendBy(m.Charter, *m.Meeting.ClosedAt))
	})
}

// SendRecord sends the record of a decision out to all.
func (s *Store) SendRecord(ctx context.Context, by Ask, number string) (string, error) {
	return act(ctx, s, by, "record.send", func(t *tx) (string, error) {
		d, err := only(t.decisions(`d.number = ?`, number))
		if err != nil {
			return number, err
		}
		t.on("decision-record", number)
		rules, err := t.charterOf(d.CharterVersion)
		if err != nil {
			return number, err
		}
		return number, t.sendOut("record.send", nil, &d.Decision.ID, domain.SendBy(rules, d.AdoptedAt))
	})
}

// sendOut records to whom something goes: those whom the act tells of it, each of whom has
// it by mail in the own language.
func (t *tx) sendOut(name string, meeting, decision *uuid.UUID, due time.Time) error {
	f, err := t.fact()
	if err != nil {
		return err
	}
	id := uuid.New()
	if err := t.Exec(`INSERT INTO sendings (id, meeting, decision, due, person, at) VALUES (?, ?, ?, ?, ?, ?)`, id, meeting, decision, due, t.by.Person, t.now).Error; err != nil {
		return err
	}
	told := map[uuid.UUID]bool{}
	if err := t.eachTold(name, f, told, func(_ domain.Notice, to listener) error {
		return t.Exec(`INSERT INTO sending_recipients (sending, person, membership) VALUES (?, ?, ?)`, id, to.person, to.hat.Membership).Error
	}); err != nil {
		return err
	}
	t.changed("recipients", len(told))
	if len(told) == 0 {
		return domain.ErrNobodyToSendTo
	}
	return nil
}

// RecordSendings lists when the record of a decision went out, and by when it had to.
func (s *Store) RecordSendings(ctx context.Context, by domain.Actor, number string) (list []Sending, due time.Time, err error) {
	type both struct {
		list []Sending
		due  time.Time
	}
	b, err := read(ctx, s, by, func(t *tx) (b both, err error) {
		d, err := only(t.decisions(`d.number = ?`, number))
		if err != nil {
			return b, err
		}
		rules, err := t.charterOf(d.CharterVersion)
		if err != nil {
			return b, err
		}
		b.due = domain.SendBy(rules, d.AdoptedAt)
		b.list, err = t.sendings(`s.decision = ?`, d.Decision.ID)
		return b, err
	})
	return b.list, b.due, err
}

func (t *tx) sendings(condition string, args ...any) (list []Sending, err error) {
	if err := t.each(`SELECT s.id, s.due, s.at, p.name FROM sendings s JOIN persons p ON p.id = s.person WHERE `+condition+` ORDER BY s.at, s.id`, func(scan func(...any) error) error {
		var x Sending
		err := scan(&x.ID, &x.Due, &x.At, &x.By)
		list = append(list, x)
		return err
	}, args...); err != nil {
		return nil, err
	}
	for n := range list {
		if err := t.each(`SELECT p.name, o.code, m.role FROM sending_recipients r JOIN persons p ON p.id = r.person JOIN memberships m ON m.id = r.membership
			JOIN organisations o ON o.id = m.organisation WHERE r.sending = ? ORDER BY o.code, p.name, p.id`, func(scan func(...any) error) error {
			var x Recipient
			err := scan(&x.Name, &x.Organisation, &x.Role)
			list[n].Recipients = append(list[n].Recipients, x)
			return err
		}, list[n].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// unminuted are the meetings whose minutes wait for the secretariat: to be drafted, to
// circulate, to be answered for, fixed or sent.
func (t *tx) unminuted() (list []domain.Task, err error) {
	closed, err := t.meetings(`state = 'closed' AND closed_at IS NOT NULL AND NOT EXISTS (SELECT FROM sendings s WHERE s.meeting = meetings.id) ORDER BY closed_at LIMIT ?`, mostTasks)
	if err != nil {
		return nil, err
	}
	for _, m := range closed {
		f, err := t.minutesFile(m.ID)
		if err != nil {
			return nil, err
		}
		task := domain.Task{Subject: "minutes", ID: m.ID.String(), Ref: m.Ref, Title: m.Title, Due: &f.SendBy, Since: *m.ClosedAt}
		list = append(list, task.Waits(t.by.Hat.Role, f.May)...)
	}
	return list, nil
}

// unrecorded are the decisions whose record has not gone out: those of a meeting once it is
// over, others at once.
func (t *tx) unrecorded() (list []domain.Task, err error) {
	waiting, err := t.decisions(`NOT EXISTS (SELECT FROM sendings s WHERE s.decision = d.id)
		AND NOT EXISTS (SELECT FROM meetings m WHERE m.id = d.meeting AND m.closed_at IS NULL) ORDER BY d.adopted_at LIMIT ?`, mostTasks)
	if err != nil {
		return nil, err
	}
	for _, d := range waiting {
		rules, err := t.charterOf(d.CharterVersion)
		if err != nil {
			return nil, err
		}
		due := domain.SendBy(rules, d.AdoptedAt)
		task := domain.Task{Subject: "decision", ID: d.Number, Ref: d.Number, Title: d.Title, Language: d.Language, Due: &due, Since: d.AdoptedAt}
		list = append(list, task.Waits(t.by.Hat.Role, []string{"record.send"})...)
	}
	return list, nil
}

package store

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Notice is something told to a person, under one of their hats.
type Notice struct {
	Seq         int64
	ID          uuid.UUID
	Kind        domain.Notice
	Role        domain.Role
	SubjectKind string
	Subject     string
	Params      map[string]string // what its sentence names: ref, title, …
	At          time.Time
	ReadAt      *time.Time
}

// tell writes a notice for each person whom the act concerns, and has it mailed
// to who wants it so.
func (t *tx) tell(act string) error { return t.tellOnce(act, map[uuid.UUID]bool{}) }

// tellOnce tells those of an act who were not told before, of an act with several subjects.
func (t *tx) tellOnce(act string, told map[uuid.UUID]bool) error {
	if domain.TellsNobody(act) {
		return nil
	}
	f, err := t.fact()
	if err != nil {
		return err
	}
	return t.eachTold(act, f, told, func(n domain.Notice, to listener) error { return t.notify(n, to, f) })
}

// eachTold goes through those whom an act tells, each person once.
func (t *tx) eachTold(act string, f fact, told map[uuid.UUID]bool, do func(domain.Notice, listener) error) error {
	for _, a := range domain.Told(act, f.stage) {
		people, err := t.audience(a, f)
		if err != nil {
			return err
		}
		for _, p := range people {
			if told[p.person] {
				continue
			}
			told[p.person] = true
			if err := do(a.Notice, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// listener is somebody who could be told, under a hat.
type listener struct {
	person uuid.UUID
	hat    domain.Hat
	mail   MailChoice
}

// audience finds the people under a role today, without those from whom an
// interest hides the item: a notice leaks nothing.
func (t *tx) audience(a domain.Audience, f fact) ([]listener, error) {
	var organisation *uuid.UUID
	var team uuid.UUID
	switch a.Party {
	case domain.Submitter:
		organisation, team = &f.submitter, f.proposal
	case domain.Recipient, domain.Interested:
		organisation = &f.recipient
	}
	rows, err := t.Raw(`SELECT m.person, m.id, m.organisation, m.role, m.capacity, p.mail
		FROM memberships m JOIN persons p ON p.id = m.person JOIN (SELECT ?::date AS today) d ON m.term @> d.today
		WHERE m.role = ? AND p.disabled_at IS NULL AND (?::uuid IS NULL OR m.organisation = ?
			OR EXISTS (SELECT FROM proposal_team x WHERE x.proposal = ? AND x.person = m.person AND x.organisation = m.organisation))
		AND (NOT ? OR EXISTS (SELECT FROM seat_terms h WHERE h.organisation = m.organisation AND h.term @> d.today))
		AND (NOT ? OR EXISTS (SELECT FROM assignments x JOIN seat_terms h ON h.seat = x.seat AND h.term @> d.today
			WHERE x.person = ? AND x.at = ? AND h.organisation = m.organisation))
		AND (NOT ? OR m.organisation = ? OR EXISTS (SELECT FROM proposals x WHERE x.call = ? AND x.stage = 'draft'
			AND m.organisation = ANY (x.other_states || x.organisation || x.state)))
		AND (? OR m.person <> ?) AND (NOT ? OR m.person = ?) ORDER BY m.person, m.id`, t.today(), string(a.Role), organisation, organisation, team,
		a.Party == domain.Seated, a.Party == domain.Assessing, t.by.Person, t.now, a.Party == domain.Drafting, f.asker, f.call, a.Doer, t.by.Person, a.Party == domain.Concerned, t.concerned).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []listener
	for rows.Next() {
		var l listener
		if err := rows.Scan(&l.person, &l.hat.Membership, &l.hat.Organisation, &l.hat.Role, &l.hat.Capacity, &l.mail); err != nil {
			return nil, err
		}
		if f.item != nil && a.Party != domain.Submitter {
			if _, hidden := f.item.Hidden(domain.Actor{Person: l.person, Hat: l.hat}); hidden {
				continue
			}
		}
		list = append(list, l)
	}
	if a.Party == domain.Presiding {
		list = f.presiding(list)
	}
	if err := rows.Err(); err != nil || f.item != nil || a.Party == domain.Submitter {
		return list, err
	}
	rows.Close()
	if a.Party == domain.Rescoring {
		if list, err = t.rescoring(f.proposal, list); err != nil {
			return nil, err
		}
	}
	seeing := list[:0]
	for _, l := range list {
		hidden, err := t.outOfSight(f.proposal, l.person, l.hat)
		if err != nil {
			return nil, err
		}
		if !hidden {
			seeing = append(seeing, l)
		}
	}
	return seeing, nil
}

// outOfSight tells whether an interest hides a proposal from one of the body; of none, nothing.
func (t *tx) outOfSight(proposal, person uuid.UUID, hat domain.Hat) (bool, error) {
	if proposal == uuid.Nil || hat.Role != domain.Member && hat.Role != domain.Coordinator {
		return false, nil
	}
	theirs := *t
	theirs.by = domain.Actor{Person: person, Hat: hat, Scope: domain.Any}
	p, err := only(theirs.proposals(`p.id = ?`, proposal))
	if err != nil {
		return false, err
	}
	err = theirs.sighted(p)
	if errors.Is(err, domain.ErrMissing) {
		return true, nil
	}
	return false, err
}

func (t *tx) notify(n domain.Notice, to listener, f fact) error {
	said, err := t.calledFor(to.person, f.params)
	if err != nil {
		return err
	}
	params, err := json.Marshal(said)
	if err != nil {
		return err
	}
	var question *uuid.UUID
	if f.item != nil {
		question = &f.item.ID
	}
	if f.kind == "advised" && to.hat.Role == domain.Expert {
		f.kind, f.subject = "advice", t.changes["advice"].(string) // who is asked reads the request, others what it came to
	}
	id := uuid.New()
	err = t.Exec(`INSERT INTO notices (id, person, membership, event, kind, subject_kind, subject, question, params, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)`, id, to.person, to.hat.Membership, t.event, string(n), f.kind, f.subject, question, string(params), t.now).Error
	if err != nil {
		return err
	}
	switch {
	case to.mail == MailEach || n.Receipt():
		return t.mail(Mail{About: AboutNotice, Person: to.person, Notice: id}, 0)
	case to.mail == MailDaily:
		return t.digest(to.person)
	}
	return nil
}

// calledFor is what a notice names, with the organisation as its reader calls it: codes are
// for machines.
func (t *tx) calledFor(person uuid.UUID, params map[string]string) (map[string]string, error) {
	code, there := params["organisation"]
	if !there {
		return params, nil
	}
	called, err := t.shortFor(person, code)
	said := maps.Clone(params)
	said["organisation"] = called
	return said, err
}

// shortFor is what an organisation is called for short in a person's language; what was given,
// where that is no organisation's code.
func (t *tx) shortFor(person uuid.UUID, code string) (string, error) {
	var short []string
	err := t.Raw(`SELECT `+shortIn("p.language")+` FROM organisations o, persons p WHERE o.code = ? AND p.id = ?`, code, person).Scan(&short).Error
	if err != nil || len(short) == 0 {
		return code, err
	}
	return short[0], nil
}

// NoticePage is what a person has been told, the latest first.
type NoticePage struct {
	Unread int
	Mail   MailChoice
	Page[Notice]
}

// Notices lists by's own, under whatever hat they were told; unread alone where
// that is wanted.
func (s *Store) Notices(ctx context.Context, by domain.Actor, unread bool, w Window) (NoticePage, error) {
	return read(ctx, s, by, func(t *tx) (out NoticePage, err error) {
		if by.Person == uuid.Nil {
			return out, domain.ErrUnsigned
		}
		before := int64(1 << 62)
		if w.After != "" {
			if before, err = strconv.ParseInt(w.After, 10, 64); err != nil {
				return out, domain.ErrUnknownWord.With("given", clip(w.After, 40)).At("after")
			}
		}
		if err := t.Raw(`SELECT mail FROM persons WHERE id = ?`, by.Person).Row().Scan(&out.Mail); err != nil {
			return out, missing(err)
		}
		hidden, err := t.hiddenNotices(by.Person)
		if err != nil {
			return out, err
		}
		if err := t.Raw(`SELECT count(*) FROM notices n JOIN memberships m ON m.id = n.membership
			WHERE n.person = ? AND m.term @> ?::date AND n.read_at IS NULL AND n.seq NOT IN ?`, by.Person, t.today(), hidden).Row().Scan(&out.Unread); err != nil {
			return out, err
		}
		list, err := t.notices(`n.person = ? AND n.seq < ? AND (NOT ? OR n.read_at IS NULL) AND n.seq NOT IN ? ORDER BY n.seq DESC LIMIT ?`,
			by.Person, before, unread, hidden, w.fetch())
		out.Page = pageOf(w, list, func(n Notice) string { return strconv.FormatInt(n.Seq, 10) })
		return out, err
	})
}

// notices loads those that meet the condition and are still for their reader: the
// hat they were told to is held today.
func (t *tx) notices(condition string, args ...any) ([]Notice, error) {
	rows, err := t.Raw(`SELECT n.seq, n.id, n.kind, m.role, n.subject_kind, n.subject, n.params, n.at, n.read_at
		FROM notices n JOIN memberships m ON m.id = n.membership WHERE m.term @> ?::date AND `+condition, append([]any{t.today()}, args...)...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Notice
	for rows.Next() {
		var n Notice
		var params []byte
		if err := rows.Scan(&n.Seq, &n.ID, &n.Kind, &n.Role, &n.SubjectKind, &n.Subject, &params, &n.At, &n.ReadAt); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(params, &n.Params); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// hiddenNotices are a person's notices of items that an interest, put on record
// since they were told, hides from the hat they were told to. Never empty: 0 is
// none's number.
func (t *tx) hiddenNotices(person uuid.UUID) ([]int64, error) {
	type told struct {
		seq                int64
		question, proposal uuid.NullUUID
		hat                domain.Hat
	}
	rows, err := t.Raw(`SELECT n.seq, n.question, CASE WHEN n.subject_kind = 'proposal' THEN n.subject::uuid END, m.organisation, m.role, m.capacity
		FROM notices n JOIN memberships m ON m.id = n.membership
		WHERE n.person = ? AND (n.question IS NOT NULL AND m.role <> 'applicant' OR n.subject_kind = 'proposal' AND m.role IN ('member', 'coordinator')) AND m.term @> ?::date
		AND (EXISTS (SELECT FROM interests i JOIN questions q ON q.id = i.question
				WHERE `+nowOf("i.organisation")+` = `+nowOf("m.organisation")+` AND (q.id = n.question OR n.subject_kind = 'proposal' AND q.proposal::text = n.subject))
			OR EXISTS (SELECT FROM standing_interests x WHERE `+nowOf("x.organisation")+` = `+nowOf("m.organisation")+`)
			OR m.organisation IN (SELECT organisation FROM organisations_now UNION SELECT now FROM organisations_now))`, person, t.today()).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []told
	for rows.Next() {
		var x told
		if err := rows.Scan(&x.seq, &x.question, &x.proposal, &x.hat.Organisation, &x.hat.Role, &x.hat.Capacity); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	hidden := []int64{0}
	for _, x := range list {
		unseen, err := t.outOfSight(x.proposal.UUID, person, x.hat)
		if err == nil && x.question.Valid {
			var i domain.Item
			i, err = t.item(x.question.UUID, false)
			_, unseen = i.Hidden(domain.Actor{Person: person, Hat: x.hat})
		}
		if err != nil {
			return nil, err
		}
		if unseen {
			hidden = append(hidden, x.seq)
		}
	}
	return hidden, nil
}

// ReadNotice notes that by has read one of their own.
func (s *Store) ReadNotice(ctx context.Context, by Ask, id uuid.UUID) error {
	_, err := act(ctx, s, by, "notice.read", func(t *tx) (uuid.UUID, error) {
		t.on("notice", id)
		hidden, err := t.hiddenNotices(by.Person)
		if err != nil {
			return id, err
		}
		return id, t.one(`UPDATE notices SET read_at = coalesce(read_at, ?) WHERE id = ? AND person = ? AND seq NOT IN ?`, t.now, id, by.Person, hidden)
	})
	return err
}

var _ = ask(
	Question{"notices-go-to-hats", "a notice was told to somebody under another's hat", `
		SELECT n.id::text FROM notices n JOIN memberships m ON m.id = n.membership WHERE m.person <> n.person`},
)

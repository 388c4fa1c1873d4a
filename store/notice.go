package store

import (
	"context"
	"encoding/json"
	"errors"
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

// fact is what an act made of its subject, as far as anybody is told.
type fact struct {
	kind, subject string
	stage         string
	submitter     uuid.UUID
	proposal      uuid.UUID // whose team is the submitter's side
	recipient     uuid.UUID
	call          uuid.UUID    // whose drafts are concerned
	asker         uuid.UUID    // of a question about the call
	item          *domain.Item // of a question: who may not see it
	params        map[string]string
}

// tell writes a notice for each person whom the act concerns, and has it mailed
// to who wants it so.
func (t *tx) tell(act string) error { return t.tellOnce(act, map[uuid.UUID]bool{}) }

// tellOnce tells those of an act who were not told before, of an act with several subjects.
func (t *tx) tellOnce(act string, told map[uuid.UUID]bool) error {
	if len(domain.Told(act, "")) == 0 && act != "proposal.screen" {
		return nil
	}
	f, err := t.fact()
	if err != nil {
		return err
	}
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
			if err := t.notify(a.Notice, p, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// fact loads what is told of the act's subject.
func (t *tx) fact() (fact, error) {
	f := fact{kind: t.subject.kind, subject: t.subject.id}
	switch t.subject.kind {
	case "call":
		return t.factOfCall(f)
	case "enquiry":
		var n, answers int
		err := t.Raw(`SELECT call, n, organisation, (SELECT count(*) FROM enquiry_answers a WHERE a.enquiry = e.id) FROM enquiries e WHERE id = ?::uuid`, f.subject).Row().
			Scan(&f.call, &n, &f.asker, &answers)
		if err != nil {
			return f, err
		}
		f.kind, f.subject = "call", f.call.String() // where it is read
		f, err = t.factOfCall(f)
		f.params["n"] = strconv.Itoa(n)
		if answers > 1 {
			f.params["corrected"] = "yes"
		}
		return f, err
	case "proposal":
		var ref, title, receipt string
		err := t.Raw(`SELECT p.id, p.ref, p.title, p.organisation, p.stage, coalesce(v.receipt, '') FROM proposals p
			LEFT JOIN proposal_versions v ON v.proposal = p.id AND v.n = p.submission WHERE p.id = ?::uuid`, f.subject).Row().
			Scan(&f.proposal, &ref, &title, &f.submitter, &f.stage, &receipt)
		f.params = map[string]string{"ref": ref, "title": title, "receipt": receipt}
		if err != nil {
			return f, err
		}
		return t.factOfAdvice(t.inReview(f))
	case "paper":
		var ref, title, reference string
		err := t.Raw(`SELECT p.id::text, p.ref, p.title, x.reference, CASE WHEN c.accepted THEN 'accepted' ELSE 'refused' END FROM signed_papers x
			JOIN proposals p ON p.id = x.proposal JOIN paper_checks c ON c.paper = x.id WHERE x.id = ?::uuid`, f.subject).Row().
			Scan(&f.subject, &ref, &title, &reference, &f.stage)
		f.kind = "proposal" // where it is read
		f.params = map[string]string{"ref": ref, "title": title, "reference": reference}
		return f, err
	case "programme":
		return t.factOfProgramme(f)
	case "condition":
		return t.factOfCondition(f)
	case "change-request":
		var ref, code, title string
		err := t.Raw(`SELECT x.ref, x.programme::text, j.code, j.title, p.organisation, p.id FROM change_requests x JOIN programmes j ON j.id = x.programme
			JOIN proposals p ON p.id = j.proposal WHERE x.id = ?::uuid`, f.subject).Row().Scan(&ref, &f.subject, &code, &title, &f.submitter, &f.proposal)
		f.kind = "programme" // where it is read
		f.params = map[string]string{"ref": ref, "programme": code, "title": title}
		return f, err
	case "transfer-request":
		var ref, programme, organisation string
		err := t.Raw(`SELECT r.ref, p.code, o.code, r.organisation, r.stage FROM transfer_requests r JOIN programmes p ON p.id = r.programme
			JOIN organisations o ON o.id = r.organisation WHERE r.id = ?::uuid`, f.subject).Row().Scan(&ref, &programme, &organisation, &f.recipient, &f.stage)
		f.params = map[string]string{"ref": ref, "programme": programme, "organisation": organisation, "title": programme + ", " + organisation}
		return f, err
	case "decision":
		var question uuid.UUID
		if err := t.Raw(`SELECT question FROM decisions WHERE number = ?`, f.subject).Row().Scan(&question); err != nil {
			return f, err
		}
		return t.factOf(f, question, f.subject)
	case "question":
		question, err := uuid.Parse(f.subject)
		if err != nil {
			return f, err
		}
		return t.factOf(f, question, "")
	}
	return f, nil
}

func (t *tx) factOfCall(f fact) (fact, error) {
	var ref, title string
	var closes time.Time
	err := t.Raw(`SELECT id, ref, title, closes_at FROM calls WHERE id = ?::uuid`, f.subject).Row().Scan(&f.call, &ref, &title, &closes)
	f.params = map[string]string{"ref": ref, "title": title, "closes": closes.UTC().Format(time.RFC3339)}
	return f, err
}

func (t *tx) factOf(f fact, question uuid.UUID, number string) (fact, error) {
	i, err := t.item(question, false)
	if err != nil {
		return f, err
	}
	f.item, f.stage = &i, string(i.State)
	f.params = map[string]string{"ref": i.Ref(), "title": i.Title, "meeting": i.Session.Ref, "number": number}
	if i.Case != nil {
		f.submitter, f.proposal, f.params["proposal"] = i.Case.Organisation, i.Case.ID, i.Case.Ref
	} else if i.Move != nil && i.Move.Standing != nil {
		f.submitter = i.Move.Standing.Applicant
	}
	if number != "" {
		f.params["ref"] = number
	}
	return f, nil
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
	case domain.Recipient:
		organisation = &f.recipient
	}
	rows, err := t.Raw(`SELECT m.person, m.id, m.organisation, m.role, m.capacity, p.mail
		FROM memberships m JOIN persons p ON p.id = m.person JOIN (SELECT ?::date AS today) d ON m.term @> d.today
		WHERE m.role = ? AND p.disabled_at IS NULL AND (?::uuid IS NULL OR m.organisation = ?
			OR EXISTS (SELECT FROM proposal_team x WHERE x.proposal = ? AND x.person = m.person AND x.organisation = m.organisation))
		AND (NOT ? OR EXISTS (SELECT FROM seat_terms h WHERE h.organisation = m.organisation AND h.term @> d.today))
		AND (NOT ? OR m.organisation = ? OR EXISTS (SELECT FROM proposals x WHERE x.call = ? AND x.stage = 'draft'
			AND m.organisation = ANY (x.other_states || x.organisation || x.state)))
		AND (? OR m.person <> ?) AND (NOT ? OR m.person = ?) ORDER BY m.person, m.id`, t.today(), string(a.Role), organisation, organisation, team,
		a.Party == domain.Seated, a.Party == domain.Drafting, f.asker, f.call, a.Doer, t.by.Person, a.Party == domain.Concerned, t.concerned).Rows()
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
	return list, rows.Err()
}

func (t *tx) notify(n domain.Notice, to listener, f fact) error {
	params, err := json.Marshal(f.params)
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

// digestHour is when daily letters are written, in the fund's time.
const digestHour = 6

// digest has what a person was told mailed tomorrow morning, in one letter.
func (t *tx) digest(person uuid.UUID) error {
	var waits bool
	if err := t.Raw(`SELECT EXISTS (SELECT FROM river_job WHERE kind = 'mail' AND state IN ('scheduled', 'available', 'retryable')
		AND args @> jsonb_build_object('about', 'digest', 'person', ?::text))`, person.String()).Row().Scan(&waits); err != nil || waits {
		return err
	}
	morning := t.charter.Begins(t.today().AddDate(0, 0, 1)).Add(digestHour * time.Hour)
	return t.mail(Mail{About: AboutDigest, Person: person}, morning.Sub(t.now))
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
		seq      int64
		question uuid.UUID
		hat      domain.Hat
	}
	rows, err := t.Raw(`SELECT n.seq, n.question, m.organisation, m.role, m.capacity FROM notices n JOIN memberships m ON m.id = n.membership
		WHERE n.person = ? AND n.question IS NOT NULL AND m.role <> 'applicant' AND m.term @> ?::date
		AND EXISTS (SELECT FROM interests i WHERE i.question = n.question AND i.organisation = m.organisation)`, person, t.today()).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []told
	for rows.Next() {
		var x told
		if err := rows.Scan(&x.seq, &x.question, &x.hat.Organisation, &x.hat.Role, &x.hat.Capacity); err != nil {
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
		i, err := t.item(x.question, false)
		if err != nil {
			return nil, err
		}
		if _, yes := i.Hidden(domain.Actor{Person: person, Hat: x.hat}); yes {
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

// receipts are the kinds of notice that are mailed however somebody wants them.
var receipts = func() (kinds []string) {
	for _, n := range domain.Notices {
		if n.Receipt() {
			kinds = append(kinds, string(n))
		}
	}
	return kinds
}()

// toMail is what a letter tells a person: one notice or a day's, unread, not
// mailed before, still theirs to know, and a receipt or wanted by mail in this way today.
func (t *tx) toMail(m Mail) (p domain.Person, list []Notice, err error) {
	choice := map[About]MailChoice{AboutNotice: MailEach, AboutDigest: MailDaily}[m.About]
	p, err = scanPerson(t.Raw(personColumns+`WHERE p.id = ? AND p.disabled_at IS NULL AND (p.mail = ? OR EXISTS (SELECT FROM notices r WHERE r.id = ? AND r.kind IN ?))`,
		m.Person, string(choice), m.Notice, receipts).Row())
	if err != nil {
		return p, nil, err
	}
	hidden, err := t.hiddenNotices(p.ID)
	if err != nil {
		return p, nil, err
	}
	list, err = t.notices(`n.person = ? AND (? OR n.id = ?) AND (n.read_at IS NULL OR NOT ? AND n.kind IN ?) AND n.mailed_at IS NULL AND n.seq NOT IN ? ORDER BY n.seq LIMIT 100`,
		p.ID, m.About == AboutDigest, m.Notice, m.About == AboutDigest, receipts, hidden)
	if err == nil && len(list) == 0 {
		err = domain.ErrMissing
	}
	return p, list, err
}

// noticeLetter is one notice or a day's; nil where there is nothing to tell.
func (s *Store) noticeLetter(ctx context.Context, m Mail) (*Letter, error) {
	l, err := read(ctx, s, domain.Actor{}, func(t *tx) (*Letter, error) {
		p, list, err := t.toMail(m)
		return &Letter{About: m.About, Person: p.ID, To: p.Email, Name: p.Name, Language: p.Language, Notices: list}, err
	})
	if errors.Is(err, domain.ErrMissing) {
		return nil, nil
	}
	return l, err
}

func seqs(list []Notice) []int64 {
	out := []int64{0}
	for _, n := range list {
		out = append(out, n.Seq)
	}
	return out
}

var _ = ask(
	Question{"notices-go-to-hats", "a notice was told to somebody under another's hat", `
		SELECT n.id::text FROM notices n JOIN memberships m ON m.id = n.membership WHERE m.person <> n.person`},
)

package store

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/google/uuid"

	"startupfund/domain"
)

// EnquiryFile is a question about a call as somebody sees it now.
type EnquiryFile struct {
	domain.Enquiry
	Asker *Named // nil for whom it is not
	Own   bool
	May   []string
}

// AskAboutCall puts a question about a call.
func (s *Store) AskAboutCall(ctx context.Context, by Ask, call uuid.UUID, language, text string) (EnquiryFile, error) {
	return act(ctx, s, by, "enquiry.ask", func(t *tx) (EnquiryFile, error) {
		c, err := t.call(call, "")
		if err != nil {
			return EnquiryFile{}, err
		}
		e, err := c.Ask(t.by, language, text, t.now)
		if err != nil {
			return EnquiryFile{}, err
		}
		n, err := t.next("enquiries " + c.Ref)
		if err != nil {
			return EnquiryFile{}, err
		}
		e.ID, e.N = uuid.New(), int(n)
		t.on("enquiry", e.ID)
		err = t.Exec(`INSERT INTO enquiries (id, call, n, language, text, person, organisation, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			e.ID, e.Call, e.N, e.Language, e.Text, e.Person, e.Organisation, e.At).Error
		if err != nil {
			return EnquiryFile{}, err
		}
		return t.enquiryFile(e)
	})
}

// AnswerEnquiry publishes an answer, or the next version of it.
func (s *Store) AnswerEnquiry(ctx context.Context, by Ask, id uuid.UUID, version int, language, text, reason string) (EnquiryFile, error) {
	return act(ctx, s, by, "enquiry.answer", func(t *tx) (EnquiryFile, error) {
		t.on("enquiry", id)
		// The question never changes: its next number is what two answers would take.
		if err := t.Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 0))`, "enquiry "+id.String()).Error; err != nil {
			return EnquiryFile{}, err
		}
		e, err := only(t.enquiries(`e.id = ?`, id))
		if err != nil {
			return EnquiryFile{}, err
		}
		if err := e.Reaches(t.by); err != nil {
			return EnquiryFile{}, err
		}
		if e.Version() != version {
			return EnquiryFile{}, domain.ErrStale
		}
		a, err := e.Answer(t.by, language, text, reason, t.now)
		if err != nil {
			return EnquiryFile{}, err
		}
		t.changed("answer", a.N)
		err = t.Exec(`INSERT INTO enquiry_answers (enquiry, n, language, text, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			e.ID, a.N, a.Language, a.Text, a.Reason, a.Person, a.At).Error
		if err != nil {
			return EnquiryFile{}, err
		}
		return t.enquiryFile(e)
	})
}

// Enquiries lists the questions about a call that by may read, in their order.
func (s *Store) Enquiries(ctx context.Context, by domain.Actor, call uuid.UUID, after int64, limit int) (Page[EnquiryFile], error) {
	return read(ctx, s, by, func(t *tx) (Page[EnquiryFile], error) {
		if _, err := t.call(call, ""); err != nil {
			return Page[EnquiryFile]{}, err
		}
		w := Window{Limit: limit}
		// domain.Enquiry.Reaches as SQL.
		list, err := t.enquiries(`e.call = ? AND e.n > ? AND (? OR ? AND e.organisation = ? OR EXISTS (SELECT FROM enquiry_answers a WHERE a.enquiry = e.id))
			ORDER BY e.n LIMIT ?`, call, after, by.Hat.Role == domain.Secretariat, by.Hat.Role == domain.Applicant || by.Hat.Role == domain.FocalPoint,
			by.Hat.Organisation, w.fetch())
		if err != nil {
			return Page[EnquiryFile]{}, err
		}
		files := make([]EnquiryFile, len(list))
		for i, e := range list {
			if files[i], err = t.enquiryFile(e); err != nil {
				return Page[EnquiryFile]{}, err
			}
		}
		return pageOf(w, files, func(f EnquiryFile) string { return strconv.Itoa(f.N) }), nil
	})
}

func (t *tx) enquiryFile(e domain.Enquiry) (EnquiryFile, error) {
	f := EnquiryFile{Enquiry: e, Own: e.Own(t.by), May: e.May(t.by.Hat)}
	if !e.ShowsAsker(t.by) {
		f.Person, f.Organisation = uuid.Nil, uuid.Nil
		return f, nil
	}
	names, err := t.named(e.Organisation)
	if n, ok := names[e.Organisation]; ok {
		f.Asker = &n
	}
	return f, err
}

func (t *tx) enquiries(condition string, args ...any) ([]domain.Enquiry, error) {
	rows, err := t.Raw(`SELECT e.id, e.call, c.ref, e.n, e.language, e.text, e.person, e.organisation, e.at,
			(SELECT coalesce(json_agg(json_build_object('N', a.n, 'Language', a.language, 'Text', a.text, 'Reason', a.reason, 'Person', a.person, 'At', a.at)
				ORDER BY a.n), '[]') FROM enquiry_answers a WHERE a.enquiry = e.id)
		FROM enquiries e JOIN calls c ON c.id = e.call WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Enquiry
	for rows.Next() {
		var e domain.Enquiry
		var answers []byte
		if err := rows.Scan(&e.ID, &e.Call, &e.CallRef, &e.N, &e.Language, &e.Text, &e.Person, &e.Organisation, &e.At, &answers); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(answers, &e.Answers); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

var _ = ask(
	Question{"enquiries-are-in-time", "a question was put to a call that was not announced, took none or takes none any more", `
		SELECT c.ref || ' ' || e.n FROM enquiries e JOIN calls c ON c.id = e.call
		WHERE c.announced_at IS NULL OR e.at < c.announced_at OR c.questions_until IS NULL OR e.at >= c.questions_until`},
	Question{"answers-run-from-one", "the versions of an answer do not run from one, or come before the question", `
		SELECT e.id::text FROM enquiries e JOIN enquiry_answers a ON a.enquiry = e.id GROUP BY e.id, e.at HAVING max(a.n) <> count(*) OR min(a.at) < e.at`},
)

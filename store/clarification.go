package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// ClarificationFile is what was asked about a proposal's submissions as somebody
// sees it now, and the rules by which it is.
type ClarificationFile struct {
	Rules   charter.Screening
	Threads []ClarificationThread // the latest first
	Wishes  []WishRecord          // the latest first; empty for whom they are not
	May     []string
}

// ClarificationThread is one clarification and how it stands.
type ClarificationThread struct {
	domain.Clarification
	State domain.ClarificationState
	Due   *time.Time // while it is open
	// Overdue tells that the open question should have been answered.
	Overdue bool
	Names   map[uuid.UUID]string
	Files   map[uuid.UUID]string // the names of what answers came with
	May     []string
}

// review is a proposal as those who see its review have it before them, and the rules by
// which it is reviewed.
type review struct {
	domain.Proposal
	rules charter.Charter
	seats []domain.Seating
}

// review loads a proposal's, for whoever sees it. Locked, the proposal stays as it is
// until the act ends, and so does what is asked about it.
func (t *tx) review(proposal uuid.UUID, locked bool) (v review, err error) {
	clause := ""
	if locked {
		t.on("proposal", proposal)
		clause = "FOR UPDATE OF p"
	}
	if v.Proposal, err = t.proposal(proposal, clause); err != nil {
		return v, err
	}
	if v.rules, err = t.charterOf(v.CharterVersion); err != nil {
		return v, err
	}
	if v.seats, err = t.seatings(t.by.Hat, proposal); err != nil {
		return v, err
	}
	return v, v.SeesReview(t.by, v.seats, v.rules)
}

// inquiry is what a clarification is asked and answered within.
type inquiry struct {
	review
	threads []domain.Clarification
	wishes  []WishRecord
}

func (t *tx) inquiry(proposal uuid.UUID, locked bool) (q inquiry, err error) {
	if q.review, err = t.review(proposal, locked); err != nil {
		return q, err
	}
	if q.threads, err = t.clarifications(proposal); err != nil {
		return q, err
	}
	q.wishes, err = t.wishes(proposal)
	return q, err
}

// thread is one of the proposal's.
func (q inquiry) thread(id uuid.UUID) (domain.Clarification, error) {
	for _, x := range q.threads {
		if x.ID == id {
			return x, nil
		}
	}
	return domain.Clarification{}, domain.ErrMissing
}

// Clarifications shows what was asked about a proposal's submissions, and answered.
func (s *Store) Clarifications(ctx context.Context, by domain.Actor, proposal uuid.UUID) (ClarificationFile, error) {
	return read(ctx, s, by, func(t *tx) (ClarificationFile, error) { return t.clarificationFile(proposal) })
}

func (t *tx) clarificationFile(proposal uuid.UUID) (f ClarificationFile, err error) {
	q, err := t.inquiry(proposal, false)
	if err != nil {
		return f, err
	}
	f.Rules, f.May = q.rules.Screening, q.MayClarify(t.by, q.seats, q.rules)
	names, err := t.entryNames(q)
	if err != nil {
		return f, err
	}
	files, err := t.fileNames(q)
	if err != nil {
		return f, err
	}
	for _, x := range q.threads {
		if t.by.Hat.Role != domain.Applicant {
			x.Draft = nil
		}
		due := x.Due(q.Proposal)
		f.Threads = append(f.Threads, ClarificationThread{x, x.State(q.Proposal), due, due != nil && !t.now.Before(*due), names, files, q.MayWith(t.by, x)})
	}
	for _, w := range q.wishes {
		if w.SeesWish(t.by) {
			f.Wishes = append(f.Wishes, w)
		}
	}
	return f, nil
}

// AskClarification asks the applicant about the submission under review; wish is
// the assessor's that it passes on, or Nil.
func (s *Store) AskClarification(ctx context.Context, by Ask, proposal uuid.UUID, field, section, language, text string, wish uuid.UUID) (ClarificationFile, error) {
	return act(ctx, s, by, "clarification.ask", func(t *tx) (ClarificationFile, error) {
		q, err := t.inquiry(proposal, true)
		if err != nil {
			return ClarificationFile{}, err
		}
		var passed *domain.ClarificationWish
		if wish != uuid.Nil {
			if passed, err = q.wish(wish); err != nil {
				return ClarificationFile{}, err
			}
		}
		x, err := q.AskClarification(t.by, field, section, language, text, passed, q.threads, q.rules, t.now)
		if err != nil {
			return ClarificationFile{}, err
		}
		err = t.Exec(`INSERT INTO clarifications (id, proposal, version, number, wish, field, section) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			x.ID, x.Proposal, x.Version, x.Number, orNull(x.Wish), x.Field, x.Section).Error
		if err != nil {
			return ClarificationFile{}, err
		}
		return t.entered(x, x.Entries[0])
	})
}

// entered keeps an entry of a thread, and shows what is there now.
func (t *tx) entered(x domain.Clarification, e domain.ClarificationEntry) (ClarificationFile, error) {
	t.changed("clarification", x.Number)
	t.changed("entry", e.N)
	if e.Due != nil {
		t.changed("due", e.Due.Format(time.RFC3339))
	}
	err := t.Exec(`INSERT INTO clarification_entries (clarification, n, kind, language, text, due_at, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		x.ID, e.N, string(e.Kind), e.Language, e.Text, e.Due, e.Person, e.At).Error
	if err != nil {
		return ClarificationFile{}, err
	}
	for _, file := range e.Files {
		if err := t.Exec(`INSERT INTO clarification_files (clarification, n, attachment) VALUES (?, ?, ?)`, x.ID, e.N, file).Error; err != nil {
			return ClarificationFile{}, err
		}
	}
	return t.clarificationFile(x.Proposal)
}

// enter does one act with one thread that comes to an entry.
func (s *Store) enter(ctx context.Context, by Ask, name string, proposal, id uuid.UUID, do func(*tx, inquiry, domain.Clarification) (domain.ClarificationEntry, error)) (ClarificationFile, error) {
	return act(ctx, s, by, name, func(t *tx) (ClarificationFile, error) {
		q, err := t.inquiry(proposal, true)
		if err != nil {
			return ClarificationFile{}, err
		}
		x, err := q.thread(id)
		if err != nil {
			return ClarificationFile{}, err
		}
		e, err := do(t, q, x)
		if err != nil {
			return ClarificationFile{}, err
		}
		return t.entered(x, e)
	})
}

// AskFurther puts the next question of a thread.
func (s *Store) AskFurther(ctx context.Context, by Ask, proposal, id uuid.UUID, language, text string) (ClarificationFile, error) {
	return s.enter(ctx, by, "clarification.ask", proposal, id, func(t *tx, q inquiry, x domain.Clarification) (domain.ClarificationEntry, error) {
		return q.AskFurther(t.by, x, language, text, q.rules, t.now)
	})
}

// WithdrawClarification takes a thread's open question back.
func (s *Store) WithdrawClarification(ctx context.Context, by Ask, proposal, id uuid.UUID, language, reason string) (ClarificationFile, error) {
	return s.enter(ctx, by, "clarification.withdraw", proposal, id, func(t *tx, q inquiry, x domain.Clarification) (domain.ClarificationEntry, error) {
		return q.WithdrawQuestion(t.by, x, language, reason, t.now)
	})
}

// AnswerClarification gives the applicant's answer. The assessor who wished for the
// question is told.
func (s *Store) AnswerClarification(ctx context.Context, by Ask, proposal, id uuid.UUID, language, text string) (ClarificationFile, error) {
	return s.enter(ctx, by, "clarification.answer", proposal, id, func(t *tx, q inquiry, x domain.Clarification) (domain.ClarificationEntry, error) {
		files, err := t.unanswering(x.ID)
		if err != nil {
			return domain.ClarificationEntry{}, err
		}
		e, err := q.AnswerClarification(t.by, x, language, text, files, t.now)
		if err != nil {
			return e, err
		}
		if w, err := q.wish(x.Wish); err == nil {
			t.concerned = w.Person
		}
		return e, t.Exec(`UPDATE clarification_drafts SET text = '', version = version + 1, person = ?, at = ? WHERE clarification = ?`, t.by.Person, t.now, x.ID).Error
	})
}

// DraftAnswer keeps the team's answer while it is being written. version is the
// draft that was read.
func (s *Store) DraftAnswer(ctx context.Context, by Ask, proposal, id uuid.UUID, version int, language, text string) (domain.Clarification, error) {
	return act(ctx, s, by, "clarification.draft", func(t *tx) (domain.Clarification, error) {
		q, err := t.inquiry(proposal, true)
		if err != nil {
			return domain.Clarification{}, err
		}
		x, err := q.thread(id)
		if err != nil {
			return x, err
		}
		if x.DraftVersion() != version {
			return x, domain.ErrStale
		}
		d, err := q.DraftAnswer(t.by, x, language, text, t.now)
		if err != nil {
			return x, err
		}
		x.Draft = &d
		t.changed("clarification", x.Number)
		return x, t.Exec(`INSERT INTO clarification_drafts (clarification, language, text, version, person, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (clarification) DO UPDATE SET language = excluded.language, text = excluded.text, version = excluded.version, person = excluded.person, at = excluded.at`,
			x.ID, d.Language, d.Text, d.Version, d.Person, d.At).Error
	})
}

// inquired are the proposals under review with questions that wait for the hat's own
// answer, each question a task.
func (t *tx) inquired() (list []domain.Task, err error) {
	within, args := reach(t.by)
	proposals, err := t.proposals(within+` AND p.stage IN ('submitted', 'eligible') AND EXISTS (SELECT FROM clarifications c WHERE c.proposal = p.id AND c.version = p.submission)
		ORDER BY p.ref LIMIT ?`, append(args, mostTasks)...)
	if err != nil {
		return nil, err
	}
	for _, p := range proposals {
		threads, err := t.clarifications(p.ID)
		if err != nil {
			return nil, err
		}
		for _, x := range threads {
			task := domain.Task{Subject: "clarification", ID: fmt.Sprintf("%s#clarification-%d", p.ID, x.Number), Ref: p.Ref, Title: p.Title, Language: p.Language, Due: x.Due(p),
				Since: x.Entries[len(x.Entries)-1].At}
			list = append(list, task.Waits(t.by.Hat.Role, p.MayWith(t.by, x))...)
		}
	}
	return list, nil
}

// inReview makes of a proposal's fact one of its review, where the act was about a
// thread: which, and by when.
func (t *tx) inReview(f fact) fact {
	for _, name := range []string{"clarification", "wish"} {
		if n, there := t.changes[name]; there {
			f.kind, f.params["n"] = "clarification", fmt.Sprint(n) // where it is read
		}
	}
	if due, there := t.changes["due"].(string); there {
		f.params["closes"] = due
	}
	return f
}

var _ = ask(
	Question{"clarifications-take-turns", "a thread does not run from one, or holds two questions without an answer between them, or an answer to nothing", `
		SELECT e.clarification::text FROM clarification_entries e LEFT JOIN clarification_entries b ON b.clarification = e.clarification AND b.n = e.n - 1
		WHERE e.n > 1 AND (b.n IS NULL OR (e.kind = 'asked') = (b.kind = 'asked') OR e.at < b.at)`},
	Question{"clarifications-are-on-what-is-under-review", "something was asked about a submission after the next one had come", `
		SELECT c.id::text FROM clarifications c JOIN clarification_entries e ON e.clarification = c.id
		JOIN proposal_versions v ON v.proposal = c.proposal AND v.n = c.version JOIN proposal_versions x ON x.proposal = c.proposal AND x.n = c.version + 1
		WHERE e.kind = 'asked' AND (e.at > x.at OR e.at < v.at)`},
	Question{"wishes-are-settled-once", "a wish was passed on and refused, or is of another proposal or version than the question", `
		SELECT w.id::text FROM clarification_wishes w JOIN clarifications c ON c.wish = w.id LEFT JOIN clarification_refusals r ON r.wish = w.id
		WHERE r.wish IS NOT NULL OR c.proposal <> w.proposal`},
)

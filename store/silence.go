package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"startupfund/domain"
)

// CirculateQuestion brings a question before the body in writing, under a number of its own.
func (s *Store) CirculateQuestion(ctx context.Context, by Ask, q domain.Question) (domain.Question, error) {
	return act(ctx, s, by, "question.circulate", func(t *tx) (domain.Question, error) { return t.circulate(q) })
}

// circulate brings a question before the body in writing: the subject of the act is then that question.
func (t *tx) circulate(q domain.Question) (domain.Question, error) {
	about, err := t.matter(&q)
	if err != nil {
		return q, err
	}
	if q, err = domain.Circulate(t.charter, q, about, t.now); err != nil {
		return q, err
	}
	year := t.today().Year()
	n, err := t.next(fmt.Sprintf("in-writing:%d", year))
	if err != nil {
		return q, err
	}
	q.Number, q.Written = int(n), fmt.Sprintf("W-%d-%02d", year, n)
	t.changed("ref", q.Written)
	return q, t.enters(q)
}

// enters writes a new question, with the interests that follow from the facts.
func (t *tx) enters(q domain.Question) error {
	t.on("question", q.ID)
	if err := t.insertQuestion(q); err != nil {
		return err
	}
	if err := t.keepMove(q); err != nil {
		return err
	}
	if err := t.drawIn(q.ID, false); err != nil {
		return err
	}
	i, err := t.item(q.ID, false)
	if err != nil {
		return err
	}
	return t.insertInterests(q.ID, i.Listed())
}

// ExtendSilence gives a silence that runs a later end.
func (s *Store) ExtendSilence(ctx context.Context, by Ask, question uuid.UUID, days int, reason string) (domain.Question, error) {
	by.arrives = question
	return act(ctx, s, by, "silence.extend", func(t *tx) (domain.Question, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i.Question, err
		}
		q, x, err := i.Extend(by.Actor, days, reason, t.now)
		if err != nil {
			return q, err
		}
		t.changed("days", x.Days)
		t.changed("ends_at", x.Until)
		if err := t.Exec(`INSERT INTO silence_extensions (question, n, days, ends_at, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			question, x.N, x.Days, x.Until, x.Reason, x.Person, x.At).Error; err != nil {
			return q, err
		}
		q.Version++
		if err := t.Exec(`UPDATE questions SET ends_at = ?, version = ? WHERE id = ?`, q.EndsAt, q.Version, q.ID).Error; err != nil {
			return q, err
		}
		return q, t.watchSilence(q)
	})
}

func (t *tx) extensions(question uuid.UUID) ([]domain.SilenceExtension, error) {
	rows, err := t.Raw(`SELECT x.n, x.days, x.ends_at, x.reason, x.person, p.name, x.at FROM silence_extensions x JOIN persons p ON p.id = x.person
		WHERE x.question = ? ORDER BY x.n`, question).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.SilenceExtension
	for rows.Next() {
		var x domain.SilenceExtension
		if err := rows.Scan(&x.N, &x.Days, &x.Until, &x.Reason, &x.Person, &x.By, &x.At); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

// Remark adds to the thread of a question in writing.
func (s *Store) Remark(ctx context.Context, by Ask, question uuid.UUID, answers int, language, text string) (domain.Remark, error) {
	return act(ctx, s, by, "question.remark", func(t *tx) (domain.Remark, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return domain.Remark{}, err
		}
		said, err := t.remarks(question)
		if err != nil {
			return domain.Remark{}, err
		}
		r, err := i.Remark(by.Actor, said, answers, language, text, t.now)
		if err != nil {
			return r, err
		}
		t.changed("n", r.N)
		var to *int
		if r.Answers > 0 {
			to = &r.Answers
		}
		return r, t.Exec(`INSERT INTO question_remarks (question, n, answers, language, text, organisation, role, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			question, r.N, to, r.Language, r.Text, r.Organisation, string(r.Role), r.Person, r.At).Error
	})
}

// Thread is what was asked and answered about an item that by may see; it is missing to
// others, and to those who may not read what members say.
func (s *Store) Thread(ctx context.Context, by domain.Actor, question uuid.UUID) ([]domain.Remark, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Remark, error) {
		i, err := t.item(question, false)
		if err != nil {
			return nil, err
		}
		if _, hidden := i.Hidden(by); hidden || !i.Reads(by) {
			return nil, domain.ErrMissing
		}
		return t.remarks(question)
	})
}

func (t *tx) remarks(question uuid.UUID) ([]domain.Remark, error) {
	rows, err := t.Raw(`SELECT r.n, coalesce(r.answers, 0), r.language, r.text, r.organisation, o.code, r.role, r.person, p.name, r.at
		FROM question_remarks r JOIN organisations o ON o.id = r.organisation JOIN persons p ON p.id = r.person WHERE r.question = ? ORDER BY r.n`, question).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Remark
	for rows.Next() {
		var r domain.Remark
		if err := rows.Scan(&r.N, &r.Answers, &r.Language, &r.Text, &r.Organisation, &r.Code, &r.Role, &r.Person, &r.By, &r.At); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// SilenceFile is a question in writing in their list.
type SilenceFile struct {
	domain.Question
	Hidden   bool // from by: then it has no title
	Spoken   bool // by's seat has a position
	May      []string
	Decision string // its number, where it was adopted
}

// mostSilences bounds the list: those that run, and the latest of those that are over.
const mostSilences = 200

// Silences lists the questions in writing: those that run first, by their end.
func (s *Store) Silences(ctx context.Context, by domain.Actor) ([]SilenceFile, error) {
	return read(ctx, s, by, func(t *tx) ([]SilenceFile, error) {
		list, err := t.questions(`q.meeting IS NULL ORDER BY q.state NOT IN ('listed', 'open', 'unresolved'),
			CASE WHEN q.state IN ('listed', 'open', 'unresolved') THEN q.ends_at END, q.circulated_at DESC LIMIT ?`, mostSilences)
		if err != nil {
			return nil, err
		}
		numbers, err := pairs[uuid.UUID, string](t.Raw(`SELECT question, number FROM decisions WHERE meeting IS NULL`).Rows())
		if err != nil {
			return nil, err
		}
		files := make([]SilenceFile, len(list))
		for n, q := range list {
			files[n] = SilenceFile{Question: q, Decision: numbers[q.ID]}
			if err := t.silenceFile(&files[n]); err != nil {
				return nil, err
			}
		}
		return files, nil
	})
}

func (t *tx) silenceFile(f *SilenceFile) error {
	if !f.UnderWay() {
		i := domain.Item{Question: f.Question}
		if err := t.withMatter(&i, false); err != nil {
			return err
		}
		_, f.Hidden = i.Hidden(t.by)
		if i.Unnamed(t.by) {
			f.Title = ""
		}
		return nil
	}
	i, err := t.item(f.ID, false)
	if err != nil {
		return err
	}
	if _, f.Hidden = i.Hidden(t.by); f.Hidden {
		f.Title = ""
		return nil
	}
	f.Spoken, f.May = i.Spoken(t.by), i.May(t.by)
	return nil
}

var _ = ask(
	Question{"silences-end-as-extended", "a silence ends at another time than it was last extended to", `
		SELECT q.id::text FROM questions q JOIN LATERAL (SELECT ends_at FROM silence_extensions x WHERE x.question = q.id ORDER BY n DESC LIMIT 1) x ON true
		WHERE q.ends_at IS DISTINCT FROM x.ends_at`},
	Question{"silences-are-extended-while-they-run", "a silence was extended before it began, after its end, or to an earlier one", `
		SELECT x.question::text FROM silence_extensions x JOIN questions q ON q.id = x.question
		LEFT JOIN silence_extensions b ON b.question = x.question AND b.n = x.n - 1
		WHERE x.at < q.opened_at OR x.ends_at <= b.ends_at OR x.at >= b.ends_at OR (x.n > 1) <> (b.n IS NOT NULL)`},
	Question{"silences-are-waited-for", "a question in writing was settled before its silence was over", `
		SELECT id::text FROM questions WHERE meeting IS NULL AND state NOT IN ('withdrawn', 'voided') AND closed_at < ends_at`},
	Question{"written-numbers-are-dense", "a number is missing from the questions in writing of a year", `
		SELECT written FROM (SELECT written, item, row_number() OVER (PARTITION BY substr(written, 1, 6) ORDER BY item) AS place
			FROM questions WHERE written IS NOT NULL) x WHERE item <> place`},
	Question{"remarks-are-dense", "the thread of a question in writing does not run from one, or answers an answer", `
		SELECT question::text FROM question_remarks GROUP BY question HAVING max(n) <> count(*) OR min(n) <> 1
		UNION ALL SELECT r.question::text FROM question_remarks r JOIN question_remarks a ON a.question = r.question AND a.n = r.answers WHERE a.answers IS NOT NULL`},
	Question{"nobody-is-in-the-room-in-writing", "a question of a meeting has a silence, or one in writing remarks of nobody's", `
		SELECT x.question::text FROM silence_extensions x JOIN questions q ON q.id = x.question WHERE q.meeting IS NOT NULL
		UNION ALL SELECT r.question::text FROM question_remarks r JOIN questions q ON q.id = r.question WHERE q.meeting IS NOT NULL`},
)

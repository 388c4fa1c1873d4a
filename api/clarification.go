package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// clarificationsView is what was asked about a proposal's submissions.
type clarificationsView struct {
	Days           int                 `json:"days"`
	Clarifications []clarificationView `json:"clarifications"`
	Wishes         []wishView          `json:"wishes"`
	May            []string            `json:"may"`
}

type clarificationView struct {
	ID      uuid.UUID                 `json:"id"`
	Version int                       `json:"version"`
	Number  int                       `json:"number"`
	Wished  bool                      `json:"for_assessors"`
	Field   string                    `json:"field"`
	Section string                    `json:"section"`
	State   domain.ClarificationState `json:"state"`
	Due     *time.Time                `json:"due"`
	Overdue bool                      `json:"overdue"`
	Entries []entryView               `json:"entries"`
	Draft   *draftView                `json:"draft,omitempty"`
	May     []string                  `json:"may"`
}

type entryView struct {
	N        int              `json:"n"`
	Kind     domain.EntryKind `json:"kind"`
	Language string           `json:"language"`
	Text     string           `json:"text"`
	Due      *time.Time       `json:"due"`
	Late     bool             `json:"late"`
	By       string           `json:"by"`
	At       time.Time        `json:"at"`
	Files    []fileView       `json:"files"` // that an answer came with
}

type draftView struct {
	Language string     `json:"language"`
	Text     string     `json:"text"`
	Version  int        `json:"version"` // what If-Match says to save the next
	By       string     `json:"by"`
	At       *time.Time `json:"at"` // null while there is none
}

type wishView struct {
	ID       uuid.UUID `json:"id"`
	Version  int       `json:"version"`
	Field    string    `json:"field"`
	Section  string    `json:"section"`
	Language string    `json:"language"`
	Text     string    `json:"text"`
	By       string    `json:"by"`
	From     namedView `json:"organisation"`
	At       time.Time `json:"at"`
	Passed   bool      `json:"passed"`
	Refusal  string    `json:"refusal"`
}

func utc(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	t := at.UTC()
	return &t
}

func (s *Server) clarificationOf(a *asked, x store.ClarificationThread) clarificationView {
	v := clarificationView{ID: x.ID, Version: x.Version, Number: x.Number, Wished: x.Wish != uuid.Nil, Field: x.Field, Section: x.Section,
		State: x.State, Due: utc(x.Due), Overdue: x.Overdue, Entries: []entryView{}, May: s.may(a.by, x.May)}
	for _, e := range x.Entries {
		said := entryView{e.N, e.Kind, e.Language, e.Text, utc(e.Due), x.Late(e), x.Names[e.Person], e.At.UTC(), []fileView{}}
		for _, file := range e.Files {
			said.Files = append(said.Files, fileView{file, x.Files[file]})
		}
		v.Entries = append(v.Entries, said)
	}
	if domain.ClarificationOpen == x.State && a.by.Hat.Role == domain.Applicant {
		d := draftOf(x.Clarification, x.Names)
		v.Draft = &d
	}
	return v
}

func draftOf(x domain.Clarification, names map[uuid.UUID]string) draftView {
	v := draftView{Version: x.DraftVersion(), Language: x.Entries[0].Language}
	if d := x.Draft; d != nil {
		v.Language, v.Text, v.By, v.At = d.Language, d.Text, names[d.Person], utc(&d.At)
	}
	return v
}

func (s *Server) shownClarifications(a *asked) func(store.ClarificationFile, error) (answer, error) {
	return func(f store.ClarificationFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		v := clarificationsView{Days: f.Rules.ClarificationDays.Value, Clarifications: []clarificationView{}, Wishes: []wishView{}, May: s.may(a.by, f.May)}
		for _, x := range f.Threads {
			v.Clarifications = append(v.Clarifications, s.clarificationOf(a, x))
		}
		for _, w := range f.Wishes {
			x := wishView{w.ID, w.Version, w.Field, w.Section, w.Language, w.Text, w.By, namedView{w.From.ID.String(), w.From.Code, w.From.Name}, w.At.UTC(), w.Passed, ""}
			if w.Refusal != nil {
				x.Refusal = w.Refusal.Reason
			}
			v.Wishes = append(v.Wishes, x)
		}
		return shown(v)
	}
}

func (s *Server) clarifications(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownClarifications(a)(s.Store.Clarifications(a, a.by, id))
}

type clarificationRequest struct {
	Field    string  `json:"field"`
	Section  string  `json:"section"`
	Language string  `json:"language"`
	Text     string  `json:"text"`
	Wish     *string `json:"wish"`
}

// askClarification asks the applicant, for the secretariat or an assessor.
func (s *Server) askClarification(a *asked) (answer, error) {
	id, in, err := onto[clarificationRequest](a)
	if err != nil {
		return answer{}, err
	}
	wish := uuid.Nil
	if in.Wish != nil {
		if wish, err = uuid.Parse(*in.Wish); err != nil {
			return answer{}, domain.ErrMissing
		}
	}
	return s.shownClarifications(a)(s.Store.AskClarification(a, a.ask, id, in.Field, in.Section, in.Language, in.Text, wish))
}

type entryRequest struct {
	Language string `json:"language"`
	Text     string `json:"text"`
}

// thread reads the ids of a proposal and of one of its threads, and what is said in it.
func thread(a *asked) (id, of uuid.UUID, in entryRequest, err error) {
	if id, err = a.id("id"); err != nil {
		return
	}
	if of, err = a.id("clarification"); err != nil {
		return
	}
	in, err = body[entryRequest](a)
	return
}

func (s *Server) askFurther(a *asked) (answer, error) {
	id, of, in, err := thread(a)
	if err != nil {
		return answer{}, err
	}
	return s.shownClarifications(a)(s.Store.AskFurther(a, a.ask, id, of, in.Language, in.Text))
}

func (s *Server) withdrawClarification(a *asked) (answer, error) {
	id, of, in, err := thread(a)
	if err != nil {
		return answer{}, err
	}
	return s.shownClarifications(a)(s.Store.WithdrawClarification(a, a.ask, id, of, in.Language, in.Text))
}

// answerClarification gives the answer of the applicant's side.
func (s *Server) answerClarification(a *asked) (answer, error) {
	id, of, in, err := thread(a)
	if err != nil {
		return answer{}, err
	}
	return s.shownClarifications(a)(s.Store.AnswerClarification(a, a.ask, id, of, in.Language, in.Text))
}

// draftClarification keeps the answer while the team writes it.
func (s *Server) draftClarification(a *asked) (answer, error) {
	version, err := a.version()
	if err != nil {
		return answer{}, err
	}
	id, of, in, err := thread(a)
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.DraftAnswer(a, a.ask, id, of, version, in.Language, in.Text)
	if err != nil {
		return answer{}, err
	}
	return versioned(draftOf(x, nil), x.DraftVersion())
}

type wishRequest struct {
	Field    string `json:"field"`
	Section  string `json:"section"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

// wishClarification has the secretariat ask for an assessor.
func (s *Server) wishClarification(a *asked) (answer, error) {
	id, in, err := onto[wishRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownClarifications(a)(s.Store.WishClarification(a, a.ask, id, in.Field, in.Section, in.Language, in.Text))
}

func (s *Server) refuseWish(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	wish, err := a.id("wish")
	if err != nil {
		return answer{}, err
	}
	in, err := body[reasonRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownClarifications(a)(s.Store.RefuseWish(a, a.ask, id, wish, in.Reason))
}

package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type noticeView struct {
	ID      uuid.UUID     `json:"id"`
	Kind    domain.Notice `json:"kind"`
	Title   string        `json:"title"` // in the reader's language
	Text    string        `json:"text"`
	Role    domain.Role   `json:"role"` // the hat it is told to
	Subject subjectView   `json:"subject"`
	At      time.Time     `json:"at"`
	ReadAt  *time.Time    `json:"read_at"`
}

// subjectView is what something is about: its kind, its id in the API, what people
// call it and its title as somebody wrote it.
type subjectView struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Ref   string `json:"ref"`
	Title string `json:"title"`
}

type noticesView struct {
	Unread  int              `json:"unread"`
	Mail    store.MailChoice `json:"mail"`
	Notices []noticeView     `json:"notices"`
}

func noticeOf(w tongue, n store.Notice, zone string) noticeView {
	title, text := w.notice(n, zone)
	v := noticeView{n.ID, n.Kind, title, text, n.Role, subjectView{n.SubjectKind, n.Subject, n.Params["ref"], n.Params["title"]}, n.At.UTC(), nil}
	if n.ReadAt != nil {
		at := n.ReadAt.UTC()
		v.ReadAt = &at
	}
	return v
}

// notice is what a notice says in one line, and in a sentence or two; its hours are
// the fund's, as on every page.
func (t tongue) notice(n store.Notice, zone string) (title, text string) {
	say := map[string]any{"at": t.instantIn(n.At, zone)}
	for name, value := range n.Params {
		say[name] = value
	}
	if closes, err := time.Parse(time.RFC3339, n.Params["closes"]); err == nil {
		say["closes"] = t.instantIn(closes, zone)
	}
	return t.say("notice."+string(n.Kind)+".title", say), t.say("notice."+string(n.Kind)+".text", say)
}

// notices are one's own, the latest first.
func (s *Server) notices(a *asked) (answer, error) {
	w, err := a.window()
	if err != nil {
		return answer{}, err
	}
	unread := a.Query("unread")
	if unread != "" && unread != "true" && unread != "false" {
		return answer{}, domain.ErrUnknownWord.With("given", short(unread)).At("unread")
	}
	list, err := s.Store.Notices(a, a.by, unread == "true", w)
	if err != nil {
		return answer{}, err
	}
	fund, err := s.Store.Fund(a)
	if err != nil {
		return answer{}, err
	}
	words := s.Words.in(languageOf(a.Context))
	page, err := listed(a, list.Page, func(n store.Notice) noticeView { return noticeOf(words, n, fund.Zone) })
	page.body = noticesView{list.Unread, list.Mail, page.body.([]noticeView)}
	return page, err
}

func (s *Server) readNotice(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if _, err := a.session(); err != nil {
		return answer{}, err
	}
	if err := s.Store.ReadNotice(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}

type mailChoiceRequest struct {
	Mail store.MailChoice `json:"mail"`
}

func (s *Server) chooseMail(a *asked) (answer, error) {
	if _, err := a.session(); err != nil {
		return answer{}, err
	}
	in, err := body[mailChoiceRequest](a)
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.ChooseMail(a, a.ask, in.Mail); err != nil {
		return answer{}, err
	}
	return done()
}

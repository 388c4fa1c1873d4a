package api

import (
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// minutesView is the minutes of a meeting as the caller may read them.
type minutesView struct {
	Meeting          uuid.UUID               `json:"meeting"`
	State            domain.MinutesState     `json:"state"`
	SendBy           *time.Time              `json:"send_by"`
	Late             bool                    `json:"late"`
	CorrectionsUntil *time.Time              `json:"corrections_until"`
	CirculatedAt     *time.Time              `json:"circulated_at"`
	FixedAt          *time.Time              `json:"fixed_at"`
	Hash             string                  `json:"record_sha256,omitempty"`
	Says             *domain.MinutesRecord   `json:"says"`
	Texts            []minutesTextView       `json:"texts"`
	Corrections      []minutesCorrectionView `json:"corrections"`
	Corrigenda       []corrigendumView       `json:"corrigenda"`
	Sent             []sendingView           `json:"sent"`
	May              []string                `json:"may"`
}

// minutesTextView is the last prose of a part in a language, and how often it was written.
type minutesTextView struct {
	Part     string `json:"part"`
	Language string `json:"language"`
	Text     string `json:"text"`
	N        int    `json:"n"`
}

type minutesCorrectionView struct {
	ID           uuid.UUID  `json:"id"`
	N            int        `json:"n"`
	Part         string     `json:"part"`
	Language     string     `json:"language"`
	Text         string     `json:"text"`
	Seat         string     `json:"seat"`
	Organisation string     `json:"organisation"`
	At           time.Time  `json:"at"`
	Taken        *bool      `json:"taken"` // null where nobody has answered
	Reason       string     `json:"reason,omitempty"`
	AnsweredAt   *time.Time `json:"answered_at"`
}

type corrigendumView struct {
	N    int       `json:"n"`
	Part string    `json:"part"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

type sendingView struct {
	At         time.Time       `json:"at"`
	Due        time.Time       `json:"due"`
	Late       bool            `json:"late"`
	By         string          `json:"by"`
	Recipients []recipientView `json:"recipients"`
}

type recipientView struct {
	Name         string      `json:"name"`
	Organisation string      `json:"organisation"`
	Role         domain.Role `json:"role"`
}

func sendingsOf(list []store.Sending) []sendingView {
	out := []sendingView{}
	for _, x := range list {
		v := sendingView{x.At.UTC(), x.Due.UTC(), x.Late(), x.By, []recipientView{}}
		for _, r := range x.Recipients {
			v.Recipients = append(v.Recipients, recipientView{r.Name, r.Organisation, r.Role})
		}
		out = append(out, v)
	}
	return out
}

func (s *Server) minutesView(by domain.Actor, f store.MinutesFile) minutesView {
	v := minutesView{Meeting: f.Meeting.ID, State: f.State(), Late: f.Late, Texts: []minutesTextView{}, Corrections: []minutesCorrectionView{},
		Corrigenda: []corrigendumView{}, Sent: sendingsOf(f.Sent), May: s.may(by, f.May)}
	if !f.SendBy.IsZero() {
		due := f.SendBy.UTC()
		v.SendBy = &due
	}
	if f.State() == domain.MinutesNone {
		return v
	}
	v.Says = &f.Says
	if c := f.Circulated; c != nil {
		at, until := c.At.UTC(), c.Until.UTC()
		v.CirculatedAt, v.CorrectionsUntil = &at, &until
	}
	if x := f.Fixed; x != nil {
		at := x.At.UTC()
		v.FixedAt, v.Hash = &at, hex.EncodeToString(x.Hash)
	}
	last := map[string]int{}
	for _, t := range f.Texts { // oldest first: a later one takes its place
		key := t.Part + " " + t.Language
		x := minutesTextView{t.Part, t.Language, t.Text, t.N}
		if at, there := last[key]; there {
			v.Texts[at] = x
			continue
		}
		last[key] = len(v.Texts)
		v.Texts = append(v.Texts, x)
	}
	for _, c := range f.Corrections {
		x := minutesCorrectionView{ID: c.ID, N: c.N, Part: c.Part, Language: c.Language, Text: c.Text, Seat: c.Seat, Organisation: c.Organisation, At: c.At.UTC()}
		if a := c.Answer; a != nil {
			at := a.At.UTC()
			x.Taken, x.Reason, x.AnsweredAt = &a.Taken, a.Reason, &at
		}
		v.Corrections = append(v.Corrections, x)
	}
	for _, c := range f.Corrigenda {
		v.Corrigenda = append(v.Corrigenda, corrigendumView{c.N, c.Part, c.Text, c.At.UTC()})
	}
	return v
}

// minutes shows the minutes of a meeting, as far as the caller may read them.
func (s *Server) minutes(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(id, nil)
}

// minutesNow answers an act with the minutes as they are after it.
func (s *Server) minutesNow(a *asked) func(uuid.UUID, error) (answer, error) {
	return func(meeting uuid.UUID, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		f, err := s.Store.Minutes(a, a.by, meeting)
		if err != nil {
			return answer{}, err
		}
		return shown(s.minutesView(a.by, f))
	}
}

type minutesRequest struct {
	Language string `json:"language"`
}

// draftMinutes begins the minutes of a meeting that is over.
func (s *Server) draftMinutes(a *asked) (answer, error) {
	id, in, err := onto[minutesRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(s.Store.DraftMinutes(a, a.ask, id, in.Language))
}

type minutesTextRequest struct {
	Part     string `json:"part"`
	Language string `json:"language"`
	Text     string `json:"text"`
	After    int    `json:"after"`
}

// writeMinutes puts prose into a part.
func (s *Server) writeMinutes(a *asked) (answer, error) {
	id, in, err := onto[minutesTextRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(s.Store.WriteMinutes(a, a.ask, id, domain.MinutesProse{Part: in.Part, Language: in.Language, Text: in.Text}, in.After))
}

// circulateMinutes hands the draft to the members.
func (s *Server) circulateMinutes(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(s.Store.CirculateMinutes(a, a.ask, id))
}

type minutesCorrectionRequest struct {
	Part     string `json:"part"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

// correctMinutes puts on record what a member would have otherwise.
func (s *Server) correctMinutes(a *asked) (answer, error) {
	id, in, err := onto[minutesCorrectionRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(s.Store.CorrectMinutes(a, a.ask, id, in.Part, in.Language, in.Text))
}

type correctionAnswerRequest struct {
	Taken  bool   `json:"taken"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

// answerCorrection takes a correction, or does not.
func (s *Server) answerCorrection(a *asked) (answer, error) {
	id, in, err := onto[correctionAnswerRequest](a)
	if err != nil {
		return answer{}, err
	}
	correction, err := a.id("correction")
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(s.Store.AnswerCorrection(a, a.ask, id, correction, in.Taken, in.Reason, in.Text))
}

// fixMinutes makes them what they are for ever.
func (s *Server) fixMinutes(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(s.Store.FixMinutes(a, a.ask, id))
}

type corrigendumRequest struct {
	Part string `json:"part"`
	Text string `json:"text"`
}

// amendMinutes adds a corrigendum to minutes that are fixed.
func (s *Server) amendMinutes(a *asked) (answer, error) {
	id, in, err := onto[corrigendumRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(s.Store.AmendMinutes(a, a.ask, id, in.Part, in.Text))
}

// sendMinutes sends them out to all.
func (s *Server) sendMinutes(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.minutesNow(a)(s.Store.SendMinutes(a, a.ask, id))
}

type recordSendingsView struct {
	Due  time.Time     `json:"due"`
	Late bool          `json:"late"`
	Sent []sendingView `json:"sent"`
	May  []string      `json:"may"`
}

// recordSendings tells when the record of a decision went out to all, and to whom.
func (s *Server) recordSendings(a *asked) (answer, error) {
	list, due, err := s.Store.RecordSendings(a, a.by, a.Param("number"))
	if err != nil {
		return answer{}, err
	}
	now, err := s.Store.Instant(a, a.by)
	if err != nil {
		return answer{}, err
	}
	return shown(recordSendingsView{due.UTC(), len(list) == 0 && !now.Before(due), sendingsOf(list), s.may(a.by, []string{"record.send"})})
}

// sendRecord sends the record of a decision out to all.
func (s *Server) sendRecord(a *asked) (answer, error) {
	if _, err := s.Store.SendRecord(a, a.ask, a.Param("number")); err != nil {
		return answer{}, err
	}
	return s.recordSendings(a)
}

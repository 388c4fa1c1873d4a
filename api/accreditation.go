package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type focalPointView struct {
	ID         uuid.UUID  `json:"id"`
	Person     uuid.UUID  `json:"person"`
	Name       string     `json:"name"`
	Email      string     `json:"email"`
	State      uuid.UUID  `json:"state"`
	Code       string     `json:"code"`
	From       string     `json:"from"`
	Until      *string    `json:"until"`
	Note       string     `json:"note"`
	Reference  string     `json:"reference"`
	Document   string     `json:"document_hash"`
	Replaces   *uuid.UUID `json:"replaces"`
	RecordedBy string     `json:"recorded_by"`
	RecordedAt *time.Time `json:"recorded_at"`
	Scan       *scanView  `json:"scan"`
	Check      *checkView `json:"check"`
}

func focalPointOf(f store.FocalPointRecord) focalPointView {
	m := f.Membership
	v := focalPointView{m.ID, m.Person, f.Name, f.Email, m.Organisation, m.OrganisationCode, m.From.Format(time.DateOnly), lastDay(m.Until), m.Note,
		f.Reference, f.Document, nil, f.RecordedBy, nil, scanOf(f.Scan, f.Scanned), checkOf(f.Check, f.Checker)}
	if f.Replaces != uuid.Nil {
		v.Replaces = &f.Replaces
	}
	if f.RecordedAt != nil {
		at := f.RecordedAt.UTC()
		v.RecordedAt = &at
	}
	return v
}

func (s *Server) focalPoints(a *asked) (answer, error) {
	return whole(focalPointOf)(s.Store.FocalPoints(a, a.by))
}

// stateNoteView is a state's note on which no focal point stands: it waits, or was not
// accepted.
type stateNoteView struct {
	ID        uuid.UUID  `json:"id"`
	State     uuid.UUID  `json:"state"`
	Code      string     `json:"code"`
	StateName string     `json:"state_name"`
	Name      string     `json:"name"`
	Email     string     `json:"email"`
	From      string     `json:"from"`
	Reference string     `json:"reference"`
	Document  string     `json:"document_hash"`
	Replaces  string     `json:"replaces"`
	Scan      *scanView  `json:"scan"`
	By        string     `json:"by"`
	At        time.Time  `json:"at"`
	Check     *checkView `json:"check"`
	May       []string   `json:"may"`
}

func (s *Server) noteOf(a *asked, x store.NoteRecord) stateNoteView {
	return stateNoteView{x.ID, x.State, x.StateCode, x.StateName, x.Named.Name, x.Named.Email, x.From.Format(time.DateOnly), x.Reference, x.DocumentHash, x.Former,
		scanOf(x.Scan, x.Scanned), x.By, x.At.UTC(), checkOf(x.Check, x.Checker), s.may(a.by, x.May)}
}

func (s *Server) accreditationNotes(a *asked) (answer, error) {
	return whole(func(x store.NoteRecord) stateNoteView { return s.noteOf(a, x) })(s.Store.Notes(a, a.by))
}

type accreditationRequest struct {
	State        *string `json:"state"`
	Email        string  `json:"email"`
	Name         string  `json:"name"`
	Language     string  `json:"language"`
	From         string  `json:"from"`
	Reference    string  `json:"reference"`
	DocumentHash string  `json:"document_hash"`
	Replaces     *string `json:"replaces"`
}

// recordNote takes in a state's note on who endorses for it, for another to check.
func (s *Server) recordNote(a *asked) (answer, error) {
	in, err := body[accreditationRequest](a)
	if err != nil {
		return answer{}, err
	}
	var found faults
	x := domain.Accreditation{State: found.organisation(in.State, "/state"), Reference: in.Reference, DocumentHash: in.DocumentHash,
		Replaces: found.organisation(in.Replaces, "/replaces"), Named: domain.Person{Email: in.Email, Name: in.Name, Language: in.Language}}
	if in.From != "" {
		var err error
		x.From, err = dayAt(in.From, "/from")
		found.add(err)
	}
	if err := found.join(); err != nil {
		return answer{}, err
	}
	out, err := s.Store.RecordNote(a, a.ask, x)
	if err != nil {
		return answer{}, err
	}
	return made("/accreditation-notes", s.noteOf(a, out), 0)
}

type noteCheckedView struct {
	stateNoteView
	Token   store.Token `json:"token,omitempty"`
	Expires *time.Time  `json:"expires_at,omitempty"`
}

// checkNote keeps the finding on a state's note; accepted, its focal point endorses.
func (s *Server) checkNote(a *asked) (answer, error) {
	id, in, err := onto[paperCheckRequest](a)
	if err != nil {
		return answer{}, err
	}
	out, err := s.Store.CheckNote(a, a.ask, id, in.Accepted, in.Reason)
	if err != nil {
		return answer{}, err
	}
	v := noteCheckedView{stateNoteView: s.noteOf(a, out.NoteRecord)}
	if i := out.Invited; i != nil && !s.Mailed {
		expires := i.Expires.UTC()
		v.Token, v.Expires = i.Token, &expires
	}
	return shown(v)
}

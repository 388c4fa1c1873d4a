package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

type mouRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	Ref          string    `json:"ref"`
	From         string    `json:"from"`
	Until        string    `json:"until"`
	Document     string    `json:"document"`
}

type mouView struct {
	ID           uuid.UUID `json:"id"`
	Organisation partyView `json:"organisation"`
	Ref          string    `json:"ref"`
	From         string    `json:"from"`
	Until        string    `json:"until,omitempty"`
}

func viewMOU(m domain.MOU) mouView {
	v := mouView{m.ID, partyView{m.Organisation, m.OrganisationCode}, m.Ref, m.From.Format(time.DateOnly), ""}
	if m.Until != nil {
		v.Until = m.Until.Format(time.DateOnly)
	}
	return v
}

// recordMOU keeps the memorandum that lets an organisation receive money.
func (s *Server) recordMOU(a *asked) (answer, error) {
	in, err := body[mouRequest](a)
	if err != nil {
		return answer{}, err
	}
	m := domain.MOU{ID: uuid.New(), Organisation: in.Organisation, Ref: in.Ref}
	if m.From, err = dayAt(in.From, "/from"); err != nil {
		return answer{}, err
	}
	if in.Until != "" {
		until, err := dayAt(in.Until, "/until")
		if err != nil {
			return answer{}, err
		}
		m.Until = &until
	}
	if m, err = s.Store.RecordMOU(a, a.ask, m, in.Document); err != nil {
		return answer{}, err
	}
	return made("/mous", viewMOU(m), 0)
}

func (s *Server) mous(a *asked) (answer, error) {
	return whole(viewMOU)(s.Store.MOUs(a, a.by))
}

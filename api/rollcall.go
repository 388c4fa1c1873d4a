package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// noAnswerView is that a seat was called in a vote and did not answer.
type noAnswerView struct {
	Seat uuid.UUID `json:"seat"`
	Text int       `json:"text_version"`
	At   time.Time `json:"at"`
}

func noAnswersOf(list []domain.NoAnswer) []noAnswerView {
	var views []noAnswerView
	for _, x := range list {
		views = append(views, noAnswerView{x.Seat, x.Text, x.At.UTC()})
	}
	return views
}

type rollCallRequest struct {
	Seats []uuid.UUID `json:"seats"`
}

// noteNoAnswer keeps that seats in the room were called and did not answer.
func (s *Server) noteNoAnswer(a *asked) (answer, error) {
	id, in, err := onto[rollCallRequest](a)
	if err != nil {
		return answer{}, err
	}
	i, err := s.Store.NoteNoAnswer(a, a.ask, id, in.Seats)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), s.itemView(a.by, i), 0)
}

package api

import (
	"time"

	"startupfund/domain"
)

// taskView is what waits on the hat that is worn.
type taskView struct {
	Kind     string     `json:"kind"`
	Act      string     `json:"act"`
	Subject  string     `json:"subject"`
	ID       string     `json:"id"`
	Ref      string     `json:"ref"`
	Title    string     `json:"title,omitempty"`
	Language string     `json:"lang,omitempty"`
	Due      *time.Time `json:"due,omitempty"`
	Since    time.Time  `json:"since"`
	Path     string     `json:"path"`
}

type tasksView struct {
	Tasks []taskView `json:"tasks"`
}

// places are where the pages have what waits.
var places = map[string]string{"proposal": "/proposals/", "question": "/questions/", "meeting": "/meetings/",
	"transfer-request": "/transfers/", "programme": "/programmes/", "bank-statement": "/statements/"}

// tasks are those whose act policy lets the hat do too.
func (s *Server) tasks(a *asked) (answer, error) {
	if _, err := a.session(); err != nil {
		return answer{}, err
	}
	list, err := s.Store.Tasks(a, a.by)
	if err != nil {
		return answer{}, err
	}
	view := tasksView{Tasks: []taskView{}}
	for _, t := range list {
		if len(s.may(a.by, []string{t.Act})) > 0 {
			view.Tasks = append(view.Tasks, taskOf(t))
		}
	}
	return shown(view)
}

func taskOf(t domain.Task) taskView {
	v := taskView{t.Kind, t.Act, t.Subject, t.ID, t.Ref, t.Title, t.Language, nil, t.Since.UTC(), places[t.Subject] + t.ID}
	if t.Due != nil {
		due := t.Due.UTC()
		v.Due = &due
	}
	return v
}

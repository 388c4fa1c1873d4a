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
	What     string     `json:"what,omitempty"` // in the reader's language, of a kind for which the pages bring no words ahead
}

type tasksView struct {
	Tasks []taskView `json:"tasks"`
}

// places are where the pages have what waits.
var places = map[string]string{"call": "/calls/", "proposal": "/proposals/", "question": "/questions/", "meeting": "/meetings/",
	"transfer-request": "/transfers/", "programme": "/programmes/", "bank-statement": "/statements/", "report": "/programmes/",
	"clarification": "/proposals/", "advice": "/advice/", "point": "/proposals/", "decision": "/decisions/", "yearly-review": "/reviews/"}

// desks are the pages made for a task, where its subject's own page is another.
var desks = map[string]string{"proposal.screen": "/screening/", "appeal.decide": "/screening/", "proposal.score": "/assessments/", domain.ScoreAgain: "/assessments/", "transfer.sign": "/signatures/",
	"transfer.request": "/office/programmes/", "call.answer": "/office/calls/", "clarification.pass": "/screening/",
	"paper.check": "/papers#", "accreditation.check": "/papers#"}

func placeOf(t domain.Task) string {
	switch t.Subject {
	case "minutes":
		return "/meetings/" + t.ID + "/minutes"
	case "expenditure":
		return "/programmes/" + t.ID + "/expenditures"
	}
	if desk, ok := desks[t.Kind]; ok {
		return desk + t.ID
	}
	return places[t.Subject] + t.ID
}

// tasks are those whose act policy lets the hat do too.
func (s *Server) tasks(a *asked) (answer, error) {
	if _, err := a.session(); err != nil {
		return answer{}, err
	}
	list, err := s.Store.Tasks(a, a.by)
	if err != nil {
		return answer{}, err
	}
	view, words := tasksView{Tasks: []taskView{}}, s.Words.in(languageOf(a.Context))
	for _, t := range list {
		if len(s.may(a.by, []string{t.Act})) > 0 {
			v := taskOf(t)
			v.What = words.say("task."+t.Kind, map[string]any{"ref": t.Ref})
			view.Tasks = append(view.Tasks, v)
		}
	}
	return shown(view)
}

func taskOf(t domain.Task) taskView {
	v := taskView{t.Kind, t.Act, t.Subject, t.ID, t.Ref, t.Title, t.Language, nil, t.Since.UTC(), placeOf(t), ""}
	if t.Due != nil {
		due := t.Due.UTC()
		v.Due = &due
	}
	return v
}

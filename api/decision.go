package api

import (
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
)

type decisionView struct {
	Number         string        `json:"number"`
	Kind           string        `json:"kind"`
	Procedure      string        `json:"procedure"`
	Title          string        `json:"title"`
	Text           string        `json:"text"`
	Language       string        `json:"language"`
	Proposal       string        `json:"proposal,omitempty"`
	Programme      string        `json:"programme,omitempty"`
	Amount         *ledger.Money `json:"amount,omitempty"`
	CharterVersion int           `json:"charter_version"`
	AdoptedAt      time.Time     `json:"adopted_at"`
	RecordHash     string        `json:"record_sha256"`
}

type decisionFileView struct {
	decisionView
	Shares     []grantShareView     `json:"shares,omitempty"`
	Draws      []drawView           `json:"draws,omitempty"`
	Conditions []conditionTermsView `json:"conditions,omitempty"`
	Drift      []driftView          `json:"drift,omitempty"`
	Record     string               `json:"record"`
	Complete   bool                 `json:"complete"`
	Referendum *referendumView      `json:"referendum,omitempty"`
}

type drawView struct {
	Earmark      string       `json:"earmark"`
	Organisation string       `json:"organisation"`
	Amount       ledger.Money `json:"amount"`
}

func decisionOf(f store.DecisionFile) decisionView {
	v := decisionView{Number: f.Number, Kind: string(f.Kind), Procedure: string(f.Procedure), Title: f.Title, Text: f.Text, Language: f.Language,
		Proposal: f.Proposal, Programme: f.Programme, CharterVersion: f.CharterVersion, AdoptedAt: f.AdoptedAt, RecordHash: hex.EncodeToString(f.RecordHash)}
	if f.Amount.Currency != "" {
		v.Amount = &f.Amount
	}
	return v
}

// decisionFields narrow the list of decisions.
var decisionFields = narrowed{fields: []string{"kind", "procedure"}}

// decisions lists what the body adopted, the newest first.
func (s *Server) decisions(a *asked) (answer, error) {
	f, err := a.listAsk(decisionFields)
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.DecisionList(a, a.by, f)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, decisionOf)
}

// decision shows one with its record: whole to those who may read positions,
// else without who said what.
func (s *Server) decision(a *asked) (answer, error) {
	f, err := s.Store.Decision(a, a.by, a.Param("number"))
	if err != nil {
		return answer{}, err
	}
	v := decisionFileView{decisionView: decisionOf(f), Shares: sharesOf(f.Shares), Conditions: termsOf(f.Conditions)}
	for _, d := range f.Draws {
		v.Draws = append(v.Draws, drawView{d.Earmark, d.Organisation, d.Amount})
	}
	if x := f.Item.Change; x != nil {
		v.Drift = driftOf(x.Drift, x.Programme.Codes)
	}
	record := f.Record
	if v.Complete = f.Item.ReadsRecord(a.by); !v.Complete {
		if record, err = domain.Abridged(f.Record); err != nil {
			return answer{}, err
		}
	}
	if _, hidden := f.Item.Hidden(a.by); !hidden {
		v.Referendum = referendumOf(a.by, f.Item)
	}
	v.Record = string(record)
	return shown(v)
}

type announcementRequest struct {
	Casting string `json:"casting"`
}

type announcementView struct {
	Question  uuid.UUID `json:"question"`
	State     string    `json:"state"`
	Number    string    `json:"number,omitempty"`
	Programme string    `json:"programme,omitempty"`
}

// announce closes a question with what the count comes to.
func (s *Server) announce(a *asked) (answer, error) {
	id, in, err := onto[announcementRequest](a)
	if err != nil {
		return answer{}, err
	}
	n, err := s.Store.Announce(a, a.ask, id, in.Casting)
	if err != nil {
		return answer{}, err
	}
	v := announcementView{n.Question, string(n.State), n.Number, n.Programme}
	if n.Number == "" {
		return shown(v)
	}
	return made("/decisions/"+n.Number, v, 0)
}

package api

import (
	"encoding/json"
	"time"

	"startupfund/domain/charter"
	"startupfund/store"
)

// madeLine is a version of the rules that a decision made or took back, as its public page
// shows it.
type madeLine struct {
	Version, Beside int // Beside is the version that it is compared with: before it, or instead of it
	From            time.Time
	Back            bool
}

// rulesMade are the versions of the rules that a decision made, and took back, in the order
// of their days; none of a decision about anything else.
func (s *Server) rulesMade(a *asked, f store.DecisionFile) ([]madeLine, error) {
	if f.Kind != charter.Amendment {
		return nil, nil
	}
	all, err := s.Store.CharterEditions(a, a.by)
	if err != nil {
		return nil, err
	}
	var record struct {
		Amends struct {
			Follows int `json:"follows"`
			Instead int `json:"instead"`
		} `json:"amends"`
	}
	if err := json.Unmarshal(f.Record, &record); err != nil {
		return nil, err
	}
	var lines []madeLine
	for _, e := range all {
		if e.Decision == f.Number {
			lines = append(lines, madeLine{e.Version, record.Amends.Follows, e.EffectiveFrom, false})
		}
		if e.TakenBack == f.Number {
			lines = append(lines, madeLine{e.Version, record.Amends.Instead, e.EffectiveFrom, true})
		}
	}
	return lines, nil
}

package form

import (
	"strings"

	"github.com/goccy/go-yaml"

	"startupfund/domain/charter"
)

// Reference is one entry of a list that forms choose from.
type Reference struct {
	Code  string        `json:"code"`
	Label charter.Names `json:"label"` // in six languages, or English alone where the source has no more
}

// References are the lists by name. Their source stands at their head in sdg.yaml.
var References = references()

// Goal is the goal that a target of the 2030 Agenda belongs to: of 10.7, 10.
func Goal(target string) string {
	goal, _, _ := strings.Cut(target, ".")
	return goal
}

func references() map[string][]Reference {
	document, err := documents.ReadFile("sdg.yaml")
	if err != nil {
		panic(err)
	}
	var read struct {
		Format int
		Goals  []struct {
			Code  string
			Title charter.Names
		}
		Targets []struct{ Code, Text string }
	}
	if err := yaml.UnmarshalWithOptions(document, &read, yaml.Strict()); err != nil {
		panic("form: sdg.yaml: " + err.Error())
	}
	lists := map[string][]Reference{}
	for _, g := range read.Goals {
		lists["sdg-goals"] = append(lists["sdg-goals"], Reference{g.Code, g.Title})
	}
	for _, t := range read.Targets {
		lists["sdg-targets"] = append(lists["sdg-targets"], Reference{t.Code, charter.Names{"en": t.Text}})
	}
	return lists
}

package api

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"startupfund/domain/problem"
)

var errParameter = problem.New(problem.Invalid, "unknown-parameter")

// parameters are the names that each route takes in its query, in order, by "GET /proposals/:id". The
// contract is the one place where they are written.
var parameters = sync.OnceValue(func() map[string][]string {
	type parameter struct {
		Ref  string `yaml:"$ref"`
		Name string `yaml:"name"`
		In   string `yaml:"in"`
	}
	var contract struct {
		Paths map[string]map[string]struct {
			Parameters []parameter `yaml:"parameters"`
		} `yaml:"paths"`
		Components struct {
			Parameters map[string]parameter `yaml:"parameters"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(openAPI, &contract); err != nil {
		panic(err) // the contract is part of the program
	}
	placeholder := regexp.MustCompile(`\{([a-z_]+)\}`)
	taken := map[string][]string{}
	for path, methods := range contract.Paths {
		for method, operation := range methods {
			var names []string
			for _, p := range operation.Parameters {
				if p.Ref != "" {
					p = contract.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]
				}
				if p.In == "query" {
					names = append(names, p.Name)
				}
			}
			slices.Sort(names)
			taken[strings.ToUpper(method)+" "+placeholder.ReplaceAllString(path, ":$1")] = names
		}
	}
	return taken
})

// knownOnly refuses a query that asks by names which are not among those taken: a
// misspelt one would list, count or export what nobody asked for. Public pages take
// any, since those who link to them add their own.
func knownOnly(asked url.Values, taken []string) error {
	var unknown []problem.Problem
	for name := range asked {
		if !slices.Contains(taken, name) {
			unknown = append(unknown, errParameter.With("parameter", short(name), "taken", strings.Join(taken, ", ")).At(pointer(name)))
		}
	}
	slices.SortFunc(unknown, func(p, q problem.Problem) int { return strings.Compare(p.Field, q.Field) })
	return problem.Join(unknown)
}

// pointer is the JSON Pointer of a member of that name, from where it stands.
func pointer(name string) string {
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

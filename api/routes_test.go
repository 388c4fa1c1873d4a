package api

import (
	"regexp"
	"slices"
	"testing"

	"startupfund/domain/problem"
	"startupfund/policy"
)

// The table of routes and the table of permissions speak of the same acts: a
// misspelt act would lock everybody out, and a rule for no route is a dead rule.
func TestRoutesAndPolicyAgree(t *testing.T) {
	p, err := policy.New()
	must(t, err)
	var routed []string
	for _, r := range (&Server{}).routes() {
		routed = append(routed, r.act)
	}
	slices.Sort(routed)
	if ruled, routed := p.Acts(), slices.Compact(routed); !slices.Equal(ruled, routed) {
		for _, a := range ruled {
			if !slices.Contains(routed, a) {
				t.Errorf("policy.csv rules %s, which no route asks for", a)
			}
		}
		for _, a := range routed {
			if !slices.Contains(ruled, a) {
				t.Errorf("routes.go asks for %s, which nobody may", a)
			}
		}
	}
}

// Every route is in the contract, and every path of the contract is a route; a
// route that wants a key says so there.
func TestRoutesAndContractAgree(t *testing.T) {
	doc, _ := contract(t)
	promised := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			wantsKey := false
			for _, p := range op.Parameters {
				wantsKey = wantsKey || p.Value.Name == "Idempotency-Key" && p.Value.Required
			}
			promised[method+" "+path] = wantsKey
		}
	}
	parameter := regexp.MustCompile(`:([a-z_]+)`)
	for _, r := range (&Server{}).routes() {
		name := r.method + " " + parameter.ReplaceAllString(r.path, "{$1}")
		wantsKey, ok := promised[name]
		switch {
		case !ok:
			t.Errorf("%s is not in the contract", name)
		case wantsKey != bool(r.key):
			t.Errorf("%s: the route and the contract differ on the Idempotency-Key", name)
		}
		delete(promised, name)
	}
	for name := range promised {
		t.Errorf("the contract promises %s, which is no route", name)
	}
}

// Every refusal has its title in all six languages, and a detail where it has
// particulars to tell.
func TestEveryRefusalHasItsSentenceInSixLanguages(t *testing.T) {
	words, err := LoadWords()
	must(t, err)
	for _, p := range problem.All() {
		for _, lang := range languages {
			if title := words.in(lang).say("problem."+p.Code+".title", nil); title == "" || lang != "en" && title == words.in("en").say("problem."+p.Code+".title", nil) {
				t.Errorf("%s has no title in %s", p.Code, lang)
			}
		}
	}
}

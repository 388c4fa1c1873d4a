package api

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"startupfund/domain"
	"startupfund/domain/problem"
)

var update = flag.Bool("update", false, "write docs/problems.md and golden files anew")

// docs/problems.md lists every refusal that the program knows, from the very words
// that it answers with.
func TestTheListOfRefusalsIsFresh(t *testing.T) {
	sentences := english(t)
	var b strings.Builder
	b.WriteString("# Refusals\n\nWritten by `go test ./api -run ListOfRefusals -update`; do not edit. A refusal is `application/problem+json`\n" +
		"(RFC 9457). Its `code` never changes; title and detail come in the reader's language, `field` is a JSON Pointer\n" +
		"into the request, and `errors` lists each of several. What stands in {{braces}} is filled in.\n\n" +
		"| code | status | the rule | how it was broken |\n|---|---|---|---|\n")
	for _, p := range problem.All() {
		status := statusOf[p.Kind]
		switch {
		case p.Is(errMethod):
			status = 405
		case p.Is(domain.ErrFault):
			status = 500
		}
		fmt.Fprintf(&b, "| `%s` | %d | %s | %s |\n", p.Code, status, cell(sentences["problem."+p.Code+".title"]), cell(sentences["problem."+p.Code+".detail"]))
	}
	const file = "../docs/problems.md"
	if *update {
		must(t, os.WriteFile(file, []byte(b.String()), 0o644))
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != b.String() {
		t.Errorf("docs/problems.md is stale: go test ./api -run ListOfRefusals -update (%v)", err)
	}
}

// english are the sentences of api/words as they are written.
func english(t *testing.T) map[string]string {
	all := map[string]string{}
	files, err := wordFiles.ReadDir("words")
	must(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".en.yaml") {
			continue
		}
		text, err := wordFiles.ReadFile("words/" + f.Name())
		must(t, err)
		var some map[string]any
		must(t, yaml.Unmarshal(text, &some))
		for id, s := range some {
			all[id] = fmt.Sprint(s)
		}
	}
	return all
}

func cell(s string) string { return strings.NewReplacer("|", "\\|", "\n", " ").Replace(s) }

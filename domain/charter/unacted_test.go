package charter

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the pages call not acted on is a rule of the charter, and no code reads it. The
// name of its field is looked for in every floor above: who begins to read it takes it
// off the list.
func TestWhatIsNotActedOn(t *testing.T) {
	known := map[string]bool{}
	for _, l := range MustDefault().Rules() {
		known[l.Path] = true
	}
	text := source(t)
	for _, path := range unacted {
		is := 0
		for rule := range known {
			if !Acted(rule) && like(strings.Split(path, "/"), strings.Split(rule, "/")) {
				is++
			}
		}
		if is == 0 {
			t.Errorf("%s is no rule", path)
		}
		field := ""
		for _, word := range strings.Split(path[strings.LastIndexByte(path, '/')+1:], "_") {
			field += strings.ToUpper(word[:1]) + word[1:]
		}
		if found := regexp.MustCompile(`\.` + field + `\.Value`).FindString(text); found != "" {
			t.Errorf("%s is acted on: %s", path, found)
		}
	}
	for _, path := range []string{"/body/quorum/share", "/interests/emptied", "/agent/fee_rate"} {
		if !known[path] || !Acted(path) {
			t.Errorf("%s is acted on", path)
		}
	}
}

// source is the program's own code, without its tests and without this package.
func source(t *testing.T) string {
	var all strings.Builder
	for _, floor := range []string{"domain", "store", "policy", "exchange", "api", "cmd"} {
		err := filepath.WalkDir(filepath.Join("..", "..", floor), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(filepath.ToSlash(path), "domain/charter/") {
				return err
			}
			text, err := os.ReadFile(path)
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

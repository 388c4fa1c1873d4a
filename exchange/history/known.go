package history

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"startupfund/domain"
)

//go:embed data/*.csv
var data embed.FS

// Fund is a real fund whose history the project keeps.
type Fund struct {
	Code   string // of UN Pooled Funds, "MPTF00064"
	Name   string // as its one joint programme is titled
	Source string // where the figures were published
	Rows   []domain.HistoryRow
}

// Known are the real histories kept, by code. Callers share the rows: they are to
// be read only.
func Known() []Fund { return known() }

var known = sync.OnceValue(func() []Fund {
	entries, err := data.ReadDir("data")
	if err != nil {
		panic(err)
	}
	funds := make([]Fund, 0, len(entries))
	for _, e := range entries {
		text, err := data.ReadFile("data/" + e.Name())
		if err != nil {
			panic(err)
		}
		fund, err := readKept(string(text))
		if err != nil {
			panic(fmt.Sprintf("history: %s: %v", e.Name(), err)) // a test reads them all
		}
		funds = append(funds, fund)
	}
	return funds
})

// readKept reads the form the project keeps a history in: what is published, under
// lines of "# name: value". Lines are counted without those, as in a file that is
// imported, so that both give the same vouchers.
func readKept(text string) (Fund, error) {
	said := map[string]string{}
	for strings.HasPrefix(text, "#") {
		note, rest, _ := strings.Cut(text, "\n")
		name, value, _ := strings.Cut(strings.TrimPrefix(note, "# "), ": ")
		said[name], text = value, rest
	}
	rows, err := Read(strings.NewReader(text))
	return Fund{said["fund"], said["name"], said["source"], rows}, err
}

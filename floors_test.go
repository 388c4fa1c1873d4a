// Package startupfund holds the law of the house: who may import whom.
package startupfund

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "startupfund/"

// room says which rooms of the house lie below this one, so that its code may
// enter them, and which guests from outside it alone receives.
type room struct{ below, hosts []string }

var (
	rules  = []string{"domain/charter", "domain/form", "domain/ledger", "domain/problem"}
	reader = room{below: append([]string{"domain", "exchange/intake"}, rules...)} // of somebody else's format
)

var house = map[string]room{
	".":              {}, // this test
	"domain/problem": {},
	"domain/ledger":  {below: []string{"domain/problem"}},
	"domain/charter": {below: []string{"domain/ledger", "domain/problem"}},
	"domain":         {below: rules},
	// A decision counted again from its file alone: it knows nothing of what counted it first.
	"domain/replay": {},
	// What a file is, by its bytes alone: nobody's rule, so it knows no domain.
	"exchange/filetype": {},
	// Forms are documents, as the charter is; their answers are held to a JSON Schema by one library.
	"domain/form": {below: []string{"domain/charter", "domain/ledger", "domain/problem"}, hosts: []string{"github.com/santhosh-tekuri/"}},
	"migrations":  {hosts: []string{"database/sql"}},
	"policy":      {below: []string{"domain"}, hosts: []string{"github.com/casbin/"}},
	// What readers of other people's files share: nobody's rule.
	"exchange/intake": {},
	// The cells of anybody's workbook, within bounds: nobody's rule. What reads workbooks reads them through it.
	"exchange/xlsx": {},
	// A budget as spreadsheets have it; one library writes their files.
	"exchange/budget": {below: append([]string{"exchange/xlsx"}, reader.below...), hosts: []string{"github.com/xuri/"}},
	// Files that people open and print: headings, facts and tables of whatever they are told.
	"exchange/document": {},
	"exchange/camt053":  reader,
	// MT940 says what it read in the words of camt.053, so that import knows one kind of statement.
	"exchange/mt940": {below: append([]string{"exchange/camt053"}, reader.below...)},
	// Tables of banks' own, by a mapping that is data; in the words of camt.053 as well.
	"exchange/bankcsv": {below: append([]string{"exchange/camt053"}, reader.below...)},
	// The UN's rates of exchange, as text.
	"exchange/unore": reader,
	// Dates as people's calendars read them; one library folds and escapes.
	"exchange/ical": {hosts: []string{"github.com/arran4/"}},
	// Lists as they leave, row by row; the library reads them back in the tests alone.
	"exchange/sheet":   {below: reader.below, hosts: []string{"github.com/xuri/"}},
	"exchange/history": reader,
	"exchange/journal": reader,
	// Letters as RFC 5322 and SMTP have them: composed and sent by one library.
	"exchange/mail":          {hosts: []string{"github.com/wneessen/"}},
	"exchange/mail/mailtest": {},                                // a real SMTP server for tests
	"store/pg":               {hosts: []string{"database/sql"}}, // the fund's own PostgreSQL: starts it, keeps nothing in it
	// Bytes under their hash, in a folder or a bucket: apart from the rows that name
	// them, since it is the one place where another storage is put in by a setting.
	"store/blob": {hosts: []string{"github.com/minio/"}},
	// The key with which the fund signs, a file: apart from the rows, and the one place that reads it.
	"store/seal": {},
	// The store asks a file's type itself: no row says that bytes came before they are known.
	"store": {below: append([]string{"domain", "domain/replay", "exchange/filetype", "migrations", "store/blob", "store/seal"}, rules...), hosts: []string{"gorm.io/", "database/sql",
		"github.com/riverqueue/"}}, // jobs are rows of the same database, written in the act
	"store/storetest": {below: []string{"store", "store/blob", "store/pg", "store/seal"}, hosts: []string{"gorm.io/"}},
	"frontend":        {},
	"api": {below: append([]string{"domain", "exchange/budget", "exchange/camt053", "exchange/document", "exchange/filetype", "exchange/ical", "exchange/mail", "exchange/mt940", "exchange/sheet", "exchange/unore", "frontend", "policy", "store"}, rules...),
		hosts: []string{"github.com/gin-gonic/", "net/http"}},
	"cmd/fund/example": {below: append([]string{"domain", "exchange/camt053", "exchange/history", "store"}, rules...)},
	// A bench is the whole program on ground of its own, asked over HTTP.
	"cmd/fund/bench": {below: append([]string{"api", "domain", "policy", "store", "store/pg", "store/seal"}, rules...), hosts: []string{"net/http"}},
	"cmd/fund": {below: append([]string{"api", "cmd/fund/bench", "cmd/fund/example", "domain", "domain/replay", "exchange/camt053", "exchange/history", "exchange/journal", "exchange/mail", "policy", "store", "store/blob", "store/pg", "store/seal"}, rules...),
		hosts: []string{"net/http"}},
}

// guests are those that only some rooms receive.
var guests = []string{"database/sql", "net/http", "gorm.io/", "github.com/gin-gonic/", "github.com/casbin/",
	"github.com/riverqueue/", "github.com/santhosh-tekuri/", "github.com/wneessen/", "github.com/minio/", "github.com/xuri/", "github.com/arran4/"}

func TestEveryRoomEntersOnlyThoseBelowIt(t *testing.T) {
	everyFile(t, func(file string) {
		here, known := house[path.Dir(file)]
		if !known {
			t.Errorf("%s lies in a room that the house does not know", file)
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, im := range f.Imports {
			p := strings.Trim(im.Path.Value, `"`)
			if r, inside := strings.CutPrefix(p, module); inside && !slices.Contains(here.below, r) {
				t.Errorf("%s enters %s, which is not below it", file, r)
			}
			for _, g := range guests {
				if strings.HasPrefix(p, g) && !slices.Contains(here.hosts, g) {
					t.Errorf("%s receives %s, which another room receives", file, p)
				}
			}
		}
	})
}

// No float comes near money: there is none on the floors that handle it.
func TestNoFloats(t *testing.T) {
	everyFile(t, func(file string) {
		switch top, _, _ := strings.Cut(file, "/"); top {
		case "domain", "store", "exchange", "api":
		default:
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range f.Unresolved {
			if name.Name == "float32" || name.Name == "float64" {
				t.Errorf("%s uses %s", file, name.Name)
			}
		}
	})
}

func everyFile(t *testing.T, do func(file string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == ".fund") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
			do(filepath.ToSlash(file))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

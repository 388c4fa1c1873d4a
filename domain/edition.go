package domain

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// PipelineLine is an entry as it is published: by the names of its day.
type PipelineLine struct {
	Ref           string         `json:"ref"`
	Proposal      string         `json:"proposal"` // its ref; "" without one
	Title         string         `json:"title"`
	Purpose       string         `json:"purpose"`
	Language      string         `json:"language"`
	Scope         charter.Scope  `json:"scope"`
	Region        string         `json:"region"`
	States        []PipelineName `json:"states"`
	Area          string         `json:"area"`
	Objectives    []int          `json:"objectives"`
	Organisations []PipelineName `json:"organisations"`
	Budget        *ledger.Money  `json:"budget"`
	Months        int            `json:"months"`
	SDG           []string       `json:"sdg"`
	Partners      []string       `json:"partners"`
	Stage         Ripeness       `json:"stage"`
	EnteredOn     string         `json:"entered_on"` // YYYY-MM-DD, as every day here
	EnteredBy     string         `json:"entered_by"` // number of the decision
}

// PipelineName is an organisation by its code and official name.
type PipelineName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// PipelineGone is an entry that left.
type PipelineGone struct {
	Ref      string  `json:"ref"`
	Title    string  `json:"title"`
	Language string  `json:"language"`
	On       string  `json:"left_on"`
	By       string  `json:"left_by"`
	Why      Leaving `json:"reason"`
}

// Edition is the pipeline as it was published on a day. It never changes.
type Edition struct {
	N           int
	PublishedOn string // YYYY-MM-DD in the fund's time zone
	Content     []byte // canonical JSON: these very bytes were hashed
	Hash        []byte // SHA-256
	Person      uuid.UUID
	At          time.Time
	Says        EditionContent
}

// EditionContent is what an edition says.
type EditionContent struct {
	Format      int            `json:"format"`
	Edition     int            `json:"edition"`
	PublishedOn string         `json:"published_on"`
	Charter     int            `json:"charter_version"` // whose areas and objectives its keys are
	Foreword    string         `json:"foreword"`
	Language    string         `json:"language"` // of the foreword
	Entries     []PipelineLine `json:"entries"`
	Left        []PipelineGone `json:"left"` // since the edition before
}

// EditionFormat is the shape of an edition's content. Another takes the next number.
const EditionFormat = 1

// longestForeword bounds an edition's foreword, in characters.
const longestForeword = 10_000

// Publish freezes the list of today as the nth edition. Left are the entries that
// left since the edition before.
func Publish(by Actor, n int, today string, c charter.Charter, foreword, language string, list []PipelineLine, left []PipelineGone, at time.Time) (Edition, error) {
	if by.Hat.Role != Secretariat {
		return Edition{}, ErrForbidden
	}
	wrong := append(bounded(foreword, "/foreword", longestForeword), spoken(language, "/language")...)
	if err := problem.Join(wrong); err != nil {
		return Edition{}, err
	}
	says := EditionContent{EditionFormat, n, today, c.Version, foreword, language, append([]PipelineLine{}, list...), append([]PipelineGone{}, left...)}
	written, err := json.Marshal(says)
	if err != nil {
		return Edition{}, fmt.Errorf("edition %d: %w", n, err)
	}
	var tree map[string]any
	if err := json.Unmarshal(written, &tree); err != nil {
		return Edition{}, fmt.Errorf("edition %d: %w", n, err)
	}
	content := canonical(tree)
	sum := sha256.Sum256(content)
	return Edition{N: n, PublishedOn: today, Content: content, Hash: sum[:], Person: by.Person, At: at, Says: says}, nil
}

// Reads takes an edition's content out of the bytes that were kept.
func (e *Edition) Reads() error {
	if err := json.Unmarshal(e.Content, &e.Says); err != nil {
		return fmt.Errorf("edition %d: %w", e.N, err)
	}
	return nil
}

// PipelineChange is what differs of one entry between two lists.
type PipelineChange struct {
	Ref, Title, Language string
	Fields               []FieldChange
}

// FieldChange is a field's two values, as texts.
type FieldChange struct{ Field, Was, Is string }

// PipelineDifference is how a later list differs from an earlier one.
type PipelineDifference struct {
	Added   []PipelineLine
	Left    []PipelineGone // those of the earlier list that the later has not
	Changed []PipelineChange
}

// Since compares a list with an earlier one. Gone has the entries that left, by ref.
func Since(earlier, later []PipelineLine, gone map[string]PipelineGone) (d PipelineDifference) {
	was := map[string]PipelineLine{}
	for _, l := range earlier {
		was[l.Ref] = l
	}
	for _, l := range later {
		before, there := was[l.Ref]
		delete(was, l.Ref)
		if !there {
			d.Added = append(d.Added, l)
			continue
		}
		if fields := l.since(before); len(fields) > 0 {
			d.Changed = append(d.Changed, PipelineChange{l.Ref, l.Title, l.Language, fields})
		}
	}
	for ref, l := range was {
		g, known := gone[ref]
		if !known {
			g = PipelineGone{Ref: ref, Title: l.Title, Language: l.Language}
		}
		d.Left = append(d.Left, g)
	}
	slices.SortFunc(d.Left, func(a, b PipelineGone) int { return cmp.Compare(a.Ref, b.Ref) })
	return d
}

// since lists the fields of an entry that differ from an earlier reading of it.
func (l PipelineLine) since(was PipelineLine) (fields []FieldChange) {
	add := func(field, a, b string) {
		if a != b {
			fields = append(fields, FieldChange{field, a, b})
		}
	}
	amount := func(m *ledger.Money) string {
		if m == nil {
			return ""
		}
		return m.Text()
	}
	add("title", was.Title, l.Title)
	add("purpose", was.Purpose, l.Purpose)
	add("scope", string(was.Scope), string(l.Scope))
	add("region", was.Region, l.Region)
	add("states", codes(was.States), codes(l.States))
	add("area", was.Area, l.Area)
	add("objectives", joined(was.Objectives), joined(l.Objectives))
	add("organisations", codes(was.Organisations), codes(l.Organisations))
	add("budget", amount(was.Budget), amount(l.Budget))
	add("months", joined([]int{was.Months}), joined([]int{l.Months}))
	add("sdg", joined(was.SDG), joined(l.SDG))
	add("partners", joined(was.Partners), joined(l.Partners))
	add("stage", string(was.Stage), string(l.Stage))
	return fields
}

func joined[T any](list []T) (text string) {
	for i, x := range list {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprint(x)
	}
	return text
}

func codes(names []PipelineName) string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = n.Code
	}
	return joined(list)
}

// record is what a decision's record says of the move.
func (m *PipelineMove) record() map[string]any {
	r := map[string]any{"move": m.Move}
	switch {
	case m.Move == Remove:
		r["entry"], r["reason"] = m.Standing.Ref, m.Reason
	case m.Facts != nil:
		f := m.Facts
		facts := map[string]any{"title": f.Title, "purpose": f.Purpose, "language": f.Language, "scope": f.Scope, "region": f.Region, "states": idTexts(f.States),
			"area": f.Area, "objectives": append([]int{}, f.Objectives...), "organisations": idTexts(f.Organisations), "months": f.Months,
			"partners": append([]string{}, f.Partners...), "stage": f.Ripeness}
		if f.Budget != nil {
			facts["budget"] = *f.Budget
		}
		r["facts"] = facts
	}
	return r
}

func idTexts(ids []uuid.UUID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = id.String()
	}
	return list
}

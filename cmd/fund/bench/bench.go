// Package bench measures the fund on the machine that it runs on: each bench loads
// a database of its own, never the fund's, and prints figures beside the floor that
// was measured in the same run. Machines are shared and noisy, so that nothing here
// is a test: ratios and counts are what is kept.
package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Figure is one thing measured. Floor is the same statements run through pgx one by
// one in the same run, where there is such a thing; Ratio is floor by value where
// less is better, value by floor where more is.
type Figure struct {
	Name   string   `json:"name"`
	Value  float64  `json:"value"`
	Unit   string   `json:"unit"`
	Floor  *float64 `json:"floor,omitempty"`
	Ratio  *float64 `json:"ratio,omitempty"`
	Target string   `json:"target,omitempty"` // as design or an issue says it
	Holds  *bool    `json:"holds,omitempty"`  // nil where there is no target
}

// Report is what one bench has to say.
type Report struct {
	Bench   string   `json:"bench"`
	At      string   `json:"at"`
	Loaded  []string `json:"loaded"` // what the database held, a line each
	Machine string   `json:"machine"`
	Load    string   `json:"load"` // of the machine, before and after
	Figures []Figure `json:"figures"`
	Notes   []string `json:"notes,omitempty"`
}

// Options of Run.
type Options struct {
	Size     int           // how many of what the bench is about; 0 is the issue's own number
	Times    int           // how often each reading of the bench of lists is asked for; 0 is 200
	Window   time.Duration // of the bench of a deadline; 0 is a minute
	Postgres string        // a folder with postgres and initdb that is used in place of any other
	Format   string        // "table" or "json"
	Progress io.Writer     // what is being done, for whoever waits
}

type bench struct {
	name string
	help string
	run  func(ctx context.Context, g *ground, o Options, r *Report) error
}

var benches = []bench{
	{"body", "13 members who take positions on 200 open questions at once", body},
	{"deadline", "500 proposals submitted by as many organisations in the last minute of a call", deadline},
	{"lists", "every list, search and filter of 10,000 proposals, and whether a large table is read from end to end for it", lists},
}

// Names lists the benches with what each measures.
func Names() []string {
	var all []string
	for _, b := range benches {
		all = append(all, b.name+": "+b.help)
	}
	return all
}

// Known tells whether there is a bench of that name, or name is "all".
func Known(name string) bool {
	return name == "all" || slices.ContainsFunc(benches, func(b bench) bool { return b.name == name })
}

// Run runs the bench of that name, or all of them, each on ground of its own, and
// prints what it found.
func Run(ctx context.Context, name string, o Options, out io.Writer) error {
	for _, b := range benches {
		if name != "all" && name != b.name {
			continue
		}
		r, err := b.measure(ctx, o)
		if err != nil {
			return fmt.Errorf("bench %s: %w", b.name, err)
		}
		if err := r.print(out, o.Format); err != nil {
			return err
		}
	}
	return nil
}

func (b bench) measure(ctx context.Context, o Options) (*Report, error) {
	g, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	defer g.leave()
	r := &Report{Bench: b.name, At: time.Now().UTC().Format(time.RFC3339), Machine: machine(), Load: load()}
	if err := b.run(ctx, g, o, r); err != nil {
		return nil, err
	}
	r.Load += " → " + load()
	return r, nil
}

func (r *Report) print(out io.Writer, format string) error {
	if format == "json" {
		return json.NewEncoder(out).Encode(r)
	}
	fmt.Fprintf(out, "bench %s, %s, %s, load %s\n", r.Bench, r.At, r.Machine, r.Load)
	for _, l := range r.Loaded {
		fmt.Fprintln(out, "  loaded:", l)
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "  figure\tvalue\tfloor\tratio\ttarget\t")
	for _, f := range r.Figures {
		holds := ""
		if f.Holds != nil {
			holds = map[bool]string{true: "holds", false: "MISSED"}[*f.Holds]
		}
		fmt.Fprintf(t, "  %s\t%s %s\t%s\t%s\t%s\t%s\n", f.Name, short(f.Value), f.Unit, optional(f.Floor), optional(f.Ratio), f.Target, holds)
	}
	t.Flush()
	for _, n := range r.Notes {
		fmt.Fprintln(out, "  note:", n)
	}
	return nil
}

func optional(v *float64) string {
	if v == nil {
		return "-"
	}
	return short(*v)
}

func short(v float64) string {
	if v == float64(int64(v)) {
		return fmt.Sprint(int64(v))
	}
	return fmt.Sprintf("%.3g", v)
}

// count adds a figure that must be nought.
func (r *Report) nought(name string, n int) {
	holds := n == 0
	r.Figures = append(r.Figures, Figure{Name: name, Value: float64(n), Target: "0", Holds: &holds})
}

// add adds a figure without target.
func (r *Report) add(name string, value float64, unit string) {
	r.Figures = append(r.Figures, Figure{Name: name, Value: value, Unit: unit})
}

// beside adds a time beside its floor; under is the target in the same unit, 0 for none.
func (r *Report) beside(name string, value, floor, under float64, unit string) {
	f := Figure{Name: name, Value: value, Unit: unit}
	if floor > 0 && value > 0 {
		ratio := floor / value
		f.Floor, f.Ratio = &floor, &ratio
	}
	if under > 0 {
		holds := value < under
		f.Target, f.Holds = "< "+short(under)+" "+unit, &holds
	}
	r.Figures = append(r.Figures, f)
}

// load is the machine's load of the last minute.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(text))[0]
}

package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
	"time"
)

// A small burst: what is counted must be nought here too. Times are no matter of tests.
func TestDeadlineLosesNothing(t *testing.T) {
	var out bytes.Buffer
	if err := Run(context.Background(), "deadline", Options{Size: 20, Window: time.Second, Format: "json"}, &out); err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	counts := map[string]float64{}
	for _, f := range r.Figures {
		counts[f.Name] = f.Value
		if f.Target == "0" && f.Value != 0 {
			t.Errorf("%s: %v", f.Name, f.Value)
		}
	}
	if in, out := counts["submitted"], counts["refused: the call has closed"]; in+out != 20 || out == 0 {
		t.Errorf("%v in and %v refused of 20, one of them sent after the end", in, out)
	}
}

// Every list, search and filter of the bench is one that the API takes. How long it takes is no matter of tests.
func TestEveryListIsAnswered(t *testing.T) {
	var out bytes.Buffer
	if err := Run(context.Background(), "lists", Options{Size: 60, Times: 1, Format: "json"}, &out); err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || len(r.Figures) < 80 {
		t.Errorf("%d figures, %v", len(r.Figures), err)
	}
}

// A few questions: nothing is lost, nothing is kept twice, and the books are sound here
// too. How long a position takes is no matter of tests.
func TestEveryPositionIsKeptOnce(t *testing.T) {
	var out bytes.Buffer
	if err := Run(context.Background(), "body", Options{Size: 16, Format: "json"}, &out); err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	counts := map[string]float64{}
	for _, f := range r.Figures {
		counts[f.Name] = f.Value
		if f.Target == "0" && f.Value != 0 {
			t.Errorf("%s: %v", f.Name, f.Value)
		}
	}
	if taken, refused := counts["positions taken"], counts["refused: recused"]; taken+refused != 13*16 || refused == 0 || counts["announced afterwards and adopted"] != 16 {
		t.Errorf("%v taken, %v refused of %d; %v", taken, refused, 13*16, counts)
	}
}

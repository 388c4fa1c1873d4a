package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// ReportVersion is a report as it was handed in: the very bytes, and their SHA-256.
type ReportVersion struct {
	N       int
	Content []byte
	Hash    []byte
	Due     time.Time // as the calendar stood then
	Late    int       // days
	Person  uuid.UUID
	At      time.Time
}

// frozenReport is the written form of a report. Its members stand in the order of
// their names; the indicators bring what they were held against, so that it can be
// read by itself.
type frozenReport struct {
	Answers     Answers                `json:"answers"`
	Attachments []frozenFile           `json:"attachments"`
	Due         string                 `json:"due"`
	Form        int                    `json:"form"`
	From        string                 `json:"from"`
	Indicators  []frozenIndicator      `json:"indicators"`
	Language    string                 `json:"language"`
	Outputs     map[string]OutputState `json:"outputs"`
	Programme   string                 `json:"programme"`
	Report      string                 `json:"report"`
	To          string                 `json:"to"`
}

type frozenIndicator struct {
	Baseline string `json:"baseline"`
	Key      string `json:"key"`
	Name     string `json:"name"`
	Note     string `json:"note"`
	Progress string `json:"progress"`
	Target   string `json:"target"`
	Value    string `json:"value"`
	Year     int    `json:"year"` // whose target it is
}

// canonical writes the report as the bytes that are hashed.
func (r Report) canonical(g ReportCase) (content, hash []byte) {
	f := frozenReport{Answers: r.Answers, Attachments: append([]frozenFile{}, frozenFiles(g.Files)...), Due: g.Due.Due.Format(time.DateOnly), Form: r.Form,
		From: g.Due.From.Format(time.DateOnly), Indicators: []frozenIndicator{}, Language: r.Language, Outputs: r.Outputs,
		Programme: g.Programme.Code, Report: r.Key, To: g.Due.To.Format(time.DateOnly)}
	for _, i := range g.Framework.Indicators {
		target, year := i.Target(g.Year())
		x := r.Results[i.Key]
		f.Indicators = append(f.Indicators, frozenIndicator{i.Baseline, i.Key, i.Name, x.Note, i.Progress(x.Value, target), target, x.Value, year})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(f); err != nil {
		panic("domain: a report that cannot be written: " + err.Error())
	}
	content = bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	sum := sha256.Sum256(content)
	return content, sum[:]
}

// FrozenReport reads back what a version of a report says.
func FrozenReport(content []byte) (ReportContent, error) {
	var f frozenReport
	if err := json.Unmarshal(content, &f); err != nil {
		return ReportContent{}, fmt.Errorf("a frozen report: %w", err)
	}
	c := ReportContent{Language: f.Language, Answers: f.Answers, Outputs: f.Outputs, Results: map[string]Reached{}}
	for _, i := range f.Indicators {
		c.Results[i.Key] = Reached{i.Value, i.Note}
	}
	return c, nil
}

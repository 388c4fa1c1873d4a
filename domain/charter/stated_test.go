package charter

import (
	"os"
	"reflect"
	"testing"
)

// What is written reads back to the same rules: the shipped ones, older formats, and
// texts that would end a line or a quotation.
func TestADocumentReadsBack(t *testing.T) {
	documents := map[string][]byte{"default": Default()}
	for _, name := range []string{"format-1", "format-2", "format-3", "format-4", "format-5", "format-6", "format-7", "format-8", "format-9"} {
		older, err := os.ReadFile("testdata/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		documents[name] = older
	}
	for name, document := range documents {
		c, err := Parse(document)
		if err != nil {
			t.Fatal(err)
		}
		c.Terms.Months.Reason = "It says \"twelve\": \\n is no line,\nbut this is. # Nor is that a comment, – nor: this"
		again, err := Parse(c.Document())
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, c.Document())
		}
		c.Format = Format
		if !reflect.DeepEqual(c.Rules(), again.Rules()) || again.Terms.Months.Reason != c.Terms.Months.Reason {
			t.Errorf("%s reads back otherwise", name)
		}
		if c.Version != again.Version || c.AdoptedBy != again.AdoptedBy || !c.EffectiveFrom.Equal(again.EffectiveFrom) {
			t.Errorf("%s: its head reads back otherwise", name)
		}
		if len(c.Stated()) != len(c.Rules()) {
			t.Errorf("%s states %d rules of %d", name, len(c.Stated()), len(c.Rules()))
		}
	}
}

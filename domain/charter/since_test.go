package charter

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

// A charter adopted before a rule came in still opens, and runs under what the
// program ships for it; it may not say what it cannot have known.
func TestAnOlderFormatOpens(t *testing.T) {
	called := func(document []byte, was, is int) []byte {
		return bytes.Replace(document, fmt.Appendf(nil, "\nformat: %d\n", was), fmt.Appendf(nil, "\nformat: %d\n", is), 1)
	}
	for format := 1; format < Format; format++ {
		older, err := os.ReadFile(fmt.Sprintf("testdata/format-%d.yaml", format))
		if err != nil {
			t.Fatal(err)
		}
		c, err := Parse(older)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := c.Proposals.Stages, MustDefault().Proposals.Stages; got != want {
			t.Errorf("format %d: a rule that an older charter does not have is %v, not what is shipped: %v", format, got, want)
		}
		if got, want := c.Screening.ClarificationDays, MustDefault().Screening.ClarificationDays; got != want {
			t.Errorf("format %d: a rule that an older charter does not have is %v, not what is shipped: %v", format, got, want)
		}
		if _, err := Parse(called(older, format, format+1)); err == nil {
			t.Errorf("a document of format %d lacks rules of that format, and was taken", format+1)
		}
		if _, err := Parse(called(Default(), Format, format)); err == nil {
			t.Errorf("a document of format %d says rules of format %d, and was taken", format, Format)
		}
	}
}

package charter

import (
	"bytes"
	"os"
	"testing"
)

// A charter adopted before a rule came in still opens, and runs under what the
// program ships for it; it may not say what it cannot have known.
func TestAnOlderFormatOpens(t *testing.T) {
	older, err := os.ReadFile("testdata/format-1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := Parse(older)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Proposals.Stages, MustDefault().Proposals.Stages; got != want {
		t.Errorf("a rule that an older charter does not have is %v, not what is shipped: %v", got, want)
	}
	if _, err := Parse(bytes.Replace(older, []byte("\nformat: 1\n"), []byte("\nformat: 2\n"), 1)); err == nil {
		t.Error("a document of format 2 lacks rules of that format, and was taken")
	}
	if _, err := Parse(bytes.Replace(Default(), []byte("\nformat: 2\n"), []byte("\nformat: 1\n"), 1)); err == nil {
		t.Error("a document of format 1 says rules of format 2, and was taken")
	}
}

package domain

import "testing"

// The spelling that docs/decision-file.md gives: another program writes the same bytes from it.
func TestControlCharactersHaveOneSpelling(t *testing.T) {
	for text, want := range map[string]string{
		"\"\\/":                  `"\"\\/"`,
		"\b\t\n\f\r":             `"\b\t\n\f\r"`,
		"\x00\x01\x0b\x1f":       `"\u0000\u0001\u000b\u001f"`,
		"\x7f\u0085\u00a0<&>":    "\"\x7f\u0085\u00a0<&>\"",
		"\u2028\u2029\U0001f600": `"\u2028\u2029` + "\U0001f600\"",
	} {
		if got := string(canonical(text)); got != want {
			t.Errorf("%q: %s, not %s", text, got, want)
		}
	}
}

package domain

import "testing"

func TestWhereAFootnoteStands(t *testing.T) {
	f := Footnote{Names: []string{"Niger", "Нигер", "尼日尔", "النيجر"}}
	for said, want := range map[string]bool{
		"":                         false,
		"Transfers to Niger, 2026": true,
		"(Niger)":                  true,
		"Niger":                    true,
		"Nigeria":                  false,
		"Nigeria and Niger":        true,
		"Нигерия":                  false,
		"в Нигер":                  true,
		"向尼日尔转账":                   true,
		"والنيجر":                  true,
	} {
		if f.On(said) != want {
			t.Errorf("%q: %v", said, !want)
		}
	}
}

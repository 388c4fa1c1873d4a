package domain

import (
	"errors"
	"strings"
	"testing"

	"startupfund/domain/charter"
)

// S27: 12 to 128 characters, any of them, counted as people see them; what
// everybody tries first, what runs in a row and what is one's own name is refused.
func TestPasswords(t *testing.T) {
	ana := Person{Email: "ana.lindqvist@example.org", Name: "Ana Lindqvist"}
	for _, row := range []struct {
		password string
		want     error
	}{
		{"", ErrPasswordShort},
		{"password", ErrPasswordShort}, // common too, but short first
		{"elevenchars", ErrPasswordShort},
		{"twelve chars", nil},
		{strings.Repeat("a quiet harbour ", 8), nil}, // 128
		{strings.Repeat("a quiet harbour ", 8) + "!", ErrPasswordLong},
		{"éééééé-ñandú", nil},                                 // twelve characters in more bytes
		{"e\u0301e\u0301e\u0301e\u0301 ab", ErrPasswordShort}, // eleven code points, seven characters
		{"كلمات قليلة جيدة", nil},
		{"四只小船在黎明时分离开了港", nil},
		{"四只小船在黎明时分离开", ErrPasswordShort},
		{"password1234", ErrPasswordCommon},
		{"PassWord1234", ErrPasswordCommon},
		{"correct horse battery staple", ErrPasswordCommon},
		{"1administrator!", ErrPasswordCommon},
		{"aaaaaaaaaaaa", ErrPasswordCommon},
		{"abababababab", ErrPasswordCommon},
		{"abcdefghijklmnop", ErrPasswordCommon},
		{"123456789012", ErrPasswordCommon},
		{"Ana Lindqvist", ErrPasswordCommon},
		{"ana.lindqvist", ErrPasswordCommon},
		{"ana.lindqvist@example.org", ErrPasswordCommon},
		{"Ana Lindqvist sails", nil},
	} {
		if err := CheckPassword(row.password, ana); row.want == nil && err != nil || row.want != nil && !errors.Is(err, row.want) {
			t.Errorf("%q: %v, not %v", row.password, err, row.want)
		}
	}
	if Password("e\u0301") != Password("\u00e9") {
		t.Error("two keyboards write two passwords")
	}
}

func TestEmails(t *testing.T) {
	for given, want := range map[string]string{
		"Ana@Example.ORG":                   "ana@example.org",
		" ana@example.org\n":                "ana@example.org",
		"ana":                               "",
		"ana@":                              "",
		"Ana <ana@example.org>":             "",
		"\"a b\"@example.org":               "",
		"ana@example.org,b@c.d":             "",
		"ana@example.org\x00":               "",
		strings.Repeat("a", 250) + "@b.org": "",
	} {
		if got, ok := Email(given); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q, %v", given, got, ok)
		}
	}
}

// What the charter calls kinds of contributor are kinds of the register: all of them but
// the agent's own office, which contributes nothing.
func TestContributorsAreOfTheRegistersKinds(t *testing.T) {
	for _, kind := range organisationKinds {
		_, err := charter.Parse([]byte(strings.Replace(string(charter.Default()), "value: [private]", "value: ["+string(kind)+"]", 1)))
		if (err == nil) != (kind != AgentOffice) {
			t.Error(kind, err)
		}
	}
}

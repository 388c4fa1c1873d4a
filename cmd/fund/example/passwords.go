package example

import (
	"crypto/rand"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// passwords are those of everybody who can sign in, by key.
type passwords map[string]SignIn

// newPasswords makes some by chance: each data folder has its own.
func newPasswords() passwords {
	all := passwords{}
	for _, p := range people {
		if p.line != "" {
			all[p.key] = SignIn{p.name, address(p.name), chance(), p.line}
		}
	}
	for _, s := range states {
		if sees := signsIn[s.code]; sees != "" {
			all[s.code] = SignIn{s.focalPoint, address(s.focalPoint), chance(), sees}
		}
	}
	return all
}

// list is everybody in the order of the cast.
func (all passwords) list() []SignIn {
	var list []SignIn
	for _, p := range people {
		if s, ok := all[p.key]; ok {
			list = append(list, s)
		}
	}
	for _, s := range states {
		if s, ok := all[s.code]; ok {
			list = append(list, s)
		}
	}
	return list
}

// letters are easily told apart, and thirty-two: five bits each.
const letters = "abcdefghijkmnpqrstuvwxyz23456789"

// chance is eighty bits of chance, in four groups that can be typed.
func chance() string {
	b := make([]byte, 16)
	rand.Read(b)
	var out strings.Builder
	for i, x := range b {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(letters[x%32])
	}
	return out.String()
}

// address is an e-mail address that nobody has: example.org is kept free for that.
func address(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ł' || r == 'Ł':
			return 'l'
		case r == 'ı':
			return 'i'
		case r == 'ð' || r == 'Ð':
			return 'd'
		case r == ' ':
			return '.'
		case r < 128 && (unicode.IsLetter(r) || r == '-'):
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(name))
	return plain + "@example.org"
}

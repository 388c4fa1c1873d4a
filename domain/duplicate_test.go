package domain

import (
	"testing"

	"github.com/google/uuid"
)

func TestWhichNamesAreAlike(t *testing.T) {
	for _, c := range []struct {
		one, other string
		want       Ground
	}{
		{"International Organization for Migration", "International Organisation for Migration", LikeName},
		{"Organización Internacional para las Migraciones", "ORGANIZACION INTERNACIONAL PARA LAS MIGRACIONES", SameName},
		{"UN Women", "UN-Women", SameName},
		{"UNICEF", "UNICEF Trust Fund", ""},
		{"Norway", "Norwegian Refugee Council", ""},
		{"ILO", "IOM", ""},
		{"Фонд миграции", "Фонд миграций", SameName}, // й is и with a mark
		{"国际移民组织", "国际劳工组织", ""},
	} {
		a := Organisation{ID: uuid.New(), Name: c.one, Kind: UN}
		b := Organisation{ID: uuid.New(), Name: c.other, Kind: UN}
		found := LikelyDuplicates([]Organisation{a, b}, func(_, _ uuid.UUID) bool { return false })
		var got Ground
		if len(found) > 0 {
			got = found[0].Ground
		}
		if got != c.want {
			t.Errorf("%s and %s: %q, not %q (%v)", c.one, c.other, got, c.want, found)
		}
		if found := LikelyDuplicates([]Organisation{a, b}, func(_, _ uuid.UUID) bool { return true }); len(found) != 0 {
			t.Errorf("told apart, and suggested: %v", found)
		}
	}
}

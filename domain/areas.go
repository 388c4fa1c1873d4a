package domain

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed areas.csv
var areaList string

// Area is a state or territory of the reference list: its M49 code, "" for an
// invented one, and a point inside it for a map without borders, in degrees as
// decimal text; south and west are negative.
type Area struct{ M49, Latitude, Longitude string }

var areas = sync.OnceValue(func() map[string]Area {
	list := map[string]Area{}
	for line := range strings.Lines(areaList) {
		if field := strings.Split(strings.TrimSpace(line), ","); len(field) == 4 && line[0] != '#' {
			list[field[0]] = Area{M49: field[1], Latitude: field[2], Longitude: field[3]}
		}
	}
	return list
})

// AreaOf finds a state or territory by its ISO 3166-1 alpha-2 code, a user-assigned
// one too.
func AreaOf(iso3166 string) (Area, bool) {
	a, ok := areas()[iso3166]
	return a, ok
}

// Regions are the continents of the United Nations' M49, by their codes.
var Regions = []string{"002", "019", "142", "150", "009"}

// RegionOf is the M49 region in which a state lies, by its ISO 3166-1 alpha-2 code;
// "" of an invented one.
func RegionOf(iso3166 string) string {
	state, err := language.ParseRegion(iso3166)
	if err != nil || !state.IsCountry() {
		return ""
	}
	for _, code := range Regions {
		if r := language.MustParseRegion(code); r.Contains(state) {
			return code
		}
	}
	return ""
}

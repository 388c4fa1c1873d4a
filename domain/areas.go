package domain

import (
	_ "embed"
	"strings"
	"sync"
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

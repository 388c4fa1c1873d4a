package charter

import (
	"reflect"
	"strings"
	"time"
)

// Place is where a path leads or leads through: a list, a member of one, or a rule.
type Place struct {
	Path string
	// Word is the path without the keys of members, the same in every version:
	// "body.consensus.positions.effect".
	Word string
	Is   PlaceKind
}

// PlaceKind is what stands in a place.
type PlaceKind string

const (
	PlaceList   PlaceKind = "list"
	PlaceMember PlaceKind = "member"
	PlaceRule   PlaceKind = "rule"
)

// Places are those on the way of a path, outermost first; what follows a rule is left
// out. Nothing comes of a path that no charter has. A member need not be in any list.
func Places(path string) (all []Place) {
	of, word, at := reflect.TypeFor[Charter](), "", ""
	for _, token := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		at += "/" + token
		switch {
		case of.Kind() == reflect.Slice:
			of = of.Elem()
			all = append(all, Place{at, word, PlaceMember})
			continue
		case of.Kind() != reflect.Struct || of == reflect.TypeFor[time.Time]():
			return nil
		}
		f, found := of.FieldByNameFunc(func(name string) bool { return keyOf(name) == token })
		if !found {
			return nil
		}
		of, word = f.Type, strings.TrimPrefix(word+"."+token, ".")
		if _, rule := reflect.Zero(of).Interface().(evidenced); rule {
			return append(all, Place{at, word, PlaceRule})
		}
		if of.Kind() == reflect.Slice {
			all = append(all, Place{at, word, PlaceList})
		}
	}
	return all
}

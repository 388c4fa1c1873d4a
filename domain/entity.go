package domain

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/google/uuid"
)

//go:embed entities.csv
var entityList string

// entityLanguages are those of the list's names, in its order.
var entityLanguages = []string{"fr", "es", "ar", "ru", "zh"}

// entities are the other names of entities of the United Nations system, by their
// short name in small letters.
var entities = sync.OnceValue(func() map[string][]Alias {
	list := map[string][]Alias{}
	for line := range strings.Lines(entityList) {
		field := strings.Split(strings.TrimSpace(line), ";")
		if line[0] == '#' || len(field) != 1+2*len(entityLanguages) {
			continue
		}
		for i, l := range entityLanguages {
			list[strings.ToLower(field[0])] = append(list[strings.ToLower(field[0])],
				Alias{Text: field[1+2*i], Kind: Acronym, Language: l}, Alias{Text: field[2+2*i], Kind: OtherName, Language: l})
		}
	}
	return list
})

// KnownNames are the names that the organisation has in other languages, where it is an
// entity of the United Nations system on the list; each with an id of its own.
func (o Organisation) KnownNames() (names []Alias) {
	if o.Kind != UN {
		return nil
	}
	for _, a := range entities()[strings.ToLower(o.ShortName)] {
		a.ID, a.Organisation = uuid.New(), o.ID
		names = append(names, a)
	}
	return names
}

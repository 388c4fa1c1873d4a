package store

import "startupfund/domain"

// factOfMeeting is what is told of a meeting itself: who is to preside over one that has
// not opened.
func (t *tx) factOfMeeting(f fact) (fact, error) {
	var ref, name string
	var planned bool
	err := t.Raw(`SELECT m.ref, coalesce(p.name, ''), m.state = 'planned' FROM meetings m LEFT JOIN persons p ON p.id = m.presiding WHERE m.id = ?::uuid`, f.subject).Row().
		Scan(&ref, &name, &planned)
	switch {
	case planned && name != "":
		f.stage = domain.StageDesignated
	case planned:
		f.stage = domain.StageTakenBack
	}
	f.params = map[string]string{"ref": ref, "title": name}
	return f, err
}

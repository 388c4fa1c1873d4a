package store

import "startupfund/domain"

// factOfMeeting is what is told of a meeting itself: who is to preside over one that has
// not opened, or why it was called off.
func (t *tx) factOfMeeting(f fact) (fact, error) {
	var ref, title, name, reason string
	var planned bool
	err := t.Raw(`SELECT m.ref, m.title, coalesce(p.name, ''), m.state = 'planned', coalesce(x.reason, '') FROM meetings m LEFT JOIN persons p ON p.id = m.presiding
		LEFT JOIN meeting_cancellations x ON x.meeting = m.id WHERE m.id = ?::uuid`, f.subject).Row().Scan(&ref, &title, &name, &planned, &reason)
	if reason != "" {
		f.params = map[string]string{"ref": ref, "title": title, "reason": reason}
		return f, err
	}
	switch {
	case planned && name != "":
		f.stage = domain.StageDesignated
	case planned:
		f.stage = domain.StageTakenBack
	}
	f.params = map[string]string{"ref": ref, "title": name}
	return f, err
}

package example

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// minuted is the minutes of a meeting that ended ago days before now: drafted and
// circulated within days, then corrected by a member. The hours grow, since a weekend
// brings days together.
func (st *story) minuted(meeting uuid.UUID, ago int, member, part, said string) {
	by := st.as("secretariat")
	st.at(ago-2, 11, 0, func() {
		must(st.DraftMinutes(st, by, meeting, "en"))
		for _, p := range []domain.MinutesProse{
			{Part: "opening", Language: "en", Text: "The Coordinator opened the meeting and recalled that each item is taken on the text as it was circulated. The agenda stood as sent."},
			{Part: "opening", Language: "fr", Text: "Le Coordonnateur a ouvert la réunion et rappelé que chaque point est examiné dans le texte distribué. L’ordre du jour n’a pas été modifié."},
			{Part: "closing", Language: "en", Text: "The Coordinator thanked the interpreters and closed the meeting."},
		} {
			st.pass(8 * time.Minute)
			must(st.WriteMinutes(st, by, meeting, p, 0))
		}
		st.pass(time.Hour)
		must(st.CirculateMinutes(st, by, meeting))
	})
	st.at(ago-4, 14, 0, func() {
		must(st.CorrectMinutes(st, st.as(member), meeting, part, "en", said))
	})
	st.at(ago-5, 16, 0, func() {
		c := must(st.Minutes(st, by.Actor, meeting)).Corrections[0]
		must(st.AnswerCorrection(st, by, meeting, c.ID, true, "So it was; the draft left it out.", "The Coordinator thanked the interpreters, and the members those who had written the papers, and closed the meeting."))
	})
}

// fixed is what becomes of them once nobody may correct them any more: they go out to
// all, and so do the records of what was decided.
func (st *story) fixed(meeting uuid.UUID, ago int) {
	by := st.as("secretariat")
	st.at(ago-10, 9, 30, func() {
		must(st.FixMinutes(st, by, meeting))
		st.pass(5 * time.Minute)
		must(st.SendMinutes(st, by, meeting))
		for _, d := range must(st.Decisions(st, domain.Console())) {
			st.pass(time.Minute)
			must(st.SendRecord(st, by, d.Number))
		}
	})
}

package example

import (
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// write is what the body decided in writing, an objection lifted in time, and what it has
// before it so.
func (st *story) write() {
	var first, second uuid.UUID
	st.at(46, 10, 0, func() {
		first = st.circulate("Annotated form of the yearly report",
			"The body endorses the annotated form of the yearly report, to be used from the reports of this year on.")
	})
	st.at(44, 9, 0, func() { must(st.PutQuestion(st, st.as("coordinator"), first)) })
	st.at(40, 13, 0, func() {
		must(st.Remark(st, st.as("m-qy"), first, 0, "en", "Does the form ask for the number of those reached by age as well?"))
		must(st.TakePosition(st, st.as("m-workers"), first, uuid.Nil, 0, "object", "Section 4 has no line for complaints and what became of them."))
	})
	st.at(39, 9, 0, func() {
		must(st.Remark(st, st.as("secretariat"), first, 1, "en", "By sex and age where it is known; the annotation of section 2 says so."))
		must(st.Remark(st, st.as("secretariat"), first, 0, "en", "Section 4 now has a line for complaints, in the words of the workers' seat. The text before the body names the form as it is from today."))
	})
	st.at(37, 15, 0, func() {
		must(st.TakePosition(st, st.as("m-workers"), first, uuid.Nil, 0, "agree", "With the line for complaints."))
		must(st.TakePosition(st, st.as("m-xo"), first, uuid.Nil, 0, "abstain", ""))
	})
	st.at(27, 10, 0, func() { must(st.Announce(st, st.as("coordinator"), first, "")) })
	st.at(6, 10, 0, func() {
		second = st.circulate("Calendar of meetings of the coming year",
			"The body meets in the second weeks of March, June, September and November of the coming year, each time with a link for those who cannot come.")
	})
	st.at(4, 9, 0, func() {
		must(st.PutQuestion(st, st.as("coordinator"), second))
		must(st.TakePosition(st, st.as("m-xl"), second, uuid.Nil, 0, "agree", ""))
		must(st.Remark(st, st.as("m-qp"), second, 0, "en", "Could June avoid the week of the Review Forum?"))
	})
}

// circulate brings a matter of policy before the body in writing.
func (st *story) circulate(title, text string) uuid.UUID {
	return must(st.CirculateQuestion(st, st.as("secretariat"),
		domain.Question{Kind: charter.Policy, Procedure: charter.ByNoObjection, Title: title, Text: text, Language: "en"})).ID
}

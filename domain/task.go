package domain

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Task is something that waits on whoever wears a hat: found from facts whenever
// it is asked for, and kept nowhere.
type Task struct {
	Kind     string // "proposal.finish": what is to be done, in the words of the pages
	Act      string // of policy.csv: the first step that can be done now
	Subject  string // its kind: "proposal", "question", …
	ID       string
	Ref      string
	Title    string
	Language string     // of the title; "" where nobody wrote it
	Due      *time.Time // nil where nothing is late
	Since    time.Time  // for how long it has waited
	Now      bool       // others sit and wait for it: an item before a meeting
}

// duty is a kind of task and the acts that do it, the one that ends it first.
type duty struct {
	kind string
	acts []string
}

// duties are, by role, what waits on whom. Other roles read.
var duties = map[Role][]duty{
	Applicant: {{"decision.follow-up", []string{"followup.step"}}, {"proposal.finish", []string{"proposal.submit", "proposal.save"}}, {"report.write", []string{"report.submit", "report.save"}}, {"evaluation.answer", []string{"evaluation.respond"}}, {"evaluation.follow-up", []string{"evaluation.follow-up"}},
		{"clarification.answer", []string{"clarification.answer", "clarification.draft"}}, {"point.mend", []string{"point.mend"}}, {"condition.fulfil", []string{"condition.claim"}}},
	FocalPoint: {{"proposal.endorse", []string{"proposal.endorse"}}},
	Secretariat: {{"decision.follow-up", []string{"followup.step"}}, {"call.answer", []string{"enquiry.answer"}}, {"proposal.screen", []string{"proposal.screen"}}, {"report.find", []string{"report.find"}}, {"appeal.decide", []string{"appeal.decide"}}, {"transfer.request", []string{"transfer.request"}},
		{"paper.check", []string{"paper.check"}}, {"accreditation.check", []string{"accreditation.check"}}, {"clarification.pass", []string{"clarification.refuse"}},
		{"programme.start", []string{"programme.start"}}, {"change.record", []string{"change.record"}}, {"change.list", []string{"question.list"}}, {"condition.find", []string{"condition.find"}},
		{"minutes.keep", []string{"minutes.send", "minutes.fix", "minutes.answer", "minutes.circulate", "minutes.draft"}}, {"record.send", []string{"record.send"}},
		{"item.answer", []string{"item.answer"}}},
	PUNO: {{"transfer.acknowledge", []string{"transfer.acknowledge"}}, {"decision.follow-up", []string{"followup.step"}}, {"condition.fulfil", []string{"condition.claim"}}, {"evaluation.follow-up", []string{"evaluation.follow-up"}}, expenditureDuty},
	Member: {{"decision.follow-up", []string{"followup.step"}}, {"proposal.score", []string{"score.submit"}}, {"decision.position", []string{"position.take", "position.confirm"}},
		{"decision.announce", []string{"decision.announce", "question.unresolve"}}, yearlyDuty, putDuty, unresolvedDuty, ladderDuty},
	Coordinator: {{"decision.follow-up", []string{"followup.step"}}, {"appeal.decide", []string{"appeal.decide"}}, {"meeting.open", []string{"meeting.open"}}, {"decision.position", []string{"position.take", "position.confirm"}},
		{"decision.announce", []string{"decision.announce", "question.unresolve"}}, {"transfer.sign", []string{"transfer.sign"}}, yearlyDuty, putDuty, unresolvedDuty, ladderDuty},
	Expert:        {{"advice.give", []string{"advice.give", "advice.decline"}}},
	AgentPreparer: {{"transfer.prepare", []string{"transfer.prepare"}}, {"transfer.send", []string{"transfer.send"}}, {"line.match", []string{"match.make"}}, expenditureTaking},
	AgentReleaser: {{"transfer.release", []string{"transfer.release"}}, {"transfer.send", []string{"transfer.send"}}, expenditureTaking},
}

// Waits lists what waits on a hat of what it may do now: the acts that May lists
// for the subject, by the same rules as the acts themselves.
func (t Task) Waits(role Role, may []string) []Task {
	var list []Task
	for _, d := range duties[role] {
		for _, act := range d.acts {
			if slices.Contains(may, act) {
				t.Kind, t.Act = d.kind, act
				list = append(list, t)
				break
			}
		}
	}
	return list
}

// InOrder puts first what others sit and wait for, then what is due, the nearest
// end first, and then what has waited longest.
func InOrder(list []Task) {
	slices.SortStableFunc(list, func(a, b Task) int {
		switch {
		case a.Now != b.Now:
			if a.Now {
				return -1
			}
			return 1
		case a.Due != nil && b.Due != nil:
			return cmp.Or(a.Due.Compare(*b.Due), cmp.Compare(a.Ref, b.Ref))
		case a.Due != nil:
			return -1
		case b.Due != nil:
			return 1
		}
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Ref, b.Ref))
	})
}

// Spoken tells whether by's seat has a position on the question as its text stands.
func (i Item) Spoken(by Actor) bool {
	for _, r := range i.Roll {
		if r.standsFor(by) && i.spoke(r.Seat) {
			return true
		}
	}
	return false
}

// Ref is what people call an item: "M-2026-02/3", or "W-2026-03" in writing.
func (i Item) Ref() string {
	if i.InWriting() {
		return i.Written
	}
	return fmt.Sprintf("%s/%d", i.Session.Ref, i.Number)
}

package example

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// waiting are the states whose notes of the first call enter the pipeline.
var waiting = []string{"QR", "QX", "XC", "QU"}

// corridor is a programme without a proposal, of two states.
func (st *story) corridor(dollars int) domain.PipelineFacts {
	budget := usd(dollars)
	return domain.PipelineFacts{Title: "One window for those who pass: the southern corridor", Language: "en", Scope: charter.Regional, Region: "Southern corridor",
		Purpose: "Two states answer for the same travellers with one form, one referral list and one telephone number, so that nobody tells the same story at every post.",
		States:  []uuid.UUID{st.organisations["QM"], st.organisations["QN"]}, Area: "area-3", Objectives: []int{4, 11}, Organisations: []uuid.UUID{st.organisations[iom], st.organisations[unhcr]},
		Budget: &budget, Months: 30, Partners: []string{"Border services of Almoria", "Ministry of the Interior of Brevania"}, Ripeness: domain.RipeNote}
}

// listEntries puts on the agenda what is to wait in the pipeline.
func (st *story) listEntries(meeting uuid.UUID) (items []uuid.UUID) {
	q := domain.Question{Kind: charter.Pipeline, Procedure: charter.ByConsensus, Language: "en"}
	for _, state := range waiting {
		p := st.proposals[state]
		q.Title, q.Proposal = "Into the pipeline: "+p.Ref, p.ID
		q.Text = "The body finds proposal " + p.Ref + " sound and takes it into the pipeline; money is decided on when there is some."
		st.pass(4 * time.Minute)
		items = append(items, must(st.ListQuestion(st, st.as("secretariat"), meeting, q)).ID)
	}
	facts := st.corridor(1_400_000)
	q.Title, q.Text, q.Proposal = "Into the pipeline: the southern corridor", "The body takes the programme of the southern corridor into the pipeline; a proposal is expected in a later call.", uuid.Nil
	q.Move = &domain.PipelineMove{Move: domain.Enter, Facts: &facts}
	st.pass(4 * time.Minute)
	return append(items, must(st.ListQuestion(st, st.as("secretariat"), meeting, q)).ID)
}

// publish is the first edition, and what was said otherwise since.
func (st *story) publish() {
	st.at(70, 10, 0, func() {
		must(st.PublishPipeline(st, st.as("secretariat"), "The pipeline after the first meeting since the rotation. Programmes stand here because the body has found them sound; each waits for its document or for money.", "en"))
	})
	st.at(40, 10, 0, func() {
		for _, f := range must(st.Pipeline(st, domain.Console())) {
			if f.Proposal == uuid.Nil {
				must(st.CorrectPipeline(st, st.as("secretariat"), f.ID, f.FactsN, st.corridor(1_650_000), "Both states asked for a third border post."))
			}
		}
	})
}

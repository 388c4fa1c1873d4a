package store

import (
	"context"
	"fmt"
	"strings"

	"startupfund/domain"
)

// Question is an invariant put as a question whose answer must be nothing.
type Question struct {
	Code string // stable, for scripts
	Text string // what would be wrong
	SQL  string // one text column: the objects at fault
}

// Finding is a question and what answered it: nothing, where all is well.
type Finding struct {
	Question
	Faults []string
}

// questions are asked by `fund check`, nightly, after every restore and at the
// end of every story test. Each subject adds its own in its file.
var questions []Question

func ask(list ...Question) bool { questions = append(questions, list...); return true }

// Check asks every question on one picture of the fund.
func (s *Store) Check(ctx context.Context) ([]Finding, error) {
	return read(ctx, s, domain.Actor{}, func(t *tx) ([]Finding, error) {
		found := make([]Finding, len(questions))
		for i, q := range questions {
			found[i].Question = q
			if err := t.Raw(q.SQL).Scan(&found[i].Faults).Error; err != nil {
				return nil, fmt.Errorf("%s: %w", q.Code, err)
			}
		}
		return found, nil
	})
}

var _ = ask(
	Question{"balances-equal-postings", "a kept balance differs from the sum of its postings", `
		SELECT coalesce(b.account, e.account) FROM balances b
		FULL JOIN (SELECT account, sum(amount) AS held FROM entries WHERE guarded(account) GROUP BY account) e USING (account)
		WHERE b.held IS DISTINCT FROM e.held AND coalesce(b.held, 0) <> coalesce(e.held, 0)`},
	Question{"books-sum-to-zero", "the entries of a currency do not sum to zero", `
		SELECT currency::text FROM entries GROUP BY currency HAVING sum(amount) <> 0`},
	Question{"vouchers-have-postings", "a voucher moves nothing", `
		SELECT number::text FROM vouchers v WHERE NOT EXISTS (SELECT FROM postings p WHERE p.voucher = v.id)`},
	Question{"reversals-mirror", "a reversal is not the mirror of what it reverses", `
		SELECT r.number::text FROM vouchers r
		WHERE r.reverses IS NOT NULL AND EXISTS (
			(SELECT n, giver, taker, amount FROM postings WHERE voucher = r.id
			 EXCEPT SELECT n, taker, giver, amount FROM postings WHERE voucher = r.reverses)
			UNION ALL
			(SELECT n, taker, giver, amount FROM postings WHERE voucher = r.reverses
			 EXCEPT SELECT n, giver, taker, amount FROM postings WHERE voucher = r.id))`},
	Question{"books-tie", "the bank's account differs from available + allocated + in transit + suspense", `
		SELECT bank::text || ' against ' || cover::text FROM (SELECT
			coalesce(sum(amount) FILTER (WHERE account LIKE 'agent:bank:%'), 0) AS bank,
			coalesce(sum(amount) FILTER (WHERE guarded(account)), 0)
			- coalesce(sum(amount) FILTER (WHERE account LIKE 'agent:suspense:%'), 0) AS cover FROM entries) x
		WHERE bank <> cover`},
	Question{"vouchers-have-events", "a voucher has no event of its own act", `
		SELECT v.number::text FROM vouchers v LEFT JOIN events e ON e.id = v.event
		WHERE e.id IS NULL OR e.charter_version <> v.charter_version`},
	Question{"history-stands", "a table that is history may be changed: its guard is missing or switched off, or the program's role may write over it", `
		SELECT t FROM unnest(ARRAY['` + strings.Join(history, `', '`) + `']) t
		WHERE NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t::regclass AND g.tgname = 'stands_for_ever' AND g.tgenabled IN ('O', 'A'))
		   OR EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'fund_app' AND has_any_column_privilege(r.oid, t, 'UPDATE')
				OR r.rolname = 'fund_app' AND has_table_privilege(r.oid, t, 'DELETE, TRUNCATE'))`},
	Question{"answers-are-kept", "an act under a key has kept no answer to give again", `
		SELECT person::text || ' ' || key FROM idempotency_keys WHERE answer IS NULL`},
)

// history are the tables that are added to and never changed.
var history = []string{"transfer_tries", "charters", "charters_taken_back", "rotations", "rotation_draws", "events", "accounts", "vouchers", "postings", "call_extensions", "endorsements", "proposal_versions", "screenings",
	"awaited_cover_moves", "rungs", "ladder_endings", "unanswered_calls", "proposed_texts", "text_answers",
	"proposed_items", "item_answers", "carried_items", "meeting_cancellations", "chair_namings",
	"scores", "score_rounds", "assignments", "assignment_endings", "interests", "question_rolls", "positions", "decisions", "deposits", "bank_statements", "bank_lines", "matches", "match_undoings", "line_notes", "declinings", "reopenings", "version_changes", "voidings", "question_withdrawals", "programme_steps",
	"interest_dismissals", "standing_interests", "standing_interest_endings",
	"footnotes", "footnote_endings", "organisation_merges", "organisation_merge_undoings", "organisations_apart", "team_entries", "accreditations", "accreditation_notes", "accreditation_checks", "signed_papers", "paper_checks", "call_discards",
	"report_versions", "report_files", "report_findings", "report_points", "report_reminders", "evaluations", "recommendations", "evaluation_responses", "management_answers", "management_follow_ups", "closing_statements", "conditions", "condition_steps", "condition_files", "clarification_files", "clarification_reminders", "advice_reminders", "condition_reminders",
	"part_confirmations", "attachments", "attachment_arrivals", "attachment_removals", "submitted_attachments", "missed_attachments",
	"call_corrections", "enquiries", "enquiry_answers", "eligibility_answers",
	"clarification_wishes", "clarification_refusals", "clarifications", "clarification_entries", "advice_requests", "advice_outcomes",
	"screening_checks", "screening_points", "point_mendings", "appeals", "appeal_decisions", "submissions_on_behalf",
	"silence_extensions", "question_remarks", "silence_reminders",
	"mandates", "mandate_settlements", "referenda", "referendum_rooms", "referendum_answers", "referendum_reminders",
	"pipeline_moves", "pipeline_entries", "pipeline_facts", "pipeline_leavings", "pipeline_editions",
	"minutes", "minutes_texts", "minutes_circulations", "minutes_corrections", "minutes_answers", "line_bookings", "rate_files", "operational_rates", "tranche_plans", "expenditure_statements", "expenditure_lines", "expenditure_findings", "fixed_minutes", "minutes_corrigenda", "sendings", "sending_recipients", "decision_asks", "decision_steps", "yearly_openings", "yearly_comments", "yearly_closings"}

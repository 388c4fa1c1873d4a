package api

import (
	"slices"
	"strings"
	"testing"
)

// Each question about persons finds what no act of the program lets happen: rows as nobody but a superuser writes them.
func TestTheCheckFindsOnePersonOnBothSides(t *testing.T) {
	s := granted(t)
	programme := strings.TrimPrefix(s.programme, "/programmes/")
	sql := func(text string) {
		t.Helper()
		text = strings.NewReplacer("$sec", s.ids["sec"].String(), "$chair", s.ids["chair"].String(), "$programme", programme).Replace(text)
		must(t, s.DB.Exec(`DO $$ BEGIN SET LOCAL session_replication_role = replica; `+text+`; END $$`).Error)
	}
	faults := func() (codes []string) {
		t.Helper()
		found, err := s.Check(t.Context())
		must(t, err)
		for _, f := range found {
			if len(f.Faults) > 0 && (strings.HasSuffix(f.Code, "-apart") || strings.HasSuffix(f.Code, "-by-another")) {
				codes = append(codes, f.Code)
			}
		}
		slices.Sort(codes)
		return codes
	}
	// One row of each kind, by people who may have done it.
	made := map[string]string{
		"appeals":          `SELECT gen_random_uuid(), s.id, 'r', p.created_by, now() FROM screenings s JOIN proposals p ON p.id = s.proposal LIMIT 1`,
		"appeal_decisions": `SELECT a.id, true, 'r', '$chair', now() FROM appeals a`,
		"reopenings":       `SELECT proposal, n, 'r', '$sec', now() FROM proposal_versions WHERE n = 1`,
		"scores":           `SELECT v.proposal, v.n, t.seat, 1, t.organisation, '$chair', '{}', 0, '', now() FROM proposal_versions v, seat_terms t WHERE v.n = 1 LIMIT 1`,
		"signed_papers": `SELECT gen_random_uuid(), proposal, 'sign-off', NULL, content_hash, 'c', 's', 't', 'b', '2026-01-01', 'r', repeat('0', 64), '$chair', now()
			FROM proposal_versions WHERE n = 1`,
		"paper_checks": `SELECT id, true, '', '$sec', now() FROM signed_papers`,
		"reports (id, programme, key, language, form, state, submission, created_by, created_at, updated_at)": `VALUES (gen_random_uuid(), '$programme', 'final', 'en', 1, 'accepted', 1, '$chair', now(), now())`,
		"report_versions": `SELECT id, 1, '{}', '', '2026-01-01', 0, '$chair', now() FROM reports`,
		"report_findings": `SELECT id, 1, 'accepted', '', '$sec', now() FROM reports`,
		"conditions":      `SELECT gen_random_uuid(), '$programme', 1, decision, 't', 'en', NULL, 'first-transfer', NULL, false, now() FROM programmes`,
		"condition_steps": `SELECT c.id, x.n, x.step, 't', 'en', NULL, x.person::uuid, now() FROM conditions c, (VALUES (1, 'claim', '$chair'), (2, 'confirm', '$sec')) x(n, step, person)`,
		"change_requests (id, programme, n, ref, kind, state, reason, language, beyond, late, person, at, settled_at, charter_version)": `VALUES (gen_random_uuid(), '$programme', 1, 'R1', 'budget-revision', 'recorded', 'r', 'en', false, false, '$chair', now(), now(), 1)`,
		"events (id, at, person, role, act, subject_kind, subject, charter_version, changes)":                                           `SELECT gen_random_uuid(), now(), '$sec', 'secretariat', 'change.record', 'change-request', id, 1, '{}' FROM change_requests`,
		"evaluations":     `VALUES (gen_random_uuid(), '$programme', 't', 'e', 'en', '2026-01-01', 'f', '$sec', now())`,
		"advice_requests": `SELECT gen_random_uuid(), proposal, n, 1, (SELECT id FROM organisations LIMIT 1), NULL, '{}', 'en', 't', now() + interval '9 days', '$sec', now() FROM proposal_versions WHERE n = 1`,
		"advice_outcomes": `SELECT id, 'given', 'advise', 'en', 't', '$chair', now() FROM advice_requests`,
	}
	order := []string{"appeals", "appeal_decisions", "reopenings", "scores", "signed_papers", "paper_checks", "reports", "report_versions", "report_findings", "conditions", "condition_steps",
		"change_requests", "events", "evaluations", "advice_requests", "advice_outcomes"}
	for _, table := range order {
		for into, rows := range made {
			if name, _, _ := strings.Cut(into, " "); name == table {
				sql(`INSERT INTO ` + into + ` ` + rows)
			}
		}
	}
	if got := faults(); len(got) > 0 {
		t.Errorf("found before anything is wrong: %v", got)
	}
	// Whoever judged had a hand in it before.
	sql(`INSERT INTO team_entries (proposal, person, organisation, role, how, by_person, reason, at)
		SELECT p.id, x.person, p.organisation, 'editor', 'joined', x.person, 'Forced.', '2020-01-01' FROM proposals p, (SELECT DISTINCT person FROM positions UNION SELECT DISTINCT person FROM endorsements
			UNION VALUES ('$sec'::uuid), ('$chair'::uuid)) x`)
	want := "advised-apart announced-apart appeals-decided-apart changes-recorded-apart conditions-found-apart endorsed-apart evaluations-registered-apart given-back-apart papers-checked-apart positions-apart reports-found-apart scored-apart screened-apart"
	if got := strings.Join(faults(), " "); got != want {
		t.Errorf("found %s", got)
	}
	sql(`DELETE FROM team_entries WHERE reason = 'Forced.'`)
	// And both sides of a rule of two are one person.
	sql(`UPDATE appeals SET person = '$sec'; UPDATE appeal_decisions SET person = '$sec'; UPDATE condition_steps SET person = '$sec'; UPDATE change_requests SET person = '$sec'; UPDATE report_versions SET person = '$sec'`)
	both := slices.DeleteFunc(faults(), func(code string) bool { return strings.HasSuffix(code, "-apart") }) // who appealed had a hand in it, too
	if got := strings.Join(both, " "); got != "appeals-by-another changes-by-another claims-by-another found-by-another" {
		t.Errorf("found %s", got)
	}
	slices.Reverse(order)
	for _, table := range order {
		if table == "events" {
			table = "events WHERE act = 'change.record'"
		}
		sql(`DELETE FROM ` + table)
	}
}

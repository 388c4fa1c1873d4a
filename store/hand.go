package store

// judgments are the acts of those who judge a proposal or what comes of it, each the rows
// (proposal, person, at) of who did it. Nobody does one who had a hand in the proposal before.
var judgments = []struct{ code, text, rows string }{
	{"screened-apart", "a proposal was screened by somebody who had a hand in it", `SELECT proposal, person, at FROM screenings`},
	{"appeals-decided-apart", "an appeal was decided by somebody who had a hand in its proposal",
		`SELECT s.proposal, d.person, d.at FROM appeal_decisions d JOIN appeals a ON a.id = d.appeal JOIN screenings s ON s.id = a.screening`},
	{"given-back-apart", "a proposal was reopened or declined by somebody who had a hand in it",
		`SELECT proposal, person, at FROM reopenings UNION ALL SELECT proposal, person, at FROM declinings`},
	{"scored-apart", "a proposal was scored by somebody who had a hand in it", `SELECT proposal, person, at FROM scores`},
	{"positions-apart", "a position was taken by somebody who had a hand in its proposal", `SELECT ` + askedOf + `, x.person, x.at FROM positions x JOIN questions q ON q.id = x.question` + asked},
	{"announced-apart", "a decision was announced by somebody who had a hand in its proposal", `SELECT ` + askedOf + `, x.announced_by, x.adopted_at FROM decisions x JOIN questions q ON q.id = x.question` + asked},
	{"endorsed-apart", "a state's word was given by somebody who had a hand in the proposal", `SELECT proposal, person, at FROM endorsements`},
	{"papers-checked-apart", "a signed paper was checked by somebody who had a hand in its proposal", `SELECT x.proposal, c.person, c.at FROM paper_checks c JOIN signed_papers x ON x.id = c.paper`},
	{"reports-found-apart", "a report was found on by somebody who had a hand in the proposal of its programme",
		`SELECT j.proposal, f.person, f.at FROM report_findings f JOIN reports r ON r.id = f.report JOIN programmes j ON j.id = r.programme`},
	{"conditions-found-apart", "a condition was found on by somebody who had a hand in the proposal of its programme",
		`SELECT j.proposal, s.person, s.at FROM condition_steps s JOIN conditions c ON c.id = s.condition JOIN programmes j ON j.id = c.programme WHERE s.step IN ('return', 'confirm')`},
	{"changes-recorded-apart", "a change was recorded by somebody who had a hand in the proposal of its programme",
		`SELECT j.proposal, e.person, e.at FROM events e JOIN change_requests x ON x.id::text = e.subject JOIN programmes j ON j.id = x.programme WHERE e.act = 'change.record'`},
	{"evaluations-registered-apart", "an evaluation was registered by somebody who had a hand in the proposal of its programme",
		`SELECT j.proposal, v.person, v.at FROM evaluations v JOIN programmes j ON j.id = v.programme`},
	{"advised-apart", "advice on a proposal was given by somebody who had a hand in it",
		`SELECT r.proposal, o.person, o.at FROM advice_outcomes o JOIN advice_requests r ON r.id = o.request WHERE o.kind = 'given'`},
}

// askedOf is the proposal that a question q is about, or that its programme comes of, with asked joined.
const askedOf = `coalesce(q.proposal, (SELECT j.proposal FROM programmes j WHERE j.id = coalesce(y.programme, w.programme)))`

const asked = ` LEFT JOIN change_requests y ON y.id = q.change LEFT JOIN conditions w ON w.id = q.waives`

var _ = func() bool {
	for _, j := range judgments {
		ask(Question{j.code, j.text, `SELECT DISTINCT p.ref FROM (` + j.rows + `) x(proposal, person, at)
			JOIN proposal_hands h ON h.proposal = x.proposal AND h.person = x.person AND h.at < x.at JOIN proposals p ON p.id = x.proposal`})
	}
	return true
}()

var _ = ask(
	Question{"appeals-by-another", "an appeal was decided by who made it", `
		SELECT p.ref FROM appeal_decisions d JOIN appeals a ON a.id = d.appeal JOIN screenings s ON s.id = a.screening JOIN proposals p ON p.id = s.proposal
		WHERE d.person = a.person`},
	Question{"claims-by-another", "a claim on a condition was answered by who made it", `
		SELECT s.condition::text FROM condition_steps s JOIN condition_steps c ON c.condition = s.condition AND c.n = s.n - 1 AND c.step = 'claim'
		WHERE s.step IN ('return', 'confirm') AND s.person = c.person`},
	Question{"changes-by-another", "a change was recorded by who had asked for it", `
		SELECT x.ref FROM change_requests x JOIN events e ON e.act = 'change.record' AND e.subject = x.id::text WHERE e.person = x.person`},
	Question{"found-by-another", "a report was found on by who had handed it in", `
		SELECT r.id::text FROM report_findings f JOIN reports r ON r.id = f.report JOIN report_versions v ON v.report = f.report AND v.n = f.n WHERE v.person = f.person`},
)

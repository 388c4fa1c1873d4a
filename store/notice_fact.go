package store

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// fact is what an act made of its subject, as far as anybody is told.
type fact struct {
	kind, subject string
	stage         string
	submitter     uuid.UUID
	proposal      uuid.UUID // whose team is the submitter's side
	recipient     uuid.UUID
	call          uuid.UUID    // whose drafts are concerned
	asker         uuid.UUID    // of a question about the call
	item          *domain.Item // of a question: who may not see it
	params        map[string]string
}

// fact loads what is told of the act's subject.
func (t *tx) fact() (fact, error) {
	f := fact{kind: t.subject.kind, subject: t.subject.id}
	switch t.subject.kind {
	case "call":
		return t.factOfCall(f)
	case "enquiry":
		var n, answers int
		err := t.Raw(`SELECT call, n, organisation, (SELECT count(*) FROM enquiry_answers a WHERE a.enquiry = e.id) FROM enquiries e WHERE id = ?::uuid`, f.subject).Row().
			Scan(&f.call, &n, &f.asker, &answers)
		if err != nil {
			return f, err
		}
		f.kind, f.subject = "call", f.call.String() // where it is read
		f, err = t.factOfCall(f)
		f.params["n"] = strconv.Itoa(n)
		if answers > 1 {
			f.params["corrected"] = "yes"
		}
		return f, err
	case "proposal":
		var ref, title, receipt string
		err := t.Raw(`SELECT p.id, p.ref, p.title, p.organisation, p.stage, coalesce(v.receipt, '') FROM proposals p
			LEFT JOIN proposal_versions v ON v.proposal = p.id AND v.n = p.submission WHERE p.id = ?::uuid`, f.subject).Row().
			Scan(&f.proposal, &ref, &title, &f.submitter, &f.stage, &receipt)
		f.params = map[string]string{"ref": ref, "title": title, "receipt": receipt}
		if err != nil {
			return f, err
		}
		return t.factOfAdvice(t.inReview(f))
	case "membership":
		var organisation, name string
		err := t.Raw(`SELECT m.role, o.code, o.name FROM memberships m JOIN organisations o ON o.id = m.organisation WHERE m.id = ?::uuid`, f.subject).Row().
			Scan(&f.stage, &organisation, &name)
		f.kind = "body" // where a member begins
		f.params = map[string]string{"ref": organisation, "title": name}
		return f, err
	case "paper":
		var ref, title, reference string
		err := t.Raw(`SELECT p.id::text, p.ref, p.title, x.reference, CASE WHEN c.accepted THEN 'accepted' ELSE 'refused' END FROM signed_papers x
			JOIN proposals p ON p.id = x.proposal JOIN paper_checks c ON c.paper = x.id WHERE x.id = ?::uuid`, f.subject).Row().
			Scan(&f.subject, &ref, &title, &reference, &f.stage)
		f.kind = "proposal" // where it is read
		f.params = map[string]string{"ref": ref, "title": title, "reference": reference}
		return f, err
	case "programme":
		if _, told := t.changes["year"]; told {
			return t.factOfExpenditure(f)
		}
		return t.factOfProgramme(f)
	case "expenditure":
		if err := t.Raw(`SELECT programme::text FROM expenditure_statements WHERE id = ?::uuid`, f.subject).Row().Scan(&f.subject); err != nil {
			return f, err
		}
		return t.factOfExpenditure(f)
	case "condition":
		return t.factOfCondition(f)
	case "change-request":
		var ref, code, title string
		err := t.Raw(`SELECT x.ref, x.programme::text, j.code, j.title, p.organisation, p.id FROM change_requests x JOIN programmes j ON j.id = x.programme
			JOIN proposals p ON p.id = j.proposal WHERE x.id = ?::uuid`, f.subject).Row().Scan(&ref, &f.subject, &code, &title, &f.submitter, &f.proposal)
		f.kind = "programme" // where it is read
		f.params = map[string]string{"ref": ref, "programme": code, "title": title}
		return f, err
	case "transfer-request":
		var ref, programme, title, organisation string
		err := t.Raw(`SELECT r.ref, p.code, p.title, o.code, r.organisation, r.stage FROM transfer_requests r JOIN programmes p ON p.id = r.programme
			JOIN organisations o ON o.id = r.organisation WHERE r.id = ?::uuid`, f.subject).Row().Scan(&ref, &programme, &title, &organisation, &f.recipient, &f.stage)
		f.params = map[string]string{"ref": ref, "programme": programme, "organisation": organisation, "title": title}
		if by, told := t.changes["difference"].(ledger.Money); told && !by.IsZero() {
			f.stage, f.params["difference"] = "differs", by.Text()+" "+string(by.Currency)
		}
		return f, err
	case "meeting":
		return t.factOfMeeting(f)
	case "proposed-item":
		var ref, title string
		err := t.Raw(`SELECT m.id::text, m.ref, x.title FROM proposed_items x JOIN meetings m ON m.id = x.meeting WHERE x.id = ?::uuid`, f.subject).Row().Scan(&f.subject, &ref, &title)
		f.kind = "meeting" // where it is read
		f.params = map[string]string{"ref": ref, "title": title}
		return f, err
	case "minutes":
		var ref, title, until string
		err := t.Raw(`SELECT m.ref, m.title, coalesce(to_char(c.until AT TIME ZONE 'UTC' - interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '') FROM meetings m
			LEFT JOIN minutes_circulations c ON c.meeting = m.id WHERE m.id = ?::uuid`, f.subject).Row().Scan(&ref, &title, &until)
		f.params = map[string]string{"ref": ref, "title": title, "closes": until}
		return f, err
	case "yearly-review":
		f.params = map[string]string{"ref": f.subject, "title": f.subject}
		return f, nil
	case "decision-record":
		var title string
		err := t.Raw(`SELECT title FROM decisions WHERE number = ?`, f.subject).Row().Scan(&title)
		f.kind = "decision" // where it is read; what was decided is everybody's
		f.params = map[string]string{"ref": f.subject, "number": f.subject, "title": title}
		return f, err
	case "decision":
		var question uuid.UUID
		if err := t.Raw(`SELECT question FROM decisions WHERE number = ?`, f.subject).Row().Scan(&question); err != nil {
			return f, err
		}
		return t.factOf(f, question, f.subject)
	case "question":
		question, err := uuid.Parse(f.subject)
		if err != nil {
			return f, err
		}
		if _, told := t.changes["interest"]; told {
			return t.factOfInterest(f, question)
		}
		if _, told := t.changes["mandate"]; told {
			return t.factOfMandate(f, question)
		}
		return t.factOf(f, question, "")
	}
	return f, nil
}

func (t *tx) factOfCall(f fact) (fact, error) {
	var ref, title string
	var closes time.Time
	err := t.Raw(`SELECT id, ref, title, closes_at FROM calls WHERE id = ?::uuid`, f.subject).Row().Scan(&f.call, &ref, &title, &closes)
	f.params = map[string]string{"ref": ref, "title": title, "closes": closes.UTC().Format(time.RFC3339)}
	return f, err
}

func (t *tx) factOf(f fact, question uuid.UUID, number string) (fact, error) {
	i, err := t.item(question, false)
	if err != nil {
		return f, err
	}
	f.item, f.stage = &i, string(i.State)
	f.params = map[string]string{"ref": i.Ref(), "title": i.Title, "meeting": i.Session.Ref, "number": number}
	if i.Case != nil {
		f.submitter, f.proposal, f.params["proposal"] = i.Case.Organisation, i.Case.ID, i.Case.Ref
	} else if i.Move != nil && i.Move.Standing != nil {
		f.submitter = i.Move.Standing.Applicant
	}
	if number != "" {
		f.params["ref"] = number
	}
	if w := i.Withdrawal; w != nil && w.Reason != "" {
		f.params["reason"] = w.Reason
	}
	return t.inReferendum(t.inWriting(f)), nil
}

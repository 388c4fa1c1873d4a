package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// EndorseProposal gives the owner state's word for the content of the version
// that its focal point read. Who is writing meanwhile goes on: their next save is of
// other content, for which the word does not count.
func (s *Store) EndorseProposal(ctx context.Context, by Ask, id uuid.UUID, version int, note string) (ProposalFile, error) {
	return act(ctx, s, by, "proposal.endorse", func(t *tx) (ProposalFile, error) {
		p, err := t.proposalLocked(id, version)
		if err != nil {
			return ProposalFile{}, err
		}
		given, err := t.endorsements(id)
		if err != nil {
			return ProposalFile{}, err
		}
		e, err := p.Endorse(t.by, given, note, t.now)
		if err != nil {
			return ProposalFile{}, err
		}
		t.changed("endorsed", e.Hash)
		err = t.Exec(`INSERT INTO endorsements (id, proposal, content_hash, content, state, person, note, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			uuid.New(), e.Proposal, e.Hash, string(e.Content), e.State, e.Person, e.Note, e.At).Error
		if err != nil {
			return ProposalFile{}, err
		}
		return t.proposalFile(p) // whose version is of what is written, and nobody has written
	})
}

// endorsements of a proposal, the latest last.
func (t *tx) endorsements(proposal uuid.UUID) ([]domain.Endorsement, error) {
	rows, err := t.Raw(`SELECT id, proposal, content_hash, content, state, person, paper, note, at FROM endorsements WHERE proposal = ? ORDER BY at, id`, proposal).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Endorsement
	for rows.Next() {
		var e domain.Endorsement
		var content *string
		var paper uuid.NullUUID
		if err := rows.Scan(&e.ID, &e.Proposal, &e.Hash, &content, &e.State, &e.Person, &paper, &e.Note, &e.At); err != nil {
			return nil, err
		}
		if e.Paper = paper.UUID; content != nil {
			e.Content = []byte(*content)
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// grounds gathers what a proposal is judged by: its call, the call's charter, the
// organisations it names and the endorsements it has.
func (t *tx) grounds(call, proposal uuid.UUID, c domain.Content) (g domain.Case, err error) {
	if g.Call, err = t.call(call, ""); err != nil {
		return g, err
	}
	if g.Charter, err = t.charterOf(g.Call.CharterVersion); err != nil {
		return g, err
	}
	names, err := t.named(c.Organisations()...)
	if err != nil {
		return g, err
	}
	g.Kinds, g.Codes, g.Merged = kindsOf(names), codesOf(names), map[uuid.UUID]string{}
	for id, n := range names {
		if n.Merged {
			g.Merged[id] = n.Name
		}
	}
	if proposal == uuid.Nil {
		return g, nil
	}
	if g.Others, err = t.otherEntries(g.Call, proposal, c.States(), false); err != nil {
		return g, err
	}
	if g.Endorsements, err = t.endorsements(proposal); err != nil {
		return g, err
	}
	if g.SignOffs, err = t.signOffs(proposal); err != nil {
		return g, err
	}
	if g.Confirmations, err = t.confirmations(proposal); err != nil {
		return g, err
	}
	if g.Screening, err = t.finding(proposal); err != nil {
		return g, err
	}
	if g.Returned, err = t.givenBack(proposal); err != nil {
		return g, err
	}
	g.Attachments, err = t.standingAttachments(proposal)
	return g, err
}

// givenBack is when a proposal's last version was given back: by screening, as eligible,
// or by the body to be written as a document; nil where it was not.
func (t *tx) givenBack(proposal uuid.UUID) (at *time.Time, err error) {
	err = t.Raw(`SELECT max(x.at) FROM proposals p, LATERAL (
			SELECT s.at FROM screenings s WHERE s.proposal = p.id AND s.n = p.submission AND s.outcome = 'returned'
			UNION ALL SELECT r.at FROM reopenings r WHERE r.proposal = p.id AND r.n = p.submission
			UNION ALL SELECT d.adopted_at FROM decisions d WHERE d.proposal = p.id AND d.proposal_version = p.submission AND d.kind = 'pipeline') x
		WHERE p.id = ?`, proposal).Row().Scan(&at)
	return at, err
}

// named finds organisations; an id that is none's is left out.
func (t *tx) named(ids ...uuid.UUID) (map[uuid.UUID]Named, error) {
	names := map[uuid.UUID]Named{}
	if len(ids) == 0 {
		return names, nil
	}
	rows, err := t.Raw(`SELECT o.id, o.code, o.name, o.kind, `+mergedInto+` IS NOT NULL FROM organisations o WHERE o.id IN ?`, ids).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n Named
		if err := rows.Scan(&n.ID, &n.Code, &n.Name, &n.Kind, &n.Merged); err != nil {
			return nil, err
		}
		names[n.ID] = n
	}
	return names, rows.Err()
}

func kindsOf(names map[uuid.UUID]Named) map[uuid.UUID]string {
	kinds := make(map[uuid.UUID]string, len(names))
	for id, n := range names {
		kinds[id] = n.Kind
	}
	return kinds
}

// proposalFile puts together what somebody sees of a proposal.
func (t *tx) proposalFile(p domain.Proposal) (ProposalFile, error) {
	f := ProposalFile{Proposal: p}
	g, err := t.grounds(p.Call, p.ID, p.Content)
	if err != nil {
		return f, err
	}
	for _, e := range g.Endorsements {
		if e.State == p.State {
			f.Endorsement = &e
		}
	}
	f.Endorsed = p.EndorsedBy(g.Charter.Proposals, g.Endorsements)
	if p.Submission > 0 {
		v, err := t.submission(p.ID, p.Submission)
		if err != nil {
			return f, err
		}
		v.Content = nil
		f.Last = &v
		if s := g.Screening; s != nil && s.N == p.Submission && (s.Appeal == nil || s.Appeal.Decision == nil || !s.Appeal.Decision.Upheld) {
			f.Screening = s
		}
	}
	if f.Reopening, f.Change, err = t.reopened(p); err != nil {
		return f, err
	}
	f.Due = p.Due(g)
	if f.Declining, err = t.declining(p.ID); err != nil {
		return f, err
	}
	if g.Verdicts, err = t.verdicts(p); err != nil {
		return f, err
	}
	if f.Eligibility, err = t.eligibilityOf(p.ID); err != nil {
		return f, err
	}
	if f.Named, err = t.named(append(p.Organisations(), p.Organisation)...); err != nil {
		return f, err
	}
	seats, err := t.seatings(t.by.Hat, p.ID)
	if err != nil {
		return f, err
	}
	f.May = p.May(t.by, g, seats, t.now)
	return f, nil
}

func (t *tx) submission(proposal uuid.UUID, n int) (domain.Submission, error) {
	v := domain.Submission{N: n}
	var content string
	var reason, reference, document *string
	var person uuid.NullUUID
	err := t.Raw(`SELECT v.content, v.content_hash, v.receipt, v.late, v.at, b.reason, b.reference, b.document_hash, b.person FROM proposal_versions v
		LEFT JOIN submissions_on_behalf b ON b.proposal = v.proposal AND b.n = v.n WHERE v.proposal = ? AND v.n = ?`, proposal, n).Row().
		Scan(&content, &v.Hash, &v.Receipt, &v.Late, &v.At, &reason, &reference, &document, &person)
	v.Content = []byte(content)
	if reason != nil {
		v.Behalf = &domain.Behalf{Reason: *reason, Reference: *reference, DocumentHash: *document, Person: person.UUID, At: v.At}
	}
	return v, missing(err)
}

func codesOf(names map[uuid.UUID]Named) map[uuid.UUID]string {
	codes := make(map[uuid.UUID]string, len(names))
	for id, n := range names {
		codes[id] = n.Code
	}
	return codes
}

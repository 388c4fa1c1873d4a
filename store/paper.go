package store

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain"
)

// EndorsementFile is what states, partners and the Resident Coordinator have said to
// a proposal, beside what it says now.
type EndorsementFile struct {
	Hash          []byte // of the content now
	Asked         int    // how many owner states must have endorsed
	States        []StateStanding
	SignedOff     bool
	SignOffAsked  bool
	PartsAsked    bool
	Parts         []PartStanding
	Papers        []PaperRecord // the latest first
	Named         map[uuid.UUID]Named
	May           []string
	EndorsesState uuid.UUID // for which by can endorse now
}

// StateStanding is where one owner state stands: its latest endorsement, of whatever
// content.
type StateStanding struct {
	State       uuid.UUID
	Endorsed    bool
	Endorsement *domain.Endorsement
}

// PartStanding is where one participating organisation stands.
type PartStanding struct {
	Organisation uuid.UUID
	Confirmed    bool
	Last         *domain.Confirmation
}

// PaperRecord is a paper with the words that people know its proposal and people by.
type PaperRecord struct {
	domain.Paper
	Ref, Title, By, Checker string
	StateName               string
	Scan                    uuid.UUID // the attachment; Nil before it is named
	May                     []string
}

// Endorsements shows them.
func (s *Store) Endorsements(ctx context.Context, by domain.Actor, id uuid.UUID) (EndorsementFile, error) {
	return read(ctx, s, by, func(t *tx) (EndorsementFile, error) {
		p, err := t.proposal(id, "")
		if err != nil {
			return EndorsementFile{}, err
		}
		return t.endorsementFile(p)
	})
}

func (t *tx) endorsementFile(p domain.Proposal) (f EndorsementFile, err error) {
	g, err := t.grounds(p.Call, p.ID, p.Content)
	if err != nil {
		return f, err
	}
	rules := g.Charter.Proposals
	_, f.Hash = p.ContentNow()
	f.SignOffAsked, f.PartsAsked, f.SignedOff = rules.SignedOff.Value, rules.PartsConfirmed.Value, p.SignedOff(g.SignOffs)
	states := p.States()
	if rules.EndorsementRequired.Value {
		f.Asked = rules.Endorsing(len(states))
	}
	for _, state := range states {
		x := StateStanding{State: state, Endorsed: p.EndorsedFor(state, g.Endorsements)}
		for _, e := range g.Endorsements {
			if e.State == state {
				x.Endorsement = &e
			}
		}
		f.States = append(f.States, x)
	}
	for _, share := range p.Shares {
		if share.Organisation == uuid.Nil || share.Organisation == p.Organisation {
			continue
		}
		x := PartStanding{Organisation: share.Organisation, Confirmed: p.Confirmed(share.Organisation, g.Confirmations)}
		for _, c := range g.Confirmations {
			if c.Organisation == share.Organisation {
				x.Last = &c
			}
		}
		f.Parts = append(f.Parts, x)
	}
	if f.Papers, err = t.papers(`x.proposal = ? ORDER BY x.at DESC, x.id`, p.ID); err != nil {
		return f, err
	}
	if f.Named, err = t.named(append(p.Organisations(), p.Organisation)...); err != nil {
		return f, err
	}
	if f.May = p.MayEndorse(t.by, g); slices.Contains(f.May, "proposal.endorse") {
		f.EndorsesState = t.by.Hat.Organisation
	}
	return f, nil
}

func (t *tx) papers(condition string, args ...any) (list []PaperRecord, err error) {
	rows, err := t.Raw(`SELECT x.id, x.proposal, x.kind, x.state, x.content_hash, x.content, x.signer, x.title, x.body, x.signed_on, x.reference, x.document_hash,
			x.person, x.at, p.ref, p.title, w.name, coalesce(o.name, ''), c.accepted, c.reason, c.person, c.at, coalesce(cw.name, ''), scan.id, scan.here IS NOT NULL
		FROM signed_papers x JOIN proposals p ON p.id = x.proposal JOIN persons w ON w.id = x.person LEFT JOIN organisations o ON o.id = x.state
		LEFT JOIN paper_checks c ON c.paper = x.id LEFT JOIN persons cw ON cw.id = c.person`+scanOf("paper", "x.id")+`WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var x PaperRecord
		var state, scan uuid.NullUUID
		var content string
		var c finding
		if err := rows.Scan(&x.ID, &x.Proposal, &x.Kind, &state, &x.Hash, &content, &x.Signer.Name, &x.Signer.Title, &x.Signer.Body, &x.SignedOn, &x.Reference,
			&x.DocumentHash, &x.Person, &x.At, &x.Ref, &x.Title, &x.By, &x.StateName, &c.accepted, &c.reason, &c.person, &c.at, &x.Checker, &scan, &x.Scanned); err != nil {
			return nil, err
		}
		x.State, x.Content, x.Scan, x.Check = state.UUID, []byte(content), scan.UUID, c.check()
		list = append(list, x)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	teams, err := t.teamsOf(list)
	for i, x := range list {
		list[i].May = x.Paper.May(t.by, teams[x.Proposal])
	}
	return list, err
}

// teamsOf are the proposals of papers, by id: what they are called, and who works on them.
func (t *tx) teamsOf(papers []PaperRecord) (map[uuid.UUID]domain.Proposal, error) {
	known := map[uuid.UUID]domain.Proposal{}
	for _, x := range papers {
		known[x.Proposal] = domain.Proposal{ID: x.Proposal, Ref: x.Ref}
	}
	list := slices.Collect(maps.Values(known))
	err := t.withTeams(list)
	for _, p := range list {
		known[p.ID] = p
	}
	return known, err
}

// mostPapers bounds what is listed of papers that wait.
const mostPapers = 200

// WaitingPapers are those that nobody has checked yet, the oldest first.
func (s *Store) WaitingPapers(ctx context.Context, by domain.Actor) ([]PaperRecord, error) {
	return read(ctx, s, by, func(t *tx) ([]PaperRecord, error) {
		return t.papers(`c.paper IS NULL ORDER BY x.at, x.id LIMIT ?`, mostPapers)
	})
}

// UploadPaper takes in the scan of a signed paper for what a proposal says now.
func (s *Store) UploadPaper(ctx context.Context, by Ask, id uuid.UUID, x domain.Paper, named string) (EndorsementFile, error) {
	return act(ctx, s, by, "paper.upload", func(t *tx) (EndorsementFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return EndorsementFile{}, err
		}
		x, err := p.TakePaper(t.by, x, named, t.today(), t.now)
		if err != nil {
			return EndorsementFile{}, err
		}
		t.changed("paper", string(x.Kind))
		t.changed("content", x.Hash)
		if err := t.Exec(`INSERT INTO signed_papers (id, proposal, kind, state, content_hash, content, signer, title, body, signed_on, reference, document_hash, person, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, uuid.New(), id, string(x.Kind), orNull(x.State), x.Hash, string(x.Content), x.Signer.Name, x.Signer.Title,
			x.Signer.Body, x.SignedOn, x.Reference, x.DocumentHash, x.Person, x.At).Error; err != nil {
			return EndorsementFile{}, err
		}
		return t.endorsementFile(p)
	})
}

// CheckPaper keeps the secretariat's finding; a state's paper that is accepted is an
// endorsement of the content that it names.
func (s *Store) CheckPaper(ctx context.Context, by Ask, paper uuid.UUID, accepted bool, reason string) (PaperRecord, error) {
	return act(ctx, s, by, "paper.check", func(t *tx) (PaperRecord, error) {
		t.on("paper", paper)
		if err := t.lockPaper(paper); err != nil {
			return PaperRecord{}, err
		}
		x, err := t.paper(paper)
		if err != nil {
			return PaperRecord{}, err
		}
		teams, err := t.teamsOf([]PaperRecord{x})
		if err != nil {
			return PaperRecord{}, err
		}
		c, err := x.CheckedBy(t.by, teams[x.Proposal], accepted, reason, t.now)
		if err != nil {
			return PaperRecord{}, err
		}
		t.concerned = x.Person
		t.changed("accepted", c.Accepted)
		t.changed("proposal", x.Ref)
		if err := t.Exec(`INSERT INTO paper_checks (paper, accepted, reason, person, at) VALUES (?, ?, ?, ?, ?)`, paper, c.Accepted, c.Reason, c.Person, c.At).Error; err != nil {
			return PaperRecord{}, err
		}
		if c.Accepted && x.Kind == domain.EndorsementPaper {
			if err := t.Exec(`INSERT INTO endorsements (id, proposal, content_hash, content, state, person, paper, note, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (proposal, content_hash, state) DO NOTHING`, uuid.New(), x.Proposal, x.Hash, string(x.Content), x.State, t.by.Person, paper, x.Reference, t.now).Error; err != nil {
				return PaperRecord{}, err
			}
		}
		return t.paper(paper)
	})
}

func (t *tx) paper(id uuid.UUID) (PaperRecord, error) {
	return only(t.papers(`x.id = ?`, id))
}

// lockPaper holds a paper for one act at a time.
func (t *tx) lockPaper(id uuid.UUID) error {
	return t.Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 0))`, "paper:"+id.String()).Error
}

// EndorsedContent is the content that an endorsement was given for, where it was kept.
func (s *Store) EndorsedContent(ctx context.Context, by domain.Actor, id, endorsement uuid.UUID) ([]byte, error) {
	return read(ctx, s, by, func(t *tx) ([]byte, error) {
		if _, err := t.proposal(id, ""); err != nil {
			return nil, err
		}
		var content string
		err := t.Raw(`SELECT content FROM endorsements WHERE id = ? AND proposal = ? AND content IS NOT NULL`, endorsement, id).Row().Scan(&content)
		return []byte(content), missing(err)
	})
}

// ConfirmPart keeps a participating organisation's word for its part.
func (s *Store) ConfirmPart(ctx context.Context, by Ask, id uuid.UUID, note string) (EndorsementFile, error) {
	return act(ctx, s, by, "proposal.confirm", func(t *tx) (EndorsementFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return EndorsementFile{}, err
		}
		given, err := t.confirmations(id)
		if err != nil {
			return EndorsementFile{}, err
		}
		c, err := p.Confirm(t.by, given, note, t.now)
		if err != nil {
			return EndorsementFile{}, err
		}
		t.changed("confirmed", c.Amount)
		if err := t.Exec(`INSERT INTO part_confirmations (id, proposal, organisation, amount, person, note, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			uuid.New(), id, c.Organisation, c.Amount, c.Person, c.Note, c.At).Error; err != nil {
			return EndorsementFile{}, err
		}
		return t.endorsementFile(p)
	})
}

func (t *tx) confirmations(proposal uuid.UUID) (list []domain.Confirmation, err error) {
	rows, err := t.Raw(`SELECT organisation, amount, person, note, at FROM part_confirmations WHERE proposal = ? ORDER BY at, id`, proposal).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c domain.Confirmation
		if err := rows.Scan(&c.Organisation, &c.Amount, &c.Person, &c.Note, &c.At); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func (t *tx) signOffs(proposal uuid.UUID) (list []domain.SignOff, err error) {
	rows, err := t.Raw(`SELECT x.id, x.content_hash FROM signed_papers x JOIN paper_checks c ON c.paper = x.id AND c.accepted
		WHERE x.proposal = ? AND x.kind = 'sign-off'`, proposal).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s domain.SignOff
		if err := rows.Scan(&s.Paper, &s.Hash); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

var _ = ask(
	Question{"papers-are-checked-by-another", "a signed paper was checked by who brought it", `
		SELECT x.id::text FROM signed_papers x JOIN paper_checks c ON c.paper = x.id WHERE c.person = x.person`},
	Question{"paper-endorsements-are-checked", "an endorsement stands on a paper that was not accepted, or names other content than it", `
		SELECT e.id::text FROM endorsements e JOIN signed_papers x ON x.id = e.paper LEFT JOIN paper_checks c ON c.paper = x.id
		WHERE c.accepted IS NOT TRUE OR x.content_hash <> e.content_hash OR x.state <> e.state OR x.proposal <> e.proposal`},
	Question{"endorsed-contents-match", "the content kept with an endorsement or a paper is not what was hashed", `
		SELECT id::text FROM endorsements WHERE content IS NOT NULL AND sha256(convert_to(content, 'UTF8')) <> content_hash
		UNION ALL SELECT id::text FROM signed_papers WHERE sha256(convert_to(content, 'UTF8')) <> content_hash`},
	Question{"replaced-means-over", "a focal point who was replaced still endorses on the day the other begins", `
		SELECT a.membership::text FROM accreditations a JOIN memberships n ON n.id = a.membership JOIN memberships f ON f.id = a.replaces
		WHERE f.term @> lower(n.term) OR f.organisation <> a.state OR n.organisation <> a.state`},
)

package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// ScoreSheet is what somebody sees of the scores of a proposal's last submission.
type ScoreSheet struct {
	Version int                // of the submission
	From    int                // scores of this submission or a later one count
	Blind   bool               // others may have scored; shown once one's own is in
	Earlier []domain.Score     // each seat's last about an earlier submission that said something else; they count for nothing
	Second  *domain.ScoreRound // the second round, where one is open
	Awaits  bool               // others may have scored again; shown once one's own second score is in
	TotalBy charter.Total
	domain.Assessment
	Concord domain.Concordance
	TooFew  int // comparisons from which how near the assessors are is said
	May     []string
}

// SubmitScore keeps a member's assessment of the submission under review, which is
// version, the one that she read.
func (s *Store) SubmitScore(ctx context.Context, by Ask, proposal uuid.UUID, version int, points map[string]domain.Points, comment string) (domain.Score, error) {
	return act(ctx, s, by, "score.submit", func(t *tx) (domain.Score, error) {
		p, err := t.proposalLocked(proposal, 0)
		if err != nil {
			return domain.Score{}, err
		}
		rules, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return domain.Score{}, err
		}
		declared, err := t.declared(p.ID, t.by.Hat.Organisation, t.by.Person)
		if err != nil {
			return domain.Score{}, err
		}
		if p.Hides(t.by, rules, declared) {
			return domain.Score{}, domain.ErrMissing // as it is to whoever reads
		}
		seats, err := t.seatings(t.by.Hat, p.ID)
		if err != nil {
			return domain.Score{}, err
		}
		all, err := t.scores(p, rules)
		if err != nil {
			return domain.Score{}, err
		}
		rounds, err := t.rounds(p.ID)
		if err != nil {
			return domain.Score{}, err
		}
		given, _ := p.Counted(all)
		score, err := p.Score(t.by, seats, rules, rounds, given, version, points, comment, t.now)
		if err != nil {
			return domain.Score{}, err
		}
		t.changed("seat", score.Seat)
		t.changed("n", score.N)
		t.changed("round", score.Round)
		return score, t.keepScore(score)
	})
}

// Scores shows as many of the scores of a proposal's last submission as the actor
// may see now.
func (s *Store) Scores(ctx context.Context, by domain.Actor, proposal uuid.UUID) (ScoreSheet, error) {
	return read(ctx, s, by, func(t *tx) (ScoreSheet, error) {
		p, err := t.proposal(proposal, "")
		if err != nil {
			return ScoreSheet{}, err
		}
		return t.scoreSheet(p)
	})
}

func (t *tx) scoreSheet(p domain.Proposal) (ScoreSheet, error) {
	rules, err := t.charterOf(p.CharterVersion)
	if err != nil {
		return ScoreSheet{}, err
	}
	call, err := t.call(p.Call, "")
	if err != nil {
		return ScoreSheet{}, err
	}
	seats, err := t.seatings(t.by.Hat, p.ID)
	if err != nil {
		return ScoreSheet{}, err
	}
	all, err := t.scores(p, rules)
	if err != nil {
		return ScoreSheet{}, err
	}
	rounds, err := t.rounds(p.ID)
	if err != nil {
		return ScoreSheet{}, err
	}
	counted, before := p.Counted(all)
	seen, blind, err := p.ScoresFor(t.by, seats, counted, rules)
	if err != nil {
		return ScoreSheet{}, err
	}
	by := call.Sheet(rules)
	sheet := ScoreSheet{Version: p.Submission, From: p.AssessedFrom, Blind: blind, TotalBy: by.Total.Value, TooFew: by.TooFew.Value, Assessment: domain.Assess(seen, by)}
	if sheet.Second = p.Second(rounds); sheet.Second != nil && !blind {
		sheet.Awaits = p.AwaitsSecond(t.by, counted, rules)
	}
	if sheet.Concord = domain.Concord(sheet.Scores, by); p.MaySecondRound(t.by, rounds, counted, rules) {
		sheet.May = []string{"score.second-round"}
	}
	if t.by.Hat.Role == domain.Member && p.MayScore(t.by, seats, rules, rounds, counted) {
		sheet.May = append(sheet.May, "score.submit")
	}
	for n := p.AssessedFrom - 1; n > 0; n-- {
		of := slices.DeleteFunc(slices.Clone(before), func(s domain.Score) bool { return s.Version != n })
		if of, _, err = p.ScoresFor(t.by, seats, of, rules); err != nil {
			return ScoreSheet{}, err
		}
		sheet.Earlier = append(sheet.Earlier, domain.Assess(of, by).Scores...)
	}
	return sheet, nil
}

// AssessmentFile is an eligible proposal as one assessor has it before her.
type AssessmentFile struct {
	ProposalFile
	Scored    bool                   // the seat's own score of this submission is in
	LastDay   *time.Time             // where the seat is asked to assess it: on which it is still in time
	Interests []charter.InterestKind // what keeps the hat's organisation from judging it
}

// mostAssessed bounds the list of what is to be assessed: more than a round has.
const mostAssessed = 500

// Assessments lists the eligible proposals, by ref, and where the actor's seat
// stands with each; what an interest takes out of sight is in no list.
func (s *Store) Assessments(ctx context.Context, by domain.Actor) ([]AssessmentFile, error) {
	return read(ctx, s, by, func(t *tx) ([]AssessmentFile, error) {
		list, err := t.proposals(`p.stage = 'eligible' ORDER BY p.ref LIMIT ?`, mostAssessed)
		if err != nil {
			return nil, err
		}
		var files []AssessmentFile
		for _, p := range list {
			rules, err := t.charterOf(p.CharterVersion)
			if err != nil {
				return nil, err
			}
			declared, err := t.declared(p.ID, by.Hat.Organisation, by.Person)
			if err != nil {
				return nil, err
			}
			if p.Hides(by, rules, declared) {
				continue
			}
			f, err := t.proposalFile(p)
			if err != nil {
				return nil, err
			}
			seats, err := t.seatings(by.Hat, p.ID)
			if err != nil {
				return nil, err
			}
			due, err := t.assessedBy(p.ID)
			if err != nil {
				return nil, err
			}
			file := AssessmentFile{ProposalFile: f, Interests: p.Recusals(by.Hat.Organisation, rules)}
			if due != nil {
				last := rules.Day(due.Add(-1))
				file.LastDay = &last
			}
			for _, seat := range seats[:min(1, len(seats))] {
				file.Interests = append(file.Interests, seat.Recusals(rules)...)
			}
			if err := t.Raw(`SELECT EXISTS (SELECT FROM scores WHERE proposal = ? AND version BETWEEN ? AND ? AND organisation = ?)`,
				p.ID, p.AssessedFrom, p.Submission, by.Hat.Organisation).Row().Scan(&file.Scored); err != nil {
				return nil, err
			}
			files = append(files, file)
		}
		return files, nil
	})
}

// seatings are the seats that the hat's organisation holds today, where the hat is
// of the body, with its interests on record in the proposal.
func (t *tx) seatings(hat domain.Hat, proposal uuid.UUID) ([]domain.Seating, error) {
	if hat.Role != domain.Member && hat.Role != domain.Coordinator {
		return nil, nil
	}
	declared, err := t.declared(proposal, hat.Organisation, t.by.Person)
	if err != nil {
		return nil, err
	}
	rows, err := t.Raw(`SELECT s.id, s.name, s.constituency, h.organisation FROM seat_terms h JOIN seats s ON s.id = h.seat
		WHERE h.organisation = ? AND h.term @> ?::date AND (s.constituency = ?) = ? ORDER BY s.name`,
		hat.Organisation, t.today(), domain.ChairConstituency, hat.Role == domain.Coordinator).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Seating
	for rows.Next() {
		s := domain.Seating{Declared: declared}
		if err := rows.Scan(&s.Seat, &s.Name, &s.Constituency, &s.Organisation); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// bindsNoOther is that an interest i is not another person's own (domain: personal).
const bindsNoOther = `(i.kind <> 'personal' OR i.source NOT IN ('declared', 'standing') OR i.person = ?)`

// declared are the interests that an organisation, or one of its persons, has put on record
// in a proposal, on any agenda, or declared once for all that it touches.
func (t *tx) declared(proposal, organisation, person uuid.UUID) (kinds []charter.InterestKind, err error) {
	ours, err := t.kinOf(organisation)
	if err != nil {
		return nil, err
	}
	err = t.Raw(`SELECT DISTINCT i.kind FROM interests_now i JOIN questions q ON q.id = i.question
		WHERE q.proposal = ? AND i.organisation IN ? AND i.source <> ? AND `+bindsNoOther+` ORDER BY i.kind`, proposal, ours, domain.InterestFound, person).Scan(&kinds).Error
	if err != nil {
		return nil, err
	}
	err = t.standingIn([]uuid.UUID{proposal}, ours, func(_, _ uuid.UUID, x domain.StandingInterest) {
		if x.Binds(person) && !slices.Contains(kinds, x.Kind) {
			kinds = append(kinds, x.Kind)
		}
	})
	return kinds, err
}

type keptPoints struct {
	Points *int   `json:"points"`
	Reason string `json:"reason"`
}

func (t *tx) keepScore(s domain.Score) error {
	kept := make(map[string]keptPoints, len(s.Points))
	for key, p := range s.Points {
		kept[key] = keptPoints(p)
	}
	b, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return t.Exec(`INSERT INTO scores (proposal, version, seat, n, round, organisation, person, points, total, comment, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)`, s.Proposal, s.Version, s.Seat, s.N, s.Round, s.Organisation, s.Person, string(b), s.Total, s.Comment, s.At).Error
}

func (t *tx) scoreRows(proposal uuid.UUID) ([]domain.Score, error) {
	rows, err := t.Raw(`SELECT c.proposal, c.version, c.seat, s.name, c.n, c.round, c.organisation, c.person, c.points, c.total, c.comment, c.at
		FROM scores c JOIN seats s ON s.id = c.seat WHERE c.proposal = ? ORDER BY s.name, c.version, c.n`, proposal).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Score
	for rows.Next() {
		var s domain.Score
		var points []byte
		if err := rows.Scan(&s.Proposal, &s.Version, &s.Seat, &s.SeatName, &s.N, &s.Round, &s.Organisation, &s.Person, &points, &s.Total, &s.Comment, &s.At); err != nil {
			return nil, err
		}
		var kept map[string]keptPoints
		if err := json.Unmarshal(points, &kept); err != nil {
			return nil, err
		}
		s.Points = make(map[string]domain.Points, len(kept))
		for key, p := range kept {
			s.Points[key] = domain.Points(p)
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

var _ = ask(
	Question{"scores-are-nobodys-own", "a score is of the proposal's own state or submitter", `
		SELECT p.ref || ' by ' || o.code FROM scores s JOIN proposals p ON p.id = s.proposal JOIN organisations o ON o.id = s.organisation
		JOIN proposal_versions v ON v.proposal = s.proposal AND v.n = s.version
		WHERE s.organisation = p.organisation OR s.organisation::text = v.content::jsonb->>'state'`},
	Question{"scores-come-from-seats", "a score came from an organisation that did not hold the seat that day", `
		SELECT p.ref || ' ' || s.seat::text FROM scores s JOIN proposals p ON p.id = s.proposal JOIN charters c ON c.version = p.charter_version
		WHERE NOT EXISTS (SELECT FROM seat_terms h WHERE h.seat = s.seat AND h.organisation = s.organisation
			AND h.term @> (s.at AT TIME ZONE c.time_zone)::date)`},
	Question{"scores-follow-screening", "a score is of a submission that was not found eligible", `
		SELECT p.ref FROM scores s JOIN proposals p ON p.id = s.proposal
		WHERE NOT EXISTS (SELECT FROM screenings f WHERE f.proposal = s.proposal AND f.n = s.version AND f.outcome = 'eligible' AND f.at <= s.at)`},
)

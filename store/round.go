package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

func init() { promises["one_second_round_a_version"] = domain.ErrSecondRoundOpen }

// OpenSecondRound lets assessors score a proposal again, with the reason. It shows
// what the actor sees of the scores then.
func (s *Store) OpenSecondRound(ctx context.Context, by Ask, proposal uuid.UUID, reason string) (ScoreSheet, error) {
	return act(ctx, s, by, "score.second-round", func(t *tx) (none ScoreSheet, err error) {
		p, err := t.proposalLocked(proposal, 0)
		if err != nil {
			return none, err
		}
		rules, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return none, err
		}
		declared, err := t.declared(p.ID, t.by.Hat.Organisation, t.by.Person)
		if err != nil {
			return none, err
		}
		if p.Hides(t.by, rules, declared) {
			return none, domain.ErrMissing
		}
		all, err := t.scores(p, rules)
		if err != nil {
			return none, err
		}
		rounds, err := t.rounds(p.ID)
		if err != nil {
			return none, err
		}
		given, _ := p.Counted(all)
		r, err := p.SecondRound(t.by, rounds, given, rules, reason, t.now)
		if err != nil {
			return none, err
		}
		t.changed("version", r.Version)
		t.changed("due", *r.Due)
		if err := t.Exec(`INSERT INTO score_rounds (proposal, version, reason, person, at, due_at) VALUES (?, ?, ?, ?, ?, ?)`,
			r.Proposal, r.Version, r.Reason, r.Person, r.At, r.Due).Error; err != nil {
			return none, err
		}
		return t.scoreSheet(p)
	})
}

// rounds are the second rounds that were ever opened for a proposal.
func (t *tx) rounds(proposal uuid.UUID) (list []domain.ScoreRound, err error) {
	err = t.each(`SELECT proposal, version, reason, person, at, due_at FROM score_rounds WHERE proposal = ? ORDER BY version`, func(scan func(...any) error) error {
		var r domain.ScoreRound
		err := scan(&r.Proposal, &r.Version, &r.Reason, &r.Person, &r.At, &r.Due)
		list = append(list, r)
		return err
	}, proposal)
	return list, err
}

// ScoringHabits are how seats scored the proposals of a call that the actor has in sight.
type ScoringHabits struct {
	TooFew int
	Seats  map[uuid.UUID]domain.Habit
}

// Habits shows them beside scores; they are applied to nothing.
func (s *Store) Habits(ctx context.Context, by domain.Actor, call uuid.UUID) (ScoringHabits, error) {
	return read(ctx, s, by, func(t *tx) (h ScoringHabits, err error) {
		c, err := t.call(call, "")
		if err != nil {
			return h, err
		}
		rules, err := t.judgedUnder(c)
		if err != nil {
			return h, err
		}
		h.TooFew = rules.Scoring.TooFew.Value
		h.Seats, err = t.habits(c, rules)
		return h, err
	})
}

var _ = ask(
	Question{"second-scores-are-of-a-round", "a score of the second round was given before one was opened for what it judges", `
		SELECT p.ref || ' ' || s.seat::text || '/' || s.n FROM scores s JOIN proposals p ON p.id = s.proposal
		WHERE s.round = 2 AND NOT EXISTS (SELECT FROM score_rounds r WHERE r.proposal = s.proposal AND r.version <= s.version AND r.at <= s.at)`},
	Question{"second-rounds-follow-scores", "a second round was opened of what nobody had scored", `
		SELECT p.ref FROM score_rounds r JOIN proposals p ON p.id = r.proposal
		WHERE NOT EXISTS (SELECT FROM scores s WHERE s.proposal = r.proposal AND s.version <= r.version AND s.at <= r.at)`},
)

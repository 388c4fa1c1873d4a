package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// CallFile is a call as somebody sees it now.
type CallFile struct {
	domain.Call
	State   domain.CallState
	Score   charter.Total       // what assessors' totals come to, by the call or else by its charter
	Late    charter.LateEntries // what becomes of late entries, by the call or else by its charter
	Waiting int                 // questions about it that nobody answered yet; told to the secretariat alone
	May     []string            // acts that the domain would not refuse; policy has its own say
}

// CreateCall begins the draft of a call, under the charter in force. as may be
// incomplete.
func (s *Store) CreateCall(ctx context.Context, by Ask, as domain.Call) (CallFile, error) {
	return act(ctx, s, by, "call.create", func(t *tx) (CallFile, error) {
		c, err := domain.Call{ID: uuid.New(), Version: 1, CreatedAt: t.now}.Draw(as, t.charter)
		if err != nil {
			return CallFile{}, err
		}
		year := t.today().Year()
		n, err := t.next(domain.CallRef(year, 0)[:len("CALL-2026")])
		if err != nil {
			return CallFile{}, err
		}
		c.Ref = domain.CallRef(year, n)
		t.on("call", c.ID)
		t.changed("ref", c.Ref)
		err = t.Exec(`INSERT INTO calls (id, ref, title, text, areas, currency, charter_version, version, created_at) VALUES (?, ?, '', '', '{}', ?, ?, 0, ?)`,
			c.ID, c.Ref, string(t.currency()), c.CharterVersion, t.now).Error
		if err != nil {
			return CallFile{}, err
		}
		c.Version = 0
		return t.keptCall(c)
	})
}

// SaveCall replaces the draft of a call, whole.
func (s *Store) SaveCall(ctx context.Context, by Ask, id uuid.UUID, version int, as domain.Call) (CallFile, error) {
	return act(ctx, s, by, "call.save", func(t *tx) (CallFile, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return CallFile{}, err
		}
		if c, err = c.Draw(as, t.charter); err != nil {
			return CallFile{}, err
		}
		return t.keptCall(c)
	})
}

// CallLacks says for what announcing a draft would be refused now.
func (s *Store) CallLacks(ctx context.Context, by domain.Actor, id uuid.UUID) ([]problem.Problem, error) {
	return read(ctx, s, by, func(t *tx) ([]problem.Problem, error) {
		c, err := t.call(id, "")
		if err != nil || c.AnnouncedAt != nil {
			return nil, err
		}
		return c.Lacks(t.charter, t.now), nil
	})
}

// AnnounceCall makes a draft everybody's; from here on its conditions stand.
func (s *Store) AnnounceCall(ctx context.Context, by Ask, id uuid.UUID, version int) (CallFile, error) {
	return act(ctx, s, by, "call.announce", func(t *tx) (CallFile, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return CallFile{}, err
		}
		if err := c.Announce(t.charter, t.now); err != nil {
			return CallFile{}, err
		}
		t.changed("opens_at", c.OpensAt)
		t.changed("closes_at", c.ClosesAt)
		return t.keptCall(c)
	})
}

// DiscardCall gives a draft up: it is nobody's from then on, and its reason stays with
// the act. Its version moves, so that whoever waits to announce it is stale.
func (s *Store) DiscardCall(ctx context.Context, by Ask, id uuid.UUID, version int, reason string) error {
	_, err := act(ctx, s, by, "call.discard", func(t *tx) (uuid.UUID, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return id, err
		}
		if err := c.Discard(reason); err != nil {
			return id, err
		}
		t.changed("ref", c.Ref)
		t.changed("reason", reason)
		if err := t.Exec(`UPDATE calls SET version = version + 1 WHERE id = ?`, id).Error; err != nil {
			return id, err
		}
		return id, t.Exec(`INSERT INTO call_discards (call, reason, person, at) VALUES (?, ?, ?, ?)`, id, reason, t.by.Person, t.now).Error
	})
	return err
}

// ExtendCall moves a call's closing instant to a later one, for a reason that
// stands on the call.
func (s *Store) ExtendCall(ctx context.Context, by Ask, id uuid.UUID, version int, e domain.Extension) (CallFile, error) {
	return act(ctx, s, by, "call.extend", func(t *tx) (CallFile, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return CallFile{}, err
		}
		if e, err = c.Extend(e.To, e.Reason, t.now); err != nil {
			return CallFile{}, err
		}
		t.changed("closes_at", e.To)
		err = t.Exec(`INSERT INTO call_extensions (call, n, was, until, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			id, e.N, e.Was, e.To, e.Reason, t.by.Person, t.now).Error
		if err != nil {
			return CallFile{}, err
		}
		if err := t.Exec(`UPDATE calls SET closes_at = ?, version = version + 1 WHERE id = ?`, c.ClosesAt, id).Error; err != nil {
			return CallFile{}, err
		}
		c.Version++
		return t.callFile(c)
	})
}

// CorrectCall puts other words in the place of an announced call's, for a reason
// that stands on it beside what it said before.
func (s *Store) CorrectCall(ctx context.Context, by Ask, id uuid.UUID, version int, to domain.Words, reason string) (CallFile, error) {
	return act(ctx, s, by, "call.correct", func(t *tx) (CallFile, error) {
		c, err := t.callLocked(id, version)
		if err != nil {
			return CallFile{}, err
		}
		rules, err := t.charterOf(c.CharterVersion)
		if err != nil {
			return CallFile{}, err
		}
		x, err := c.Correct(to, reason, rules, t.now)
		if err != nil {
			return CallFile{}, err
		}
		t.changed("correction", x.N)
		was, err := json.Marshal(x.Was)
		if err != nil {
			return CallFile{}, err
		}
		err = t.Exec(`INSERT INTO call_corrections (call, n, was, reason, person, at) VALUES (?, ?, ?::jsonb, ?, ?, ?)`, id, x.N, string(was), x.Reason,
			t.by.Person, t.now).Error
		if err != nil {
			return CallFile{}, err
		}
		return t.keptCall(c)
	})
}

// Call shows one call.
func (s *Store) Call(ctx context.Context, by domain.Actor, id uuid.UUID) (CallFile, error) {
	return read(ctx, s, by, func(t *tx) (CallFile, error) {
		c, err := t.call(id, "")
		if err != nil {
			return CallFile{}, err
		}
		return t.callFile(c)
	})
}

// CallOf shows the call that people know by its ref.
func (s *Store) CallOf(ctx context.Context, by domain.Actor, ref string) (CallFile, error) {
	return read(ctx, s, by, func(t *tx) (CallFile, error) {
		list, err := t.calls(`c.ref = ? AND `+seenCalls(by), ref)
		if err != nil {
			return CallFile{}, err
		}
		if len(list) == 0 {
			return CallFile{}, domain.ErrMissing
		}
		return t.callFile(list[0])
	})
}

// Calls lists calls in the order of their refs.
func (s *Store) Calls(ctx context.Context, by domain.Actor, w Window) (Page[CallFile], error) {
	return read(ctx, s, by, func(t *tx) (Page[CallFile], error) {
		list, err := t.calls(`c.ref > ? AND `+seenCalls(by)+` ORDER BY c.ref LIMIT ?`, w.After, w.fetch())
		if err != nil {
			return Page[CallFile]{}, err
		}
		files := make([]CallFile, len(list))
		for i, c := range list {
			if files[i], err = t.callFile(c); err != nil {
				return Page[CallFile]{}, err
			}
		}
		return pageOf(w, files, func(f CallFile) string { return f.Ref }), nil
	})
}

// seenCalls is domain.Call.Reaches as SQL.
func seenCalls(by domain.Actor) string {
	if by.Hat.Role == domain.Secretariat {
		return "true"
	}
	return "c.announced_at IS NOT NULL"
}

func (t *tx) callFile(c domain.Call) (CallFile, error) {
	rules := t.charter // of a draft, which is judged by the rules of the day it is announced
	if c.AnnouncedAt != nil {
		var err error
		if rules, err = t.charterOf(c.CharterVersion); err != nil {
			return CallFile{}, err
		}
	}
	f := CallFile{Call: c, State: c.State(t.now), Late: c.LateEntries(rules), Score: c.Sheet(rules).Total.Value, May: c.May(t.by.Hat, t.now, rules)}
	if t.by.Hat.Role != domain.Secretariat {
		return f, nil
	}
	err := t.Raw(`SELECT count(*) FROM enquiries e WHERE e.call = ? AND NOT EXISTS (SELECT FROM enquiry_answers a WHERE a.enquiry = e.id)`, c.ID).
		Row().Scan(&f.Waiting)
	return f, err
}

// callLocked loads one for a change and names it as the act's subject.
func (t *tx) callLocked(id uuid.UUID, version int) (domain.Call, error) {
	t.on("call", id)
	c, err := t.call(id, "FOR UPDATE")
	if err == nil && c.Version != version {
		err = domain.ErrStale
	}
	return c, err
}

// call loads one within reach, locked where lock says so.
func (t *tx) call(id uuid.UUID, lock string) (domain.Call, error) {
	list, err := t.calls(`c.id = ? `+lock, id)
	if err != nil {
		return domain.Call{}, err
	}
	if len(list) == 0 {
		return domain.Call{}, domain.ErrMissing
	}
	return list[0], list[0].Reaches(t.by)
}

var _ = ask(
	Question{"entries-are-of-announced-calls", "a proposal stands in a call that was never announced", `
		SELECT p.ref FROM proposals p JOIN calls c ON c.id = p.call WHERE c.announced_at IS NULL`},
	Question{"only-drafts-are-discarded", "a call was discarded that was announced, or that something stands in", `
		SELECT c.ref FROM call_discards d JOIN calls c ON c.id = d.call WHERE c.announced_at IS NOT NULL OR EXISTS (SELECT FROM proposals p WHERE p.call = c.id)`},
	Question{"states-keep-to-their-entries", "an owner state has more entries in a call, or asks more, than the call allows", `
		SELECT c.ref || ' ' || o.code FROM calls c JOIN proposals p ON p.call = c.id AND p.submission > 0 AND p.stage NOT IN ('withdrawn', 'ineligible')
		JOIN organisations o ON o.id = ANY (array_prepend(p.state, p.other_states)) WHERE c.state_entries > 0 OR c.state_ceiling IS NOT NULL
		GROUP BY c.id, o.code HAVING c.state_entries > 0 AND count(*) > c.state_entries OR sum(p.amount) > c.state_ceiling`},
	Question{"calls-are-extended-by-acts", "a call closes at another instant than its last extension says, or its extensions do not follow one another", `
		SELECT c.ref FROM calls c JOIN (SELECT call, n, was, until, lag(until) OVER w AS before, lead(n) OVER w IS NULL AS last, row_number() OVER w AS k
			FROM call_extensions WINDOW w AS (PARTITION BY call ORDER BY n)) e ON e.call = c.id
		WHERE e.n <> e.k OR e.was <> coalesce(e.before, e.was) OR e.last AND e.until <> c.closes_at`},
	Question{"translations-are-one-a-language", "a call is translated twice into a language, or into its own", `
		SELECT c.ref FROM calls c, LATERAL (SELECT x->>'language' AS l FROM jsonb_array_elements(c.translations) x UNION ALL SELECT c.language) t
		GROUP BY c.id HAVING count(*) <> count(DISTINCT l)`},
	Question{"drafts-qualified", "a proposal was begun without an answer that its call asks for, or with one that keeps it out", `
		SELECT p.ref FROM proposals p JOIN calls c ON c.id = p.call, LATERAL jsonb_array_elements(c.eligibility) q
		WHERE NOT EXISTS (SELECT FROM eligibility_answers a WHERE a.proposal = p.id
			AND a.key = q->>'key' AND a.answer = (q->>'qualifies')::boolean)`},
)

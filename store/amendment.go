package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["charters_pkey"] = domain.ErrDraftSuperseded }

// RulesFile is a draft of the rules as its page shows it.
type RulesFile struct {
	domain.Amendment
	By       string   // who began it, by name
	Place    *Agendum // where the body deals with it, or did
	Decision string   // number, where it was adopted
}

// BeginRules begins a draft of a new version of the rules, or one that takes a version back.
func (s *Store) BeginRules(ctx context.Context, by Ask, as domain.RulesDraft) (RulesFile, error) {
	return act(ctx, s, by, "charter.draft", func(t *tx) (RulesFile, error) {
		newest, err := t.newestCharter()
		if err != nil {
			return RulesFile{}, err
		}
		d, err := domain.BeginRules(t.by, newest, as, t.now)
		if as.TakesBack != 0 {
			d, err = t.beginTakingBack(newest, as)
		}
		if err != nil {
			return RulesFile{}, err
		}
		year := t.today().Year()
		n, err := t.next(fmt.Sprintf("rules:%d", year))
		if err != nil {
			return RulesFile{}, err
		}
		d.Ref = fmt.Sprintf("RULES-%d-%03d", year, n)
		t.on("rules-draft", d.ID)
		t.changed("ref", d.Ref)
		t.changed("base", d.Base)
		if err := t.Exec(`INSERT INTO rules_drafts (id, ref, title, language, note, base, takes_back, edits, state, person, organisation, at, updated_at, version)
			VALUES (?, ?, '-', ?, '', ?, nullif(?, 0), '[]', 'draft', ?, ?, ?, ?, 0)`,
			d.ID, d.Ref, d.Language, d.Base, d.TakesBack, d.Person, orNull(d.Organisation), d.At, d.At).Error; err != nil {
			return RulesFile{}, err
		}
		return t.keptRules(d)
	})
}

// SaveRules replaces what a draft says, whole.
func (s *Store) SaveRules(ctx context.Context, by Ask, id uuid.UUID, version int, as domain.RulesDraft) (RulesFile, error) {
	return s.onRules(ctx, by, "charter.draft", id, version, func(t *tx, f RulesFile) (domain.RulesDraft, error) {
		return f.Write(as, t.now)
	})
}

// RebaseRules moves a draft to the newest version of the rules.
func (s *Store) RebaseRules(ctx context.Context, by Ask, id uuid.UUID, version int, keep, take []string) (RulesFile, error) {
	return s.onRules(ctx, by, "charter.rebase", id, version, func(t *tx, f RulesFile) (domain.RulesDraft, error) {
		d, err := f.Rebase(keep, take, t.now)
		t.changed("from", f.Base)
		t.changed("to", d.Base)
		t.changed("kept", keep)
		t.changed("taken", take)
		return d, err
	})
}

// WithdrawRules gives a draft up.
func (s *Store) WithdrawRules(ctx context.Context, by Ask, id uuid.UUID, version int) (RulesFile, error) {
	return s.onRules(ctx, by, "charter.withdraw", id, version, func(t *tx, f RulesFile) (domain.RulesDraft, error) {
		return f.Withdraw(t.now)
	})
}

func (s *Store) onRules(ctx context.Context, by Ask, name string, id uuid.UUID, version int,
	do func(*tx, RulesFile) (domain.RulesDraft, error)) (RulesFile, error) {
	return act(ctx, s, by, name, func(t *tx) (RulesFile, error) {
		t.on("rules-draft", id)
		f, err := t.rulesDraft(id, "FOR UPDATE OF r")
		if err != nil {
			return f, err
		}
		if f.Version != version {
			return f, domain.ErrStale
		}
		d, err := do(t, f)
		if err != nil {
			return f, err
		}
		return t.keptRules(d)
	})
}

// keptRules writes a draft and shows it as it is then.
func (t *tx) keptRules(d domain.RulesDraft) (RulesFile, error) {
	if err := t.saveRules(d); err != nil {
		return RulesFile{}, err
	}
	return t.rulesDraft(d.ID, "")
}

func (t *tx) saveRules(d domain.RulesDraft) error {
	wire := []wireEdit{}
	for _, e := range d.Edits {
		wire = append(wire, wireEdit(e))
	}
	edits, err := json.Marshal(wire)
	if err != nil {
		return err
	}
	var became *int
	if d.Became > 0 {
		became = &d.Became
	}
	t.changed("rules", d.Ref)
	t.changed("rules_state", string(d.State))
	return t.Exec(`UPDATE rules_drafts SET title = ?, language = ?, note = ?, base = ?, effective_from = ?, edits = ?, state = ?, updated_at = ?, became = ?, version = ? WHERE id = ?`,
		d.Title, d.Language, d.Note, d.Base, d.EffectiveFrom, string(edits), string(d.State), d.UpdatedAt, became, d.Version, d.ID).Error
}

// wireEdit is an edit as jsonb keeps it.
type wireEdit struct {
	Path   string          `json:"path"`
	Do     charter.Deed    `json:"do"`
	Value  json.RawMessage `json:"value,omitempty"`
	Source string          `json:"source,omitempty"`
	Reason string          `json:"reason,omitempty"`
}

// RulesDrafts lists the drafts within by's reach, the newest first.
func (s *Store) RulesDrafts(ctx context.Context, by domain.Actor) ([]RulesFile, error) {
	return read(ctx, s, by, func(t *tx) ([]RulesFile, error) {
		list, err := t.rulesDrafts(`true ORDER BY r.at DESC, r.id LIMIT ?`, mostTasks)
		seen := []RulesFile{}
		for _, f := range list {
			if f.Sees(t.by) {
				seen = append(seen, f)
			}
		}
		return seen, err
	})
}

// RulesDraft opens one.
func (s *Store) RulesDraft(ctx context.Context, by domain.Actor, id uuid.UUID) (RulesFile, error) {
	return read(ctx, s, by, func(t *tx) (RulesFile, error) {
		f, err := t.rulesDraft(id, "")
		if err == nil && !f.Sees(t.by) {
			err = domain.ErrMissing
		}
		return f, err
	})
}

func (t *tx) rulesDraft(id uuid.UUID, lock string) (RulesFile, error) {
	return only(t.rulesDrafts(`r.id = ? `+lock, id))
}

func (t *tx) rulesDrafts(condition string, args ...any) ([]RulesFile, error) {
	newest, err := t.newestCharter()
	if err != nil {
		return nil, err
	}
	last, err := t.lastCharter()
	if err != nil {
		return nil, err
	}
	rows, err := t.Raw(`SELECT r.id, r.ref, r.title, r.language, r.note, r.base, r.effective_from, r.edits, r.state, r.person, r.organisation, r.at, r.updated_at,
			coalesce(r.became, 0), coalesce(r.takes_back, 0), r.version, p.name,
			coalesce((SELECT d.number FROM questions q JOIN decisions d ON d.question = q.id WHERE q.rules = r.id AND r.state = 'adopted'), '')
		FROM rules_drafts r JOIN persons p ON p.id = r.person WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	var list []RulesFile
	defer rows.Close()
	for rows.Next() {
		var f RulesFile
		var organisation uuid.NullUUID
		var edits []byte
		if err := rows.Scan(&f.ID, &f.Ref, &f.Title, &f.Language, &f.Note, &f.Base, &f.EffectiveFrom, &edits, &f.State, &f.Person, &organisation, &f.At, &f.UpdatedAt,
			&f.Became, &f.TakesBack, &f.Version, &f.By, &f.Decision); err != nil {
			return nil, err
		}
		f.Organisation = organisation.UUID
		var wire []wireEdit
		if err := json.Unmarshal(edits, &wire); err != nil {
			return nil, err
		}
		for _, e := range wire {
			f.Edits = append(f.Edits, charter.Edit(e))
		}
		list = append(list, f)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for n := range list {
		f := &list[n]
		f.Today, f.Newest, f.Last = t.today(), newest, last
		if f.From, err = t.charterOf(f.Base); err != nil {
			return nil, err
		}
		if f.TakesBack != 0 {
			if f.Back, err = t.takingBack(f.From); err != nil {
				return nil, err
			}
		}
		if f.Place, f.Listed, err = t.agendumOf("rules", f.ID); err != nil {
			return nil, err
		}
		if f.Place != nil {
			f.Agenda, f.Shown = f.Place.Ref, true
		}
	}
	return list, nil
}

// amendment opens a draft as a question about it needs it; question is that question, or
// none yet.
func (t *tx) amendment(id, question uuid.UUID, toAct bool) (*domain.Amendment, error) {
	lock := ""
	if toAct {
		lock = "FOR UPDATE OF r"
	}
	f, err := t.rulesDraft(id, lock)
	if errors.Is(err, domain.ErrMissing) {
		return nil, domain.ErrUnknownWord.With("given", id.String()).At("/rules")
	}
	if err != nil {
		return nil, err
	}
	f.Listed = f.Listed && f.Place.Question != question
	return &f.Amendment, nil
}

// amend keeps the version that the body adopted; it is in force from its day.
func (t *tx) amend(a adoption) error {
	if a.Amendment.Back != nil {
		return t.takeBack(a)
	}
	d, c, document, err := a.Amendment.Adopted(a.decision, t.now)
	if err != nil {
		return err
	}
	if err := t.keepCharter(c, document, a.decision.ID); err != nil {
		return err
	}
	if err := foundSeats(t.DB, c); err != nil {
		return err
	}
	t.changed("charter", c.Version)
	return t.saveRules(d)
}

// keepCharter writes a version of the rules, with the decision that adopted it or none.
func (t *tx) keepCharter(c charter.Charter, document []byte, decision uuid.UUID) error {
	sum := sha256.Sum256(document)
	return t.Exec(`INSERT INTO charters (version, effective_from, time_zone, adopted_by, document, sha256, recorded_at, decision) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Version, c.EffectiveFrom.Format(time.DateOnly), c.Fund.TimeZone.Value.String(), c.AdoptedBy, string(document), sum[:], t.now, orNull(decision)).Error
}

// newestCharter is the last version that stands, in force yet or not.
func (t *tx) newestCharter() (charter.Charter, error) {
	var version int
	if err := t.Raw(`SELECT max(version) FROM charters_standing`).Row().Scan(&version); err != nil {
		return charter.Charter{}, err
	}
	return t.charterOf(version)
}

// lastCharter is the number of the last version that is kept, taken back or not.
func (t *tx) lastCharter() (version int, err error) {
	return version, t.Raw(`SELECT max(version) FROM charters`).Row().Scan(&version)
}

// CharterEdition is one version of the rules that is kept, as the list of them shows it.
type CharterEdition struct {
	charter.Charter
	Decision  string // number of the one that adopted it; "" of the first ones
	TakenBack string // number of the one by which it never comes into force; "" while it stands
	InForce   bool   // today
}

// CharterEditions lists the versions of the rules in the order in which they take effect,
// or were to: those that were taken back are among them.
func (s *Store) CharterEditions(ctx context.Context, by domain.Actor) ([]CharterEdition, error) {
	return read(ctx, s, by, func(t *tx) ([]CharterEdition, error) { return t.charterEditions() })
}

func (t *tx) charterEditions() ([]CharterEdition, error) {
	rows, err := t.Raw(`SELECT c.version, coalesce(d.number, ''), coalesce(x.number, '') FROM charters c LEFT JOIN decisions d ON d.id = c.decision
		LEFT JOIN charters_taken_back b ON b.version = c.version LEFT JOIN decisions x ON x.id = b.decision ORDER BY c.effective_from, c.version`).Rows()
	if err != nil {
		return nil, err
	}
	var list []CharterEdition
	defer rows.Close()
	for rows.Next() {
		var e CharterEdition
		if err := rows.Scan(&e.Version, &e.Decision, &e.TakenBack); err != nil {
			return nil, err
		}
		e.InForce = e.Version == t.charter.Version
		list = append(list, e)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for n := range list {
		if list[n].Charter, err = t.charterOf(list[n].Version); err != nil {
			return nil, err
		}
	}
	return list, nil
}

var _ = ask(
	Question{"charters-hash", "a version of the rules is not what was hashed", `
		SELECT version::text FROM charters WHERE sha256 <> sha256(convert_to(document, 'UTF8'))`},
	Question{"charters-follow", "a version of the rules takes effect before one that it follows and that stands, or a number is missing", `
		SELECT version::text FROM (SELECT version, row_number() OVER (ORDER BY version) AS place FROM charters) x WHERE version <> place
		UNION SELECT version::text FROM (SELECT version, decision, effective_from, lag(effective_from) OVER (ORDER BY version) AS before FROM charters_standing) x
			WHERE decision IS NOT NULL AND effective_from < before`},
	Question{"rules-are-decided", "a draft of the rules is adopted without its decision, or a decision kept another version", `
		SELECT r.ref FROM rules_drafts r LEFT JOIN questions q ON q.rules = r.id AND q.state = 'adopted' LEFT JOIN decisions d ON d.question = q.id
			LEFT JOIN charters c ON c.decision = d.id WHERE r.became IS DISTINCT FROM c.version`},
)

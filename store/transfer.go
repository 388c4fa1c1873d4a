package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// RequestTransfer asks for a payment to an organisation out of what a decision
// allocated to it. The organisation's share stays locked meanwhile: two requests
// at once never ask for more than is there.
func (s *Store) RequestTransfer(ctx context.Context, by Ask, programme, organisation uuid.UUID, amount ledger.Money, purpose string) (TransferFile, error) {
	return act(ctx, s, by, "transfer.request", func(t *tx) (TransferFile, error) {
		none := TransferFile{}
		id := uuid.New()
		t.on("transfer-request", id)
		basis, err := t.transferBasis(programme, organisation)
		if err != nil {
			return none, err
		}
		r, err := basis.Request(t.by, id, amount, purpose, t.now, t.today(), t.charter)
		if err != nil {
			return none, err
		}
		t.changed("ref", r.Ref)
		t.changed("amount", r.Amount)
		t.changed("stage", string(r.Stage))
		err = t.Exec(`INSERT INTO transfer_requests (id, ref, programme, organisation, decision, amount, currency, purpose, stage,
				requested_by, requested_at, charter_version, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.ID, r.Ref, r.Programme, r.Organisation, r.Decision, r.Amount.Text(), string(r.Amount.Currency), r.Purpose, string(r.Stage),
			r.Requested.Person, r.Requested.At, r.CharterVersion, r.Version).Error
		if err != nil {
			return none, err
		}
		files, err := t.transfers(`r.id = ?`, 1, false, r.ID)
		if err != nil {
			return none, err
		}
		return t.open(files[0])
	})
}

// transferBasis locks the share and then reads, in one picture, what is allocated
// and what is asked for already.
func (t *tx) transferBasis(programme, organisation uuid.UUID) (b domain.TransferBasis, err error) {
	b = domain.TransferBasis{Programme: programme, Organisation: organisation}
	locked := t.Exec(`SELECT FROM programmes WHERE id = ? FOR SHARE`, programme)
	if locked.Error == nil {
		locked = t.Exec(`SELECT FROM programme_shares WHERE programme = ? AND organisation = ? FOR UPDATE`, programme, organisation)
	}
	if locked.Error != nil {
		return b, locked.Error
	}
	if b.OrganisationCode, err = t.organisationCode(organisation, "/organisation"); err != nil {
		return b, err
	}
	var decision uuid.NullUUID
	var allocated, requested decimal.Decimal
	err = t.Raw(`SELECT p.code, coalesce(p.project_number, ''), p.state, p.decision, coalesce(d.number, ''),
			EXISTS (SELECT FROM programme_shares s WHERE s.programme = p.id AND s.organisation = o.id),
			coalesce((SELECT held FROM balances WHERE account = 'fund:allocated:' || p.code || ':' || o.code), 0),
			coalesce(sum(r.amount) FILTER (WHERE r.stage IN ('requested', 'signed', 'prepared', 'returned')), 0), count(r.id), count(r.id) FILTER (WHERE r.stage <> 'withdrawn') = 0
		FROM programmes p JOIN organisations o ON o.id = ? LEFT JOIN decisions d ON d.id = p.decision
		LEFT JOIN transfer_requests r ON r.programme = p.id AND r.organisation = o.id
		WHERE p.id = ? GROUP BY p.id, o.id, d.id`, organisation, programme).Row().
		Scan(&b.ProgrammeCode, &b.ProjectNumber, &b.State, &decision, &b.DecisionNumber, &b.Share, &allocated, &requested, &b.Before, &b.First)
	if err != nil {
		return b, missing(err)
	}
	b.Decision, b.Allocated, b.Requested = decision.UUID, ledger.New(allocated, t.currency()), ledger.New(requested, t.currency())
	b.Conditions, err = t.conditions(`c.programme = ?`, programme)
	return b, err
}

// SignTransfer is the signature of the Chair or of a delegate.
func (s *Store) SignTransfer(ctx context.Context, by Ask, id uuid.UUID, version int) (TransferFile, error) {
	return s.step(ctx, by, "transfer.sign", id, version, func(t *tx, r transferFile) (domain.TransferRequest, error) {
		return r.Sign(t.by, r.grounds, t.now)
	})
}

// PrepareTransfer is the work of one person of the agent.
func (s *Store) PrepareTransfer(ctx context.Context, by Ask, id uuid.UUID, version int) (TransferFile, error) {
	return s.step(ctx, by, "transfer.prepare", id, version, func(t *tx, r transferFile) (domain.TransferRequest, error) {
		return r.Prepare(t.by, t.now)
	})
}

// ReleaseTransfer is the release by another person, or by two, and sets the money aside.
func (s *Store) ReleaseTransfer(ctx context.Context, by Ask, id uuid.UUID, version int) (TransferFile, error) {
	return s.step(ctx, by, "transfer.release", id, version, func(t *tx, r transferFile) (domain.TransferRequest, error) {
		rules, err := t.charterOf(r.CharterVersion)
		if err != nil {
			return r.TransferRequest, err
		}
		released, v, err := r.Release(t.by, r.grounds, rules, t.now, t.today())
		if err != nil || released.Released == nil { // begun by the first of two
			return released, err
		}
		return released, t.post(v)
	})
}

// SendTransfer records that the bank was told to pay, on a day; the zero day is
// today. The payment enters the books.
func (s *Store) SendTransfer(ctx context.Context, by Ask, id uuid.UUID, version int, on time.Time) (TransferFile, error) {
	return s.step(ctx, by, "transfer.send", id, version, func(t *tx, r transferFile) (domain.TransferRequest, error) {
		if on.IsZero() {
			on = t.today()
		}
		sent, v, err := r.Send(t.by, on, t.charter, t.today())
		if err != nil {
			return sent, err
		}
		return sent, t.post(v)
	})
}

// WithdrawTransfer takes a request back before its release, or after the bank returned it.
func (s *Store) WithdrawTransfer(ctx context.Context, by Ask, id uuid.UUID, version int) (TransferFile, error) {
	return s.step(ctx, by, "transfer.withdraw", id, version, func(t *tx, r transferFile) (domain.TransferRequest, error) {
		return r.Withdraw()
	})
}

// step is one step of a request: lock it, see that it is the version that was
// read, ask the domain, write.
func (s *Store) step(ctx context.Context, by Ask, name string, id uuid.UUID, version int,
	do func(*tx, transferFile) (domain.TransferRequest, error)) (TransferFile, error) {
	return act(ctx, s, by, name, func(t *tx) (TransferFile, error) {
		none := TransferFile{}
		t.on("transfer-request", id)
		if err := t.lockParts(id); err != nil {
			return none, err
		}
		files, err := t.transfers(`r.id = ?`, 1, true, id)
		if err != nil {
			return none, err
		}
		if len(files) == 0 || !t.by.Reaches(files[0].Organisation) {
			return none, domain.ErrMissing
		}
		if files[0].Version != version {
			return none, domain.ErrStale
		}
		r, err := do(t, files[0])
		if err != nil {
			return none, err
		}
		t.changed("ref", r.Ref)
		t.changed("stage", string(r.Stage))
		if err := t.saveTransfer(r); err != nil {
			return none, err
		}
		file := files[0]
		file.TransferRequest = r
		if file.names[t.by.Person] == "" { // whose step this was
			own, err := t.namesOf(t.by.Person)
			if err != nil {
				return none, err
			}
			maps.Copy(file.names, own)
		}
		return t.open(file)
	})
}

func (t *tx) saveTransfer(r domain.TransferRequest) error {
	person := func(s *domain.Step) (*uuid.UUID, *time.Time) {
		if s == nil {
			return nil, nil
		}
		return &s.Person, &s.At
	}
	signedBy, signedAt := person(r.Signed)
	preparedBy, preparedAt := person(r.Prepared)
	begunBy, begunAt := person(r.ReleaseBegun)
	releasedBy, releasedAt := person(r.Released)
	var receivedBy, received, receivedAt, receivedOn any
	note := ""
	if c := r.Receipt; c != nil {
		receivedBy, receivedAt, receivedOn, received, note = c.Person, c.At, c.On, c.Amount.Text(), c.Note
	}
	return t.Exec(`UPDATE transfer_requests SET stage = ?, signed_by = ?, signed_at = ?, prepared_by = ?, prepared_at = ?, release_begun_by = ?, release_begun_at = ?,
			released_by = ?, released_at = ?, release_voucher = ?, sent_by = ?, sent_on = ?, transfer_voucher = ?,
			acknowledged_by = ?, acknowledged_at = ?, received_on = ?, received_amount = ?, received_note = ?, version = ? WHERE id = ?`,
		string(r.Stage), signedBy, signedAt, preparedBy, preparedAt, begunBy, begunAt, releasedBy, releasedAt, r.ReleaseVoucher, r.SentBy, r.SentOn,
		r.TransferVoucher, receivedBy, receivedAt, receivedOn, received, note, r.Version, r.ID).Error
}

// TransferFile is a request with what its release still needs and what this actor
// may do to it now.
type TransferFile struct {
	domain.TransferRequest
	Missing []string             // codes of refusals, each once
	Held    []problem.Problem    // of one not released: the conditions that hold it
	May     []string             // acts that the rules would not refuse
	Names   map[uuid.UUID]string // of the people whose steps it holds
	Tries   []domain.Try         // payments of it that did not stand
	Due     *time.Time           // by when the organisation should acknowledge it
	Two     bool                 // takes two releasers
	Tranche *domain.Tranche      // that it would be of; nil once it is released
	Before  ledger.Money         // released for the part before it
	Since   *time.Time           // since when no paper is missing; nil while one is, or once it is released
	PayBy   *time.Time           // the day by which it is then paid in time
}

// Transfer is one request within reach.
func (s *Store) Transfer(ctx context.Context, by domain.Actor, id uuid.UUID) (TransferFile, error) {
	return read(ctx, s, by, func(t *tx) (TransferFile, error) {
		files, err := t.transfers(`r.id = ?`, 1, false, id)
		if err != nil {
			return TransferFile{}, err
		}
		if len(files) == 0 || !by.Reaches(files[0].Organisation) {
			return TransferFile{}, domain.ErrMissing
		}
		return t.open(files[0])
	})
}

// Transfers lists requests within reach, by reference; stage "" is any.
func (s *Store) Transfers(ctx context.Context, by domain.Actor, stage domain.TransferStage, w Window) (Page[TransferFile], error) {
	return read(ctx, s, by, func(t *tx) (Page[TransferFile], error) {
		if stage != "" && !stage.Valid() {
			return Page[TransferFile]{}, domain.ErrUnknownWord.With("given", string(stage))
		}
		files, err := t.transfers(`r.ref > ? AND (? = '' OR r.stage = ?) AND (? OR r.organisation = ?)`, w.fetch(), false,
			w.After, string(stage), string(stage), by.Scope == domain.Any, by.Hat.Organisation)
		if err != nil {
			return Page[TransferFile]{}, err
		}
		list := make([]TransferFile, len(files))
		for i, f := range files {
			if list[i], err = t.open(f); err != nil {
				return Page[TransferFile]{}, err
			}
		}
		return pageOf(w, list, func(f TransferFile) string { return f.Ref }), nil
	})
}

func (t *tx) open(f transferFile) (TransferFile, error) {
	rules, err := t.charterOf(f.CharterVersion)
	if err != nil {
		return TransferFile{}, err
	}
	open := TransferFile{TransferRequest: f.TransferRequest, Names: f.names, May: f.TransferRequest.May(t.by, f.grounds, rules, t.now, t.today()),
		Due: f.AcknowledgedBy(rules), Two: f.ReleasedByTwo(rules),
		Before: f.grounds.Released, Since: f.Complete(f.grounds, rules), PayBy: f.ReleaseBy(f.grounds, rules)}
	if !f.Over() {
		open.Tranche = f.grounds.Tranche
	}
	if open.Tries, err = t.tries(f.ID, open.Names); err != nil {
		return open, err
	}
	for _, p := range f.TransferRequest.Missing(f.grounds, rules) {
		if !slices.Contains(open.Missing, p.Code) {
			open.Missing = append(open.Missing, p.Code)
		}
		if p.Is(domain.ErrConditionOpen) {
			open.Held = append(open.Held, p)
		}
	}
	return open, nil
}

// transferFile is a request with the grounds its release would stand on today.
type transferFile struct {
	domain.TransferRequest
	grounds domain.Grounds
	names   map[uuid.UUID]string
}

// transfers loads requests that meet the condition on r, by reference. Where they
// are locked, the grounds are what the books would say now; the books themselves
// refuse what changed since.
func (t *tx) transfers(condition string, limit int, lock bool, args ...any) ([]transferFile, error) {
	query := `SELECT r.id, r.ref, r.programme, p.code, r.organisation, o.code, r.decision, d.number, r.amount, r.purpose, r.stage,
			r.requested_by, r.requested_at, r.signed_by, r.signed_at, r.prepared_by, r.prepared_at, r.released_by, r.released_at,
			r.release_voucher, r.sent_by, r.sent_on, r.transfer_voucher, r.charter_version, r.version, p.state,
			r.release_begun_by, r.release_begun_at, r.acknowledged_by, r.acknowledged_at, r.received_on, r.received_amount, r.received_note,
			EXISTS (SELECT FROM mous m WHERE m.organisation = r.organisation AND m.in_force @> ?::date),
			coalesce((SELECT held FROM balances WHERE account = 'fund:allocated:' || p.code || ':' || o.code), 0),
			NOT EXISTS (SELECT FROM transfer_requests e WHERE e.programme = r.programme AND e.organisation = r.organisation AND e.stage <> 'withdrawn' AND e.requested_at < r.requested_at),
			(SELECT jsonb_object_agg(n.id, n.name) FROM persons n WHERE n.id IN (r.requested_by, r.signed_by, r.prepared_by, r.released_by, r.sent_by, r.release_begun_by, r.acknowledged_by))::text
		FROM transfer_requests r JOIN programmes p ON p.id = r.programme JOIN organisations o ON o.id = r.organisation
		JOIN decisions d ON d.id = r.decision WHERE ` + condition + ` ORDER BY r.ref LIMIT ?`
	if lock {
		query += ` FOR UPDATE OF r FOR SHARE OF p`
	}
	rows, err := t.Raw(query, append(append([]any{t.today()}, args...), limit)...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []transferFile
	var firsts []bool
	for rows.Next() {
		var f transferFile
		var amount, allocated decimal.Decimal
		var names string
		var first bool
		var signedBy, preparedBy, releasedBy, begunBy, ackBy *uuid.UUID
		var signedAt, preparedAt, releasedAt, begunAt, ackAt, receivedOn *time.Time
		var received decimal.NullDecimal
		var note string
		if err := rows.Scan(&f.ID, &f.Ref, &f.Programme, &f.ProgrammeCode, &f.Organisation, &f.OrganisationCode, &f.Decision, &f.DecisionNumber,
			&amount, &f.Purpose, &f.Stage, &f.Requested.Person, &f.Requested.At, &signedBy, &signedAt, &preparedBy, &preparedAt, &releasedBy,
			&releasedAt, &f.ReleaseVoucher, &f.SentBy, &f.SentOn, &f.TransferVoucher, &f.CharterVersion, &f.Version, &f.grounds.State,
			&begunBy, &begunAt, &ackBy, &ackAt, &receivedOn, &received, &note, &f.grounds.MOU, &allocated, &first, &names); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(names), &f.names); err != nil {
			return nil, err
		}
		f.Amount, f.grounds.Allocated = ledger.New(amount, t.currency()), ledger.New(allocated, t.currency())
		f.Signed, f.Prepared, f.Released = stepOf(signedBy, signedAt), stepOf(preparedBy, preparedAt), stepOf(releasedBy, releasedAt)
		f.ReleaseBegun = stepOf(begunBy, begunAt)
		if by := stepOf(ackBy, ackAt); by != nil && receivedOn != nil {
			f.Receipt = &domain.Receipt{Step: *by, On: *receivedOn, Amount: ledger.New(received.Decimal, t.currency()), Note: note}
		}
		list, firsts = append(list, f), append(firsts, first)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	if err := t.holding(list, firsts); err != nil {
		return nil, err
	}
	return list, t.tranches(list)
}

// holding finds by which conditions requests are held that are not released yet.
func (t *tx) holding(list []transferFile, first []bool) error {
	programmes := []uuid.UUID{uuid.Nil}
	for _, f := range list {
		programmes = append(programmes, f.Programme)
	}
	all, err := t.conditions(`c.blocking AND c.programme IN ?`, programmes)
	if err != nil || len(all) == 0 {
		return err
	}
	of := map[uuid.UUID][]domain.Condition{}
	for _, c := range all {
		of[c.Programme] = append(of[c.Programme], c)
	}
	for i, f := range list {
		list[i].grounds.Held = domain.Holding(of[f.Programme], first[i], t.today())
		for _, c := range of[f.Programme] {
			for _, step := range c.Steps {
				list[i].grounds.Papers = append(list[i].grounds.Papers, step.At)
			}
		}
	}
	return nil
}

// namesOf is what somebody is called, by id.
func (t *tx) namesOf(person uuid.UUID) (map[uuid.UUID]string, error) {
	var name string
	err := t.Raw(`SELECT name FROM persons WHERE id = ?`, person).Row().Scan(&name)
	return map[uuid.UUID]string{person: name}, err
}

func stepOf(person *uuid.UUID, at *time.Time) *domain.Step {
	if person == nil || at == nil {
		return nil
	}
	return &domain.Step{Person: *person, At: at.UTC()}
}

func init() {
	promises["requester_does_not_sign"] = domain.ErrOwnRequest
	promises["preparer_does_not_release"] = domain.ErrOwnPreparation
	promises["three_hands_release"] = domain.ErrOwnRelease
}

var _ = ask(
	Question{"no-transfer-without-signature", "a request was released unsigned, unprepared, or by the hand that prepared it", `
		SELECT ref FROM transfer_requests WHERE stage IN ('released', 'sent', 'acknowledged')
		AND (signed_by IS NULL OR prepared_by IS NULL OR released_by IS NULL OR prepared_by = released_by OR requested_by = signed_by)`},
	Question{"no-transfer-without-decision", "a request stands on no decision of its programme", `
		SELECT r.ref FROM transfer_requests r JOIN programmes p ON p.id = r.programme WHERE p.decision IS DISTINCT FROM r.decision`},
	Question{"no-transfer-without-mou", "a request was released on a day without the MOU in force that its charter asks for", `
		SELECT r.ref FROM transfer_requests r JOIN charters c ON c.version = r.charter_version
		WHERE r.released_at IS NOT NULL AND substring(c.document FROM 'memorandum_required:\s*value:\s*(\w+)') IS DISTINCT FROM 'false' AND NOT EXISTS (SELECT FROM mous m
			WHERE m.organisation = r.organisation AND m.in_force @> (r.released_at AT TIME ZONE c.time_zone)::date)`},
	Question{"released-as-booked", "a release and its voucher differ", `
		SELECT r.ref FROM transfer_requests r LEFT JOIN vouchers v ON v.id = r.release_voucher AND v.kind = 'release'
		WHERE (r.stage IN ('released', 'sent', 'acknowledged')) <> (v.id IS NOT NULL) OR v.id IS NOT NULL AND
			r.amount <> (SELECT coalesce(sum(amount), 0) FROM postings WHERE voucher = v.id AND taker LIKE 'fund:in-transit:%')`},
	Question{"sent-as-booked", "a payment sent and its voucher differ", `
		SELECT r.ref FROM transfer_requests r LEFT JOIN vouchers v ON v.id = r.transfer_voucher AND v.kind = 'transfer'
		WHERE (r.stage IN ('sent', 'acknowledged')) <> (v.id IS NOT NULL) OR v.id IS NOT NULL AND
			r.amount <> (SELECT coalesce(sum(amount), 0) FROM postings WHERE voucher = v.id AND taker LIKE 'organisation:held:%')`},
	Question{"transfers-have-requests", "a voucher releases or sends money that no request asked for", `
		SELECT v.number::text FROM vouchers v WHERE v.kind IN ('release', 'transfer') AND v.subject_kind = 'transfer-request'
		AND NOT EXISTS (SELECT FROM transfer_requests r WHERE v.id IN (r.release_voucher, r.transfer_voucher))
		AND NOT EXISTS (SELECT FROM transfer_tries y WHERE v.id IN (y.release_voucher, y.transfer_voucher))`},
	Question{"in-transit-is-released", "what is in transit is not what is released and not yet sent", `
		SELECT coalesce(b.account, x.account) FROM (SELECT account, held FROM balances WHERE account LIKE 'fund:in-transit:%' AND held <> 0) b
		FULL JOIN (SELECT 'fund:in-transit:' || p.code || ':' || o.code AS account, sum(r.amount) AS held
			FROM transfer_requests r JOIN programmes p ON p.id = r.programme JOIN organisations o ON o.id = r.organisation
			WHERE r.stage = 'released' GROUP BY 1) x USING (account)
		WHERE b.held IS DISTINCT FROM x.held`},
	Question{"requests-within-allocation", "open requests ask for more than is allocated", `
		SELECT p.code || ', ' || o.code FROM transfer_requests r JOIN programmes p ON p.id = r.programme JOIN organisations o ON o.id = r.organisation
		LEFT JOIN balances b ON b.account = 'fund:allocated:' || p.code || ':' || o.code
		WHERE r.stage IN ('requested', 'signed', 'prepared', 'returned')
		GROUP BY p.code, o.code, b.held HAVING sum(r.amount) > coalesce(b.held, 0)`},
)

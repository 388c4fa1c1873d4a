package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Session is somebody signed in, under one hat at a time.
type Session struct {
	ID       uuid.UUID
	Actor    domain.Actor
	Language string
}

// Session finds the one that a token opens. What has ended, by its owner, by an
// administrator or by time, is refused as domain.ErrUnsigned. A hat whose
// membership is over is no longer worn: rights end with the fact that gave them.
func (s *Store) Session(ctx context.Context, token string) (Session, error) {
	sum := sha256.Sum256([]byte(token))
	var now *time.Time
	if s.clock != nil {
		t := s.clock().UTC()
		now = &t
	}
	var out Session
	var hat, org uuid.NullUUID
	var code, role, capacity sql.NullString
	err := s.db.WithContext(ctx).Raw(`
		SELECT s.id, s.person, p.language, m.id, m.organisation, o.code, m.role, m.capacity
		FROM (SELECT coalesce(?::timestamptz, clock_timestamp()) AS at) n
		JOIN sessions s ON s.token_hash = ? AND s.ended_at IS NULL AND s.expires_at > n.at
		JOIN persons p ON p.id = s.person AND p.disabled_at IS NULL
		LEFT JOIN memberships m ON m.id = s.hat AND m.term @> n.at::date
		LEFT JOIN organisations o ON o.id = m.organisation`, now, sum[:]).Row().
		Scan(&out.ID, &out.Actor.Person, &out.Language, &hat, &org, &code, &role, &capacity)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, domain.ErrUnsigned
	}
	if err != nil {
		return Session{}, translate(err)
	}
	out.Actor.Hat = domain.Hat{Membership: hat.UUID, Organisation: org.UUID, Code: code.String,
		Role: domain.Role(role.String), Capacity: domain.Capacity(capacity.String)}
	return out, nil
}

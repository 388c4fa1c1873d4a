package api

import (
	"time"

	"github.com/google/uuid"
)

// closingStatementView is the certified final statement of an organisation, by its
// reference; "" while the books are open.
type closingStatementView struct {
	Organisation uuid.UUID `json:"organisation"`
	Code         string    `json:"code"`
	Reference    string    `json:"reference"`
}

type operationsRequest struct {
	ClosedOn string `json:"closed_on"`
	Reason   string `json:"reason"`
}

// closeOperations records that a programme's activities are over.
func (s *Server) closeOperations(a *asked) (answer, error) {
	id, in, err := onto[operationsRequest](a)
	if err != nil {
		return answer{}, err
	}
	var on time.Time
	if in.ClosedOn != "" {
		if on, err = dayAt(in.ClosedOn, "/closed_on"); err != nil {
			return answer{}, err
		}
	}
	return s.shownReporting(a)(s.Store.CloseOperations(a, a.ask, id, on, in.Reason))
}

type booksRequest struct {
	Statements map[string]string `json:"statements"` // by the organisation's code
	Reason     string            `json:"reason"`
}

// closeBooks closes a programme financially.
func (s *Server) closeBooks(a *asked) (answer, error) {
	id, in, err := onto[booksRequest](a)
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Programme(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	statements := map[uuid.UUID]string{}
	for _, share := range f.Shares {
		statements[share.Organisation] = in.Statements[share.Code]
	}
	return s.shownReporting(a)(s.Store.CloseBooks(a, a.ask, id, statements, in.Reason))
}

package api

import (
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// endorsementsView is what states, partners and the Resident Coordinator have said
// to a proposal, and of which content.
type endorsementsView struct {
	Hash    string      `json:"hash"`
	Asked   int         `json:"asked"`
	States  []stateView `json:"states"`
	SignOff signOffView `json:"sign_off"`
	Parts   partsView   `json:"parts"`
	Papers  []paperView `json:"papers"`
	May     []string    `json:"may"`
	For     *namedView  `json:"endorses_for"`
}

type stateView struct {
	State       *namedView        `json:"state"`
	Endorsed    bool              `json:"endorsed"`
	Endorsement *stateEndorsement `json:"endorsement"`
}

type stateEndorsement struct {
	ID      uuid.UUID `json:"id"`
	Hash    string    `json:"hash"`
	Kept    bool      `json:"kept"`
	OnPaper bool      `json:"on_paper"`
	Note    string    `json:"note"`
	At      time.Time `json:"at"`
}

type signOffView struct {
	Asked  bool `json:"asked"`
	Signed bool `json:"signed"`
}

type partsView struct {
	Asked bool                `json:"asked"`
	Parts []confirmedPartView `json:"parts"`
}

type confirmedPartView struct {
	Organisation *namedView `json:"organisation"`
	Confirmed    bool       `json:"confirmed"`
	At           *time.Time `json:"at"`
	Note         string     `json:"note"`
}

type paperView struct {
	ID           uuid.UUID        `json:"id"`
	Proposal     uuid.UUID        `json:"proposal"`
	Ref          string           `json:"ref"`
	ProposalName string           `json:"proposal_title"`
	Kind         domain.PaperKind `json:"kind"`
	State        string           `json:"state"`
	Hash         string           `json:"content_hash"`
	Signer       string           `json:"signer"`
	Title        string           `json:"title"`
	Body         string           `json:"body"`
	SignedOn     string           `json:"signed_on"`
	Reference    string           `json:"reference"`
	Document     string           `json:"document_hash"`
	Scan         *scanView        `json:"scan"`
	By           string           `json:"by"`
	At           time.Time        `json:"at"`
	Check        *checkView       `json:"check"`
	May          []string         `json:"may"`
}

// scanView is the paper's attachment; its content can be saved once it has arrived.
type scanView struct {
	ID      uuid.UUID `json:"id"`
	Arrived bool      `json:"arrived"`
}

type checkView struct {
	Accepted bool      `json:"accepted"`
	Reason   string    `json:"reason"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

func (s *Server) paperOf(a *asked, x store.PaperRecord) paperView {
	return paperView{x.ID, x.Proposal, x.Ref, x.Title, x.Kind, x.StateName, hex.EncodeToString(x.Hash), x.Signer.Name, x.Signer.Title, x.Signer.Body,
		x.SignedOn.Format(time.DateOnly), x.Reference, x.DocumentHash, scanOf(x.Scan, x.Scanned), x.By, x.At.UTC(), checkOf(x.Check, x.Checker), s.may(a.by, x.May)}
}

func scanOf(attachment uuid.UUID, arrived bool) *scanView {
	if attachment == uuid.Nil {
		return nil
	}
	return &scanView{attachment, arrived}
}

func checkOf(c *domain.PaperCheck, by string) *checkView {
	if c == nil {
		return nil
	}
	return &checkView{c.Accepted, c.Reason, by, c.At.UTC()}
}

func (s *Server) shownEndorsements(a *asked) func(store.EndorsementFile, error) (answer, error) {
	return func(f store.EndorsementFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		v := endorsementsView{Hash: hex.EncodeToString(f.Hash), Asked: f.Asked, States: []stateView{}, SignOff: signOffView{f.SignOffAsked, f.SignedOff},
			Parts: partsView{f.PartsAsked, []confirmedPartView{}}, Papers: []paperView{}}
		for _, x := range f.States {
			state := stateView{namedIn(f.Named, x.State), x.Endorsed, nil}
			if e := x.Endorsement; e != nil {
				state.Endorsement = &stateEndorsement{e.ID, hex.EncodeToString(e.Hash), e.Content != nil, e.Paper != uuid.Nil, e.Note, e.At.UTC()}
			}
			v.States = append(v.States, state)
		}
		for _, x := range f.Parts {
			part := confirmedPartView{namedIn(f.Named, x.Organisation), x.Confirmed, nil, ""}
			if c := x.Last; c != nil {
				at := c.At.UTC()
				part.At, part.Note = &at, c.Note
			}
			v.Parts.Parts = append(v.Parts.Parts, part)
		}
		for _, x := range f.Papers {
			v.Papers = append(v.Papers, s.paperOf(a, x))
		}
		v.May, v.For = s.may(a.by, f.May), namedIn(f.Named, f.EndorsesState)
		return shown(v)
	}
}

func (s *Server) endorsements(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownEndorsements(a)(s.Store.Endorsements(a, a.by, id))
}

// endorsedContent gives the very bytes that were endorsed.
func (s *Server) endorsedContent(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	endorsement, err := a.id("endorsement")
	if err != nil {
		return answer{}, err
	}
	content, err := s.Store.EndorsedContent(a, a.by, id, endorsement)
	if err != nil {
		return answer{}, err
	}
	return answer{status: 200, raw: content, media: "application/json"}, nil
}

type paperRequest struct {
	Kind         domain.PaperKind `json:"kind"`
	State        *string          `json:"state"`
	ContentHash  string           `json:"content_hash"`
	Signer       string           `json:"signer"`
	Title        string           `json:"title"`
	Body         string           `json:"body"`
	SignedOn     string           `json:"signed_on"`
	Reference    string           `json:"reference"`
	DocumentHash string           `json:"document_hash"`
}

// uploadPaper takes in a paper signed elsewhere, for the content whose hash stands
// on it.
func (s *Server) uploadPaper(a *asked) (answer, error) {
	id, in, err := onto[paperRequest](a)
	if err != nil {
		return answer{}, err
	}
	var found faults
	x := domain.Paper{Kind: in.Kind, State: found.organisation(in.State, "/state"), Signer: domain.Signer{Name: in.Signer, Title: in.Title, Body: in.Body},
		Reference: in.Reference, DocumentHash: in.DocumentHash}
	if in.SignedOn != "" {
		var err error
		x.SignedOn, err = dayAt(in.SignedOn, "/signed_on")
		found.add(err)
	}
	if err := found.join(); err != nil {
		return answer{}, err
	}
	return s.shownEndorsements(a)(s.Store.UploadPaper(a, a.ask, id, x, in.ContentHash))
}

// waitingPapers are those that wait to be checked.
func (s *Server) waitingPapers(a *asked) (answer, error) {
	return whole(func(x store.PaperRecord) paperView { return s.paperOf(a, x) })(s.Store.WaitingPapers(a, a.by))
}

type paperCheckRequest struct {
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason"`
}

func (s *Server) checkPaper(a *asked) (answer, error) {
	id, in, err := onto[paperCheckRequest](a)
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.CheckPaper(a, a.ask, id, in.Accepted, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return shown(s.paperOf(a, x))
}

func (s *Server) confirmPart(a *asked) (answer, error) {
	id, in, err := onto[endorsementRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownEndorsements(a)(s.Store.ConfirmPart(a, a.ask, id, in.Note))
}

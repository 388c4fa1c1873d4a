package api

import (
	"io"
	"net/http"

	"startupfund/domain"
)

// decisionFile gives a decision as a signed file: whole to those who may read its whole
// record, unless they ask for what the others get: with what is withheld by its hash.
func (s *Server) decisionFile(a *asked) (answer, error) {
	f, err := s.Store.Decision(a, a.by, a.Param("number"))
	if err != nil {
		return answer{}, err
	}
	by := a.by
	if a.Query("withhold") == "true" {
		by = domain.Actor{}
	}
	whole, err := f.Item.FileFor(by, f.Record)
	if err != nil {
		return answer{}, err
	}
	file, err := s.Store.SignedFile(a, a.by, f, !whole)
	if err != nil {
		return answer{}, err
	}
	name := "decision-" + f.Number
	if !whole {
		name += "-public"
	}
	return answer{export: &export{media: "application/json", name: name + ".json", write: func(w io.Writer) error {
		_, err := w.Write(file)
		return err
	}}}, nil
}

// decisionKey gives the public key by which the fund's signature is known, alone on its line,
// as `fund verify --key` takes it.
func (s *Server) decisionKey(*asked) (answer, error) {
	key, err := s.Store.PublicKey()
	return answer{status: http.StatusOK, media: "text/plain; charset=utf-8", raw: []byte(key + "\n")}, err
}

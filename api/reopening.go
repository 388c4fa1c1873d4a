package api

type reopeningRequest struct {
	Reason string `json:"reason"`
}

// reopenProposal gives an eligible proposal back for mending.
func (s *Server) reopenProposal(a *asked) (answer, error) {
	id, in, err := onto[reopeningRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownProposal(a)(s.Store.ReopenProposal(a, a.ask, id, in.Reason))
}

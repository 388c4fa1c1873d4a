package api

// routes is the whole of the API under /api/v1: there is no other way in, and no
// route without an act. `keyed` marks what is refused without an Idempotency-Key.
func (s *Server) routes() []route {
	return []route{
		// The open fund
		{"GET", "/charter", "charter.read", s.charter, false},
		{"GET", "/policy", "policy.read", s.policyTable, false},
		{"GET", "/openapi.yaml", "contract.read", s.contract, false},
		{"GET", "/statement", "statement.read", s.statement, false},
		{"GET", "/statement/:code/vouchers", "statement.read", s.figure, false},
		{"GET", "/vouchers/:id", "voucher.read", s.voucher, false},
	}
}

package api

// routes is the whole of the API under /api/v1: there is no other way in, and no
// route without an act. `keyed` marks what is refused without an Idempotency-Key.
func (s *Server) routes() []route {
	return []route{
		// Setting up, and signing in
		{"GET", "/setup", "setup.read", s.showSetup, false},
		{"POST", "/setup", "setup.do", s.setUp, false},
		{"POST", "/session", "session.start", s.signIn, false},
		{"GET", "/session", "session.read", s.showSession, false},
		{"DELETE", "/session", "session.end", s.signOut, false},
		{"PUT", "/session/hat", "session.wear", s.wearHat, false},
		{"PUT", "/session/language", "session.language", s.setLanguage, false},
		{"PUT", "/session/password", "session.password", s.changePassword, false},
		{"GET", "/sessions", "session.read", s.sessions, false},
		{"DELETE", "/sessions/:id", "session.end", s.endSession, false},
		{"POST", "/invitation", "invitation.accept", s.acceptInvitation, false},

		// People and organisations
		{"GET", "/people", "person.read", s.people, false},
		{"POST", "/people", "person.create", s.addPerson, false},
		{"GET", "/people/:id", "person.read", s.person, false},
		{"PUT", "/people/:id", "person.change", s.changePerson, false},
		{"POST", "/people/:id/invitation", "person.invite", s.invitePerson, false},
		{"POST", "/people/:id/disabling", "person.disable", s.disablePerson, false},
		{"POST", "/people/:id/enabling", "person.enable", s.enablePerson, false},
		{"POST", "/people/:id/memberships", "membership.grant", s.grantMembership, false},
		{"POST", "/memberships/:id/ending", "membership.end", s.endMembership, false},
		{"GET", "/organisations", "organisation.read", s.organisations, false},
		{"POST", "/organisations", "organisation.create", s.addOrganisation, false},
		{"GET", "/organisations/:id", "organisation.read", s.organisation, false},
		{"PUT", "/organisations/:id", "organisation.change", s.changeOrganisation, false},
		{"GET", "/seats", "seat.read", s.seats, false},

		// The open fund
		{"GET", "/charter", "charter.read", s.charter, false},
		{"GET", "/policy", "policy.read", s.policyTable, false},
		{"GET", "/openapi.yaml", "contract.read", s.contract, false},
		{"GET", "/statement", "statement.read", s.statement, false},
		{"GET", "/statement/:code/vouchers", "statement.read", s.figure, false},
		{"GET", "/vouchers/:id", "voucher.read", s.voucher, false},

		// Money in
		{"POST", "/agreements", "agreement.record", s.recordAgreement, keyed},
		{"GET", "/agreements", "agreement.read", s.agreements, false},
		{"GET", "/agreements/:id", "agreement.read", s.agreement, false},
		{"POST", "/agreements/:id/deposits", "deposit.record", s.recordDeposit, keyed},
		{"GET", "/agreements/:id/deposits", "agreement.read", s.deposits, false},
		{"POST", "/deposits/:id/reversal", "deposit.reverse", s.reverseDeposit, keyed},
		{"GET", "/contributions", "contribution.read", s.contributions, false},

		// Money out
		{"POST", "/mous", "mou.record", s.recordMOU, keyed},
		{"GET", "/mous", "mou.read", s.mous, false},
		{"POST", "/programmes/:id/transfer-requests", "transfer.request", s.requestTransfer, keyed},
		{"GET", "/transfer-requests", "transfer.read", s.transfers, false},
		{"GET", "/transfer-requests/:id", "transfer.read", s.transfer, false},
		{"POST", "/transfer-requests/:id/signature", "transfer.sign", s.step(signing), keyed},
		{"POST", "/transfer-requests/:id/preparation", "transfer.prepare", s.step(preparing), keyed},
		{"POST", "/transfer-requests/:id/release", "transfer.release", s.step(releasing), keyed},
		{"POST", "/transfer-requests/:id/sending", "transfer.send", s.sendTransfer, keyed},
		{"POST", "/transfer-requests/:id/withdrawal", "transfer.withdraw", s.step(withdrawing), keyed},
		// Calls and proposals
		{"GET", "/calls", "call.read", s.calls, false},
		{"POST", "/calls", "call.create", s.createCall, false},
		{"GET", "/calls/:id", "call.read", s.call, false},
		{"POST", "/calls/:id/extension", "call.extend", s.extendCall, false},
		{"POST", "/calls/:id/proposals", "proposal.create", s.createProposal, false},
		{"GET", "/proposals", "proposal.read", s.proposals, false},
		{"GET", "/proposals/:id", "proposal.read", s.proposal, false},
		{"PUT", "/proposals/:id", "proposal.save", s.saveProposal, false},
		{"POST", "/proposals/:id/endorsement", "proposal.endorse", s.endorseProposal, false},
		{"POST", "/proposals/:id/submission", "proposal.submit", s.submitProposal, keyed},
		{"GET", "/proposals/:id/versions/:n", "proposal.read", s.proposalVersion, false},
		{"POST", "/proposals/:id/withdrawal", "proposal.withdraw", s.withdrawProposal, false},
		{"POST", "/proposals/:id/screening", "proposal.screen", s.screenProposal, false},
		{"GET", "/proposals/:id/scores", "score.read", s.scores, false},
		{"POST", "/proposals/:id/scores", "score.submit", s.submitScore, keyed},

		// The bank's side
		{"GET", "/bank-accounts", "bank.read", s.bankAccounts, false},
		{"POST", "/bank-statements", "bank.import", s.importStatement, keyed},
		{"GET", "/bank-statements", "bank.read", s.bankStatements, false},
		{"GET", "/bank-statements/:id", "bank.read", s.bankStatement, false},
		{"GET", "/bank-movements", "bank.read", s.openMovements, false},
		{"GET", "/reconciliation", "bank.read", s.reconciliation, false},
		{"GET", "/bank-lines/:id", "bank.read", s.bankLine, false},
		{"POST", "/bank-lines/:id/suspense", "bank-line.suspend", s.suspendLine, keyed},
		{"POST", "/bank-lines/:id/note", "bank-line.note", s.noteLine, false},
		{"POST", "/matching", "match.run", s.runMatching, keyed},
		{"POST", "/matches", "match.make", s.matchLines, keyed},
		{"POST", "/matches/:id/undoing", "match.undo", s.undoMatch, keyed},
		{"GET", "/proof", "proof.read", s.proof, false},
	}
}

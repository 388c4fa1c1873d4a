package domain

// Notice is what somebody is told.
type Notice string

const (
	CallAnnounced      Notice = "call-announced"
	CallExtended       Notice = "call-extended"
	CallCorrected      Notice = "call-corrected"
	EnquiryAsked       Notice = "enquiry-asked"
	EnquiryAnswered    Notice = "enquiry-answered"
	ProposalReceived   Notice = "proposal-received"
	ProposalReturned   Notice = "proposal-returned"
	ProposalEligible   Notice = "proposal-eligible"
	ProposalIneligible Notice = "proposal-ineligible"
	ProposalHandedIn   Notice = "proposal-submitted-for"
	AppealMade         Notice = "appeal-made"
	AppealUpheld       Notice = "appeal-upheld"
	AppealDismissed    Notice = "appeal-dismissed"
	FilesMissing       Notice = "files-missing"
	ClarificationPut   Notice = "clarification-asked"
	ClarificationGiven Notice = "clarification-answered"
	ClarificationOff   Notice = "clarification-withdrawn"
	ClarificationLate  Notice = "clarification-overdue"
	WishMade           Notice = "clarification-wished"
	WishRefused        Notice = "clarification-refused"
	PaperTaken         Notice = "paper-accepted"
	PaperRefused       Notice = "paper-refused"
	AssessmentWanted   Notice = "assessment-asked"
	AdviceWanted       Notice = "advice-asked"
	AdviceLate         Notice = "advice-overdue"
	AdviceOff          Notice = "advice-withdrawn"
	AdviceCame         Notice = "advice-given"
	AdviceRefused      Notice = "advice-declined"
	QuestionOnAgenda   Notice = "question-listed"
	QuestionPut        Notice = "question-open"
	QuestionOff        Notice = "question-withdrawn"
	QuestionNoAccord   Notice = "question-unresolved"
	QuestionLeft       Notice = "question-undecided"
	QuestionAmended    Notice = "question-amended"
	TextProposed       Notice = "text-proposed"
	DecisionAdopted    Notice = "decision-adopted"
	DecisionNotAdopted Notice = "decision-not-adopted"
	ChangeWanted       Notice = "change-asked"
	ChangeMade         Notice = "change-recorded"
	ReportIsDue        Notice = "report-due"
	ReportOverdue      Notice = "report-overdue"
	ReportHandedIn     Notice = "report-submitted"
	ReportGivenBack    Notice = "report-returned"
	ReportTaken        Notice = "report-accepted"
	EvaluationCame     Notice = "evaluation-registered"
	EvaluationAnswered Notice = "evaluation-answered"
	EvaluationFollowed Notice = "evaluation-followed-up"
	OperationsClosed   Notice = "operations-closed"
	BooksClosed        Notice = "books-closed"
	ConditionDueSoon   Notice = "condition-due"
	ConditionOverdue   Notice = "condition-overdue"
	ConditionSaidDone  Notice = "condition-claimed"
	ConditionMet       Notice = "condition-confirmed"
	ConditionGivenBack Notice = "condition-returned"
	TransferToSign     Notice = "transfer-to-sign"
	TransferToPrepare  Notice = "transfer-to-prepare"
	TransferToRelease  Notice = "transfer-to-release"
	TransferWasSent    Notice = "transfer-sent"
	TransferCame       Notice = "transfer-acknowledged"
	TransferDiffers    Notice = "transfer-differs"
	TransferCameBack   Notice = "transfer-returned"
	TeamInvitation     Notice = "team-invited"
	TeamLeadTaken      Notice = "team-lead-taken"
	TeamLeadGiven      Notice = "team-lead-given"
	BodyJoined         Notice = "body-joined"
)

// Notices are all of them.
var Notices = append([]Notice{CallAnnounced, CallExtended, CallCorrected, EnquiryAsked, EnquiryAnswered, ProposalReceived, ProposalReturned, ProposalEligible, ProposalIneligible, ProposalHandedIn,
	AppealMade, AppealUpheld, AppealDismissed, FilesMissing, PaperTaken, PaperRefused, ClarificationPut, ClarificationGiven, ClarificationOff, ClarificationLate, WishMade, WishRefused, AssessmentWanted, AdviceWanted, AdviceLate, AdviceOff, AdviceCame, AdviceRefused, QuestionOnAgenda, QuestionPut, QuestionOff, QuestionNoAccord, QuestionLeft, QuestionAmended, TextProposed,
	DecisionAdopted, DecisionNotAdopted, ChangeWanted, ChangeMade, ReportIsDue, ReportOverdue, ReportHandedIn, ReportGivenBack, ReportTaken,
	EvaluationCame, EvaluationAnswered, EvaluationFollowed, OperationsClosed, BooksClosed, ConditionDueSoon, ConditionOverdue, ConditionSaidDone, ConditionMet, ConditionGivenBack, TransferToSign, TransferToPrepare, TransferToRelease, TransferWasSent, TransferCame, TransferDiffers, TransferCameBack, TeamInvitation, TeamLeadTaken, TeamLeadGiven, BodyJoined}, SilenceNotices...)

// Receipt tells that the notice says what was handed in and under which number: it
// goes by mail, at once, however its reader wants notices. So does what is sent out to all.
func (n Notice) Receipt() bool {
	return n == ProposalReceived || n == ProposalHandedIn || n == MinutesSent || n == RecordSent
}

// Party is whose people are told, beside their role.
type Party string

const (
	Everybody Party = "everybody" // under the role
	Submitter Party = "submitter" // the organisation that applies, and who works on its proposal for another
	Recipient Party = "recipient" // the organisation that is paid
	Seated    Party = "seated"    // organisations that hold a seat on the day
	Concerned Party = "concerned" // the person whom the act is about
	Assessing Party = "assessing" // organisations whose seats the act asks to assess
	Drafting  Party = "drafting"  // organisations with a draft in the call, as submitter or owner state; and who asked the question
)

// Audience is who is told what.
type Audience struct {
	Notice Notice
	Role   Role
	Party  Party
	Doer   bool // also whoever did it: they keep it as a receipt
}

// TellsNobody says that an act tells nobody whatever stage it leaves its subject in, so that
// nothing need be looked up for it.
func TellsNobody(act string) bool {
	byStage := act == "proposal.screen" || act == "membership.grant" || act == "meeting.designate" || act == "transfer.release"
	return !byStage && len(Told(act, "")) == 0
}

// Told lists who is told of an act that left its subject in a stage. Nobody is
// told of what an interest hides from them: that, Item.Hidden says for each.
func Told(act, stage string) []Audience {
	submitter := func(n Notice) Audience { return Audience{n, Applicant, Submitter, true} }
	if told := toldInWriting(act, stage); told != nil {
		return told
	}
	if told := toldOfItems(act, stage); told != nil {
		return told
	}
	if told := toldOfReferenda(act, stage); told != nil {
		return told
	}
	if told := toldOfMinutes(act); told != nil {
		return told
	}
	if told := toldOfYearly(act); told != nil {
		return told
	}
	if told := toldOfSteps(act); told != nil {
		return told
	}
	if told := toldOfMandates(act); told != nil {
		return told
	}
	if told := toldOfExpenditure(act, stage); told != nil {
		return told
	}
	switch act {
	case "membership.grant":
		if Role(stage) == Member {
			return []Audience{{BodyJoined, Member, Concerned, false}}
		}
		return nil
	case "call.announce":
		return []Audience{{CallAnnounced, Applicant, Everybody, false}, {CallAnnounced, FocalPoint, Everybody, false}}
	case "call.extend":
		return drafting(CallExtended)
	case "call.correct":
		return drafting(CallCorrected)
	case "enquiry.ask":
		return []Audience{{EnquiryAsked, Secretariat, Everybody, false}}
	case "enquiry.answer":
		return drafting(EnquiryAnswered)
	case "proposal.submit":
		return []Audience{submitter(ProposalReceived)}
	case "proposal.submit-for":
		return []Audience{submitter(ProposalHandedIn)}
	case "appeal.make":
		return []Audience{{AppealMade, Secretariat, Everybody, false}, {AppealMade, Coordinator, Everybody, false}}
	case "appeal.decide":
		if Stage(stage) == Submitted {
			return []Audience{submitter(AppealUpheld), {AppealUpheld, Secretariat, Everybody, false}}
		}
		return []Audience{submitter(AppealDismissed)}
	case "attachment.miss":
		return []Audience{submitter(FilesMissing), {FilesMissing, Secretariat, Everybody, false}}
	case "paper.check":
		n := PaperRefused
		if stage == "accepted" {
			n = PaperTaken
		}
		return []Audience{{n, Applicant, Concerned, false}, {n, Secretariat, Concerned, false}}
	case "proposal.screen":
		switch Stage(stage) {
		case Returned:
			return []Audience{submitter(ProposalReturned)}
		case Eligible:
			return []Audience{submitter(ProposalEligible)}
		case Ineligible:
			return []Audience{submitter(ProposalIneligible)}
		}
	case "clarification.ask":
		return []Audience{submitter(ClarificationPut)}
	case "clarification.withdraw":
		return []Audience{submitter(ClarificationOff)}
	case "clarification.answer":
		return []Audience{{ClarificationGiven, Secretariat, Everybody, false}, {ClarificationGiven, Member, Concerned, false}}
	case "clarification.remind":
		return []Audience{submitter(ClarificationLate), {ClarificationLate, Secretariat, Everybody, false}}
	case "clarification.wish":
		return []Audience{{WishMade, Secretariat, Everybody, false}}
	case "clarification.refuse":
		return []Audience{{WishRefused, Member, Concerned, false}}
	case "advice.ask":
		return experts(AdviceWanted, stage)
	case "advice.withdraw":
		return experts(AdviceOff, stage)
	case "advice.remind":
		return append(experts(AdviceLate, stage), Audience{AdviceLate, Secretariat, Everybody, false})
	case "advice.give":
		return []Audience{{AdviceCame, Secretariat, Everybody, false}}
	case "advice.decline":
		return []Audience{{AdviceRefused, Secretariat, Everybody, false}}
	case "assessment.share", "assessment.ask":
		return []Audience{{AssessmentWanted, Member, Assessing, false}}
	case "proposal.reopen":
		return []Audience{submitter(ProposalReturned)}
	case "team.invite":
		return []Audience{{TeamInvitation, Applicant, Concerned, false}}
	case "team.take-over":
		return []Audience{{TeamLeadTaken, Applicant, Concerned, false}}
	case "team.hand-over":
		return []Audience{{TeamLeadGiven, Applicant, Concerned, false}}
	case "text.propose":
		return []Audience{{TextProposed, Coordinator, Everybody, false}, {TextProposed, Secretariat, Everybody, false}}
	case "text.accept":
		return append(body(QuestionAmended), Audience{QuestionAmended, Secretariat, Everybody, false})
	case "question.unresolve":
		return append(body(QuestionNoAccord), Audience{QuestionNoAccord, Secretariat, Everybody, false})
	case "ladder.end":
		return append(body(QuestionLeft), Audience{QuestionLeft, Secretariat, Everybody, false})
	case "question.list", "ladder.return":
		return body(QuestionOnAgenda)
	case "question.open":
		return body(QuestionPut)
	case "question.withdraw":
		return append(body(QuestionOff), Audience{QuestionOff, Secretariat, Everybody, false})
	case "decision.announce":
		if QuestionState(stage) == QuestionAdopted {
			return append([]Audience{submitter(DecisionAdopted)}, body(DecisionAdopted)...)
		}
		return body(DecisionNotAdopted)
	case "change.ask":
		return []Audience{{ChangeWanted, Secretariat, Everybody, false}}
	case "change.record":
		return append([]Audience{submitter(ChangeMade)}, body(ChangeMade)...)
	case "report.remind":
		if stage == "overdue" {
			return append(reporters(ReportOverdue), Audience{ReportOverdue, Secretariat, Everybody, false})
		}
		return reporters(ReportIsDue)
	case "report.submit":
		return []Audience{{ReportHandedIn, Secretariat, Everybody, false}}
	case "report.find":
		if ReportState(stage) == ReportAccepted {
			return reporters(ReportTaken)
		}
		return reporters(ReportGivenBack)
	case "evaluation.register":
		return reporters(EvaluationCame)
	case "evaluation.respond":
		return []Audience{{EvaluationAnswered, Secretariat, Everybody, false}}
	case "evaluation.follow-up":
		return []Audience{{EvaluationFollowed, Secretariat, Everybody, false}}
	case "programme.close-operations":
		return append(reporters(OperationsClosed), Audience{OperationsClosed, Secretariat, Everybody, false}, Audience{OperationsClosed, AgentPreparer, Everybody, false})
	case "programme.close-books":
		return append(reporters(BooksClosed), Audience{BooksClosed, Secretariat, Everybody, false}, Audience{BooksClosed, AgentPreparer, Everybody, false})
	case "condition.remind":
		if stage == "overdue" {
			return append(debtors(ConditionOverdue), Audience{ConditionOverdue, Secretariat, Everybody, false})
		}
		return debtors(ConditionDueSoon)
	case "condition.claim":
		return []Audience{{ConditionSaidDone, Secretariat, Everybody, false}}
	case "condition.find":
		if ConditionState(stage) == ConditionFulfilled {
			return debtors(ConditionMet)
		}
		return debtors(ConditionGivenBack)
	case "transfer.request":
		return []Audience{{TransferToSign, Coordinator, Everybody, false}}
	case "transfer.sign":
		return []Audience{{TransferToPrepare, AgentPreparer, Everybody, false}}
	case "transfer.prepare":
		return []Audience{{TransferToRelease, AgentReleaser, Everybody, false}}
	case "transfer.send":
		return []Audience{{TransferWasSent, PUNO, Recipient, false}}
	case "transfer.release":
		if TransferStage(stage) == TransferPrepared { // by the first of two
			return []Audience{{TransferToRelease, AgentReleaser, Everybody, false}}
		}
	case "transfer.acknowledge":
		if stage == "differs" {
			return []Audience{{TransferDiffers, AgentPreparer, Everybody, false}, {TransferDiffers, AgentReleaser, Everybody, false}}
		}
		return []Audience{{TransferCame, AgentPreparer, Everybody, false}}
	case "transfer.return":
		return []Audience{{TransferCameBack, AgentPreparer, Everybody, false}, {TransferCameBack, Secretariat, Everybody, false}, {TransferCameBack, PUNO, Recipient, false}}
	}
	return nil
}

// reporters are those who write a programme's reports: of the organisation that
// applied, and of the convening one.
func reporters(n Notice) []Audience {
	return []Audience{{n, Applicant, Submitter, false}, {n, Applicant, Recipient, false}}
}

// debtors are those who have to fulfil a condition: the applicant's people, and those
// of the organisation named, its finance focal points among them.
func debtors(n Notice) []Audience { return append(reporters(n), Audience{n, PUNO, Recipient, false}) }

// experts are those who are asked for advice: one by name, or all of an organisation.
func experts(n Notice, asked string) []Audience {
	if asked == "named" {
		return []Audience{{n, Expert, Concerned, false}}
	}
	return []Audience{{n, Expert, Recipient, false}}
}

func drafting(n Notice) []Audience {
	return []Audience{{n, Applicant, Drafting, false}, {n, FocalPoint, Drafting, false}}
}

func body(n Notice) []Audience {
	return []Audience{{n, Member, Seated, false}, {n, Coordinator, Everybody, false}}
}

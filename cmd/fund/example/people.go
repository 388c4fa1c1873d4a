package example

import "startupfund/domain"

// A hat as the script gives it: since so many days before now, until so many days
// before now (0 is no end).
type hat struct {
	role     domain.Role
	at       string // the organisation's code
	capacity domain.Capacity
	since    int
	until    int
	note     string
}

// somebody is an invented person. Who has a line can sign in; it says what there
// is to see.
type somebody struct {
	key, name, language string
	line                string
	hats                []hat
}

// rotation is how many days ago the present terms on the body began; the ones
// before began twelve months earlier.
const rotation = 150

// earlier is since when those are accredited who sat in the first terms.
const earlier = founded - 2

func member(at string, as domain.Capacity, since, until int) hat {
	return hat{domain.Member, at, as, since, until, "Note verbale accrediting to the body"}
}

// people are all but the focal points, who stand beside their states.
var people = []somebody{
	{"administrator", "Ingrid Solheimsdal", "en", "Administrator: people, organisations and their roles; no money and no votes",
		nil}, // her hat comes with the setting up
	{"coordinator", "Beatriz Carvalho-Nunes", "en", "Coordinator: in the chair of the meeting under way; a transfer to sign",
		[]hat{{domain.Coordinator, iom, "", founded, 0, "Coordinator of the Network, ex officio"}}},
	{"secretariat", "Amara Diallobé", "fr", "Secretariat: notes to screen, the meeting's record, transfer requests",
		[]hat{{domain.Secretariat, iom, "", founded, 0, "Fund Management Unit"}}},
	{"secretariat-2", "Tomasz Wiśniowiecki", "en", "Secretariat, the second pair of eyes: papers and notes that a colleague brought",
		[]hat{{domain.Secretariat, iom, "", 400, 0, "Fund Management Unit"}}},
	{"preparer", "Rohan Mehtani", "en", "Agent, prepares: deposits, the bank statement and what is to be matched",
		[]hat{{domain.AgentPreparer, agent, "", founded, 0, "Appointed by the agent's head"}}},
	{"releaser", "Nadia Haddadine", "ar", "Agent, with two hats: a transfer waits for release; what she prepared herself she cannot release",
		[]hat{{domain.AgentReleaser, agent, "", founded, 0, "Appointed by the agent's head"},
			{domain.AgentPreparer, agent, "", 300, 0, "Stands in for the preparer"}}},
	{"auditor", "Piotr Zielonkiewicz", "en", "Auditor: reads everything, drafts and positions too, and changes nothing",
		[]hat{{domain.Auditor, iom, "", founded, 0, "Mandate of the board of auditors"}}},

	// Those who apply, one for each organisation.
	{"applicant-iom", "Lucía Fernández-Arrieta", "es", "Applicant at IOM: a draft to finish, a note given back to mend, decided ones",
		[]hat{{domain.Applicant, iom, "", founded - 20, 0, "Regional office"}}},
	{"applicant-fao", "Kwabena Asantewa", "en", "", []hat{{domain.Applicant, fao, "", founded - 20, 0, ""}}},
	{"applicant-ilo", "Thi Minh Ngọc Trầnova", "en", "", []hat{{domain.Applicant, ilo, "", founded - 20, 0, ""}}},
	{"applicant-ohchr", "Esra Yıldırımlı", "en", "", []hat{{domain.Applicant, ohchr, "", founded - 20, 0, ""}}},
	{"applicant-undp", "Samuel Oyelaran-Cole", "en", "", []hat{{domain.Applicant, undp, "", founded - 20, 0, ""}}},
	{"applicant-unfpa", "Hoda Mansouri-Rad", "en", "", []hat{{domain.Applicant, unfpa, "", founded - 20, 0, ""}}},
	{"applicant-unhcr", "Fabrice Nkurunzizwe", "fr", "Applicant at UNHCR: a programme that was granted on conditions, two of them still to fulfil", []hat{{domain.Applicant, unhcr, "", founded - 20, 0, ""}}},
	{"applicant-unicef", "Ana Lucía Tzocwil", "es", "Applicant at UNICEF: an open call, a note submitted, and one that the body has before it now",
		[]hat{{domain.Applicant, unicef, "", founded - 20, 0, "Regional office"}}},
	{"applicant-unodc", "Viktor Radulescovici", "en", "", []hat{{domain.Applicant, unodc, "", founded - 20, 0, ""}}},
	{"applicant-unwomen", "Salma El-Fassiya", "ar", "", []hat{{domain.Applicant, unwomen, "", founded - 20, 0, ""}}},
	{"applicant-wfp", "Deepak Rajbanshiya", "en", "", []hat{{domain.Applicant, wfp, "", founded - 20, 0, ""}}},
	{"applicant-who", "Helena Vasconcellos-Prado", "en", "", []hat{{domain.Applicant, who, "", founded - 20, 0, ""}}},

	// Who is asked for technical advice.
	{"expert-wfp", "Milena Stojkovićeva", "en", "Expert at WFP: gives technical advice where the secretariat asks for it",
		[]hat{{domain.Expert, wfp, "", 300, 0, "Named by the Network's working group"}}},

	// Those who sit on the body, now or in the terms before.
	{"m-unhcr", "Oluwaseun Adebayor", "en", "Member for UNHCR: recused from what UNHCR would carry out, present for the rest",
		[]hat{member(unhcr, domain.Representative, rotation+365, 0)}},
	{"m-ilo", "Marguerite Delacroisy", "fr", "", []hat{member(ilo, domain.Representative, earlier, 0)}},
	{"m-ohchr", "Daniyar Abenovich", "ru", "", []hat{member(ohchr, domain.Representative, earlier, 0)}},
	{"m-unwomen-before", "Naledi Mothibedi", "en", "", []hat{member(unwomen, domain.Representative, rotation+365, rotation+1)}},
	{"m-undp-before", "Carlos Iván Tejedor", "es", "", []hat{member(undp, domain.Representative, rotation+365, rotation+1)}},
	{"m-qo", "Astrid Lindqvarn", "en", "Member for Caldessa, a contributor, in the room now: a position to take, notes to score",
		[]hat{member("QO", domain.Representative, earlier, 0)}},
	{"m-qo-adviser", "Jonas Ekbergsson", "en", "Adviser for Caldessa, in the capital: reads, and never decides",
		[]hat{member("QO", domain.Adviser, rotation, 0)}},
	{"m-qp", "Friedrich Osterwaldt", "en", "", []hat{member("QP", domain.Representative, rotation+365, 0)}},
	{"m-qt", "Guðlaug Hrafnsdottir", "en", "", []hat{member("QT", domain.Representative, earlier, 0)}},
	{"m-qv-before", "Pernilla Åkerholm", "en", "", []hat{member("QV", domain.Representative, rotation+365, rotation+1)}},
	{"m-xr-before", "Cormac Ó Laoireach", "en", "", []hat{member("XR", domain.Representative, rotation+365, rotation+1)}},
	{"m-xl", "Abla Tchakondo", "fr", "Member for Zembala: the next item is its own programme, so it is out of her sight",
		[]hat{member("XL", domain.Representative, earlier, 0)}},
	{"m-xo", "Remedios Altamirana", "es", "", []hat{member("XO", domain.Representative, earlier, 0)}},
	{"m-xo-alternate", "Joaquín Berrospe", "es", "Alternate for Cordaña: sits in while the representative is away",
		[]hat{member("XO", domain.Alternate, rotation, 0)}},
	{"m-qy", "Mohammad Tanvirul Hoque", "en", "", []hat{member("QY", domain.Representative, earlier, 0)}},
	{"m-qz-before", "Josphat Kiplagatwe", "en", "", []hat{member("QZ", domain.Representative, rotation+365, rotation+1)}},
	{"m-xc-before", "Nina Quispetambo", "es", "", []hat{member("XC", domain.Representative, rotation+365, rotation+1)}},
	{"m-xv-before", "Bishnu Gurungmaya", "en", "", []hat{member("XV", domain.Representative, rotation+365, rotation+1)}},
	{"m-workers", "Juliana Pereira-Bastos", "en", "", []hat{member(workers, domain.Representative, rotation+365, 0)}},
	{"m-migrants", "Roxana Villafuerte-Sy", "es", "", []hat{member(migrants, domain.Representative, earlier, 0)}},
	{"m-cities", "Kenji Morishitano", "en", "", []hat{member(cities, domain.Representative, rotation+365, 0)}},
	{"m-employers-before", "Wilhelmina van der Aaldering", "en", "", []hat{member(employers, domain.Representative, rotation+365, rotation+1)}},

	// Those who sat before all of them, with some who sit again.
	{"m-who-earlier", "Ingeborg Thorvaldsen", "en", "", []hat{member(who, domain.Representative, earlier, rotation+366)}},
	{"m-qs-earlier", "Winston Baptiste-Clarke", "en", "", []hat{member("QS", domain.Representative, earlier, rotation+366)}},
	{"m-lantern-earlier", "Noémie Vandersteen", "fr", "", []hat{member(foundation, domain.Representative, earlier, rotation+366)}},

	// Contributors and the organisations' finance people.
	{"contributor-qo", "Elsa Holmgrenius", "en", "Contributor Caldessa: what it committed, what arrived, where it went",
		[]hat{{domain.Contributor, "QO", "", 550, 0, "Ministry for foreign affairs"}}},
	{"finance-" + unicef, "Marisol Echeverribar", "es", "Finance focal point of UNICEF: its transfers, sent and asked for",
		[]hat{{domain.PUNO, unicef, "", founded - 20, 0, "Headquarters, division of finance"}}},
	{"finance-" + iom, "Oksana Hrytsenkova", "ru", "", []hat{{domain.PUNO, iom, "", founded - 20, 0, ""}}},
	{"finance-" + undp, "Teboho Ramaphakela", "en", "", []hat{{domain.PUNO, undp, "", founded - 20, 0, ""}}},
	{"finance-" + unwomen, "Leila Ben Youssefi", "fr", "Finance focal point of UN Women: a year’s expenditure that the agent sent back", []hat{{domain.PUNO, unwomen, "", founded - 20, 0, ""}}},
	{"finance-" + unhcr, "Arjun Wickramatunga", "en", "", []hat{{domain.PUNO, unhcr, "", founded - 20, 0, ""}}},
	{"finance-" + wfp, "Giulia Terranovesi", "en", "", []hat{{domain.PUNO, wfp, "", founded - 20, 0, ""}}},
}

// signsIn are the focal points who can sign in too, by state.
var signsIn = map[string]string{
	"XL": "Focal point of Zembala: its programme is before the body now",
	"XY": "Focal point of Soumbara: a draft to endorse",
}

// A seat's holders: now, in the term before, and in the two before that.
var seats = map[string]struct{ now, before, earlier string }{
	"network-1":      {unhcr, unhcr, ilo},
	"network-2":      {ilo, unwomen, who},
	"network-3":      {ohchr, undp, ohchr},
	"donors-1":       {"QO", "QV", "QO"},
	"donors-2":       {"QP", "QP", "QT"},
	"donors-3":       {"QT", "XR", "QS"},
	"recipients-1":   {"XL", "QZ", "XL"},
	"recipients-2":   {"XO", "XC", "XO"},
	"recipients-3":   {"QY", "XV", "QY"},
	"stakeholders-1": {workers, workers, migrants},
	"stakeholders-2": {migrants, employers, foundation},
	"stakeholders-3": {cities, cities, ""},
}

// satEarlier are those who represented them in the earlier terms; one seat was vacant.
var satEarlier = map[string]string{
	"network-1": "m-ilo", "network-2": "m-who-earlier", "network-3": "m-ohchr",
	"donors-1": "m-qo", "donors-2": "m-qt", "donors-3": "m-qs-earlier",
	"recipients-1": "m-xl", "recipients-2": "m-xo", "recipients-3": "m-qy",
	"stakeholders-1": "m-migrants", "stakeholders-2": "m-lantern-earlier",
}

// sitting are those who represent the seats now, by seat.
var sitting = map[string]string{
	"network-1": "m-unhcr", "network-2": "m-ilo", "network-3": "m-ohchr",
	"donors-1": "m-qo", "donors-2": "m-qp", "donors-3": "m-qt",
	"recipients-1": "m-xl", "recipients-2": "m-xo", "recipients-3": "m-qy",
	"stakeholders-1": "m-workers", "stakeholders-2": "m-migrants", "stakeholders-3": "m-cities",
}

package example

import "startupfund/domain"

// states are invented; their codes are those that ISO 3166 leaves to its users,
// QM to QZ and XA to XZ, so that none is anybody's. Whoever uses one of them for a
// real place elsewhere means another thing by it than this table does.
var states = []struct{ code, name, long, focalPoint string }{
	{"QM", "Almoria", "Republic of Almoria", "Rosalind Achterberg"},
	{"QN", "Brevania", "Republic of Brevania", "Dragan Milovac"},
	{"QO", "Caldessa", "Kingdom of Caldessa", "Henrik Solvang"},
	{"QP", "Dorvenia", "Federal Republic of Dorvenia", "Annelore Brückmann"},
	{"QQ", "Elmara", "Republic of Elmara", "Nassim Benhaddou"},
	{"QR", "Faranto", "Republic of Faranto", "Tsiry Rakotovao"},
	{"QS", "Gessaly", "Commonwealth of Gessaly", "Marva Pennington"},
	{"QT", "Hulvar", "Kingdom of Hulvar", "Sigrun Aldisdottir"},
	{"QU", "Issaria", "Republic of Issaria", "Giorgi Tavadze"},
	{"QV", "Jorunda", "Kingdom of Jorunda", "Lars-Erik Norrgren"},
	{"QW", "Kamaro", "Union of Kamaro", "Said Mlimengo"},
	{"QX", "Lissova", "Republic of Lissova", "Ivanka Petrushina"},
	{"QY", "Mirandesh", "Republic of Mirandesh", "Farhana Chowdhrani"},
	{"QZ", "Nambora", "United Republic of Nambora", "Grace Wanjarua"},
	{"XA", "Orvistan", "Republic of Orvistan", "Bekzat Omarkulov"},
	{"XB", "Pelagua", "Republic of Pelagua", "Inocencio Barcelar"},
	{"XC", "Quenara", "Republic of Quenara", "Wayra Condorsuyo"},
	{"XD", "Rhovara", "Republic of Rhovara", "Elpida Stavrianou"},
	{"XE", "Sandara", "State of Sandara", "Maha Al-Jaziri"},
	{"XF", "Tamarind Islands", "Federated Tamarind Islands", "Tevita Folaumoana"},
	{"XG", "Uldovia", "Republic of Uldovia", "Andriy Holovenko"},
	{"XH", "Vashtar", "Republic of Vashtar", "Zarmina Kakarzai"},
	{"XI", "Wenduru", "Republic of Wenduru", "Chipo Mudzimure"},
	{"XJ", "Xantara", "Republic of Xantara", "Itzel Balamkin"},
	{"XK", "Yelvania", "Republic of Yelvania", "Mirela Dobreva"},
	{"XL", "Zembala", "Republic of Zembala", "Kossi Agbodjan"},
	{"XM", "Arohati", "Kingdom of Arohati", "Losa Tuimavave"},
	{"XN", "Bellacosta", "Republic of Bellacosta", "Ximena Valderas"},
	{"XO", "Cordaña", "Republic of Cordaña", "Evaristo Montalbán"},
	{"XP", "Durrana", "Republic of Durrana", "Shahid Baloori"},
	{"XQ", "Esperanda", "Republic of Esperanda", "Dulce Quintanar"},
	{"XR", "Feyland", "Kingdom of Feyland", "Maeve O'Corrigan"},
	{"XS", "Gandoro", "Republic of Gandoro", "Thabiso Mokoena-Ndlela"},
	{"XT", "Havenia", "Republic of Havenia", "Jean-Ricot Desrameaux"},
	{"XU", "Ibeko", "Federal Republic of Ibeko", "Ngozi Ikemefuna"},
	{"XV", "Kesharia", "Federal Democratic Republic of Kesharia", "Prakriti Thapaliya"},
	{"XW", "Lomandé", "Republic of Lomandé", "Félicité Mbarga-Owono"},
	{"XX", "Marabanda", "Republic of Marabanda", "Aïssatou Coulibalani"},
	{"XY", "Soumbara", "Republic of Soumbara", "Mamadou Lamine Traorane"},
	{"XZ", "Tchandar", "Republic of Tchandar", "Achta Mahamat-Idrissou"},
}

// The codes by which the script speaks of organisations. Four of them come with
// the imported history, which knows them by their IATI reference.
const (
	fao     = "XM-DAC-41301"
	ilo     = "XM-DAC-41144"
	undp    = "XM-DAC-41114"
	wfp     = "XM-DAC-41140"
	iom     = "IOM"
	ohchr   = "OHCHR"
	unfpa   = "UNFPA"
	unhcr   = "UNHCR"
	unicef  = "UNICEF"
	unodc   = "UNODC"
	unwomen = "UNWOMEN"
	who     = "WHO"
	agent   = "MPTFO"

	workers    = "WORKERS"
	migrants   = "MIGRANTS"
	cities     = "CITIES"
	employers  = "EMPLOYERS"
	foundation = "LANTERN"
)

// participating are the twelve organisations that may carry programmes out. They
// are real, and what they do here is invented.
var participating = []string{iom, fao, ilo, ohchr, undp, unfpa, unhcr, unicef, unodc, unwomen, wfp, who}

// organisations are those beside the states, the coordinator and the agent that
// the history does not bring along.
var organisations = []domain.Organisation{
	{Code: ohchr, Name: "Office of the United Nations High Commissioner for Human Rights", ShortName: "OHCHR", Kind: domain.UN},
	{Code: unfpa, Name: "United Nations Population Fund", ShortName: "UNFPA", Kind: domain.UN, IATIRef: "XM-DAC-41119"},
	{Code: unhcr, Name: "United Nations High Commissioner for Refugees", ShortName: "UNHCR", Kind: domain.UN, IATIRef: "XM-DAC-41121"},
	{Code: unicef, Name: "United Nations Children's Fund", ShortName: "UNICEF", Kind: domain.UN, IATIRef: "XM-DAC-41122"},
	{Code: unodc, Name: "United Nations Office on Drugs and Crime", ShortName: "UNODC", Kind: domain.UN},
	{Code: unwomen, Name: "United Nations Entity for Gender Equality and the Empowerment of Women", ShortName: "UN Women", Kind: domain.UN},
	{Code: who, Name: "World Health Organization", ShortName: "WHO", Kind: domain.UN, IATIRef: "XM-DAC-41307"},
	{Code: workers, Name: "Confederation of Workers Across Borders (invented)", ShortName: "CWAB", Kind: domain.Stakeholder},
	{Code: migrants, Name: "Network of Migrants and Families (invented)", ShortName: "NMF", Kind: domain.Stakeholder},
	{Code: cities, Name: "Alliance of Welcoming Cities (invented)", ShortName: "AWC", Kind: domain.Stakeholder},
	{Code: employers, Name: "Forum of Fair Employers (invented)", ShortName: "FFE", Kind: domain.Stakeholder},
	{Code: foundation, Name: "Lantern Foundation (invented)", ShortName: "Lantern", Kind: domain.Foundation},
}

var (
	coordinator = domain.Organisation{Code: iom, Name: "International Organization for Migration", ShortName: "IOM", IATIRef: "XM-DAC-47066"}
	office      = domain.Organisation{Code: agent, Name: "Multi-Partner Trust Fund Office", ShortName: "MPTF Office"}
)

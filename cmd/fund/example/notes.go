package example

// fate is how far a concept note has come.
type fate int

const (
	drafted    fate = iota // never handed in
	endorsed               // a draft that its state has endorsed
	submitted              // waits for screening
	returned               // by screening, to be mended
	ineligible             // by screening
	withdrawn              // after it was handed in
	eligible               // screened, and scored where the call is closed
	granted                // by the earlier meeting
	before                 // the meeting under way
	declined               // by the earlier meeting
)

// note is a concept note: whose it is, what it says, what became of it.
type note struct {
	state, lead    string
	partners       []string
	language       string
	title, summary string
	area           string
	objectives     []int
	markers        [3]int // human rights, gender, child
	thousands      []int  // of USD that each organisation asks, the lead first
	fate           fate
	reason         string // of the screening or of the declining, where it had one
}

// firstCall has closed and been decided on in part.
var firstCall = []note{
	{"QM", unhcr, []string{unicef, iom}, "en", "Safe from the first day: protection at the land borders of Almoria",
		"People who arrive at three land borders after dark are met, heard and referred. Border officers, social workers and a migrants' association share one referral desk at each crossing.",
		"area-2", []int{7, 8, 12}, [3]int{3, 2, 2}, []int{720, 480, 400}, granted, ""},
	{"QN", ilo, []string{iom}, "en", "A fair contract before departure: recruitment corridors from Brevania",
		"Recruitment agencies are licensed against a standard that forbids fees to workers; contracts are registered in both countries, and a returning worker can claim unpaid wages from home.",
		"area-4", []int{6, 22}, [3]int{2, 2, 0}, []int{1100, 800}, granted, ""},
	{"QQ", iom, []string{undp}, "fr", "Des données pour décider : un observatoire des migrations en Elmara",
		"Cinq administrations mettent en commun leurs registres, sans données nominatives, et publient chaque trimestre ce qu'elles savent et ce qu'elles ignorent des mobilités.",
		"area-1", []int{1, 3, 17}, [3]int{1, 1, 1}, []int{800, 550}, granted, ""},
	{"XJ", unicef, []string{ohchr}, "es", "Ninguna niña, ningún niño solo: integración escolar en Xantara",
		"Doce municipios inscriben en la escuela, en menos de quince días, a la niñez que llega o que regresa, con mediadoras de las propias comunidades y un seguimiento que respeta su intimidad.",
		"area-5", []int{15, 16}, [3]int{2, 2, 3}, []int{750, 450}, granted, ""},

	{"QS", unodc, []string{unhcr}, "en", "Finding the traffickers, not the trafficked: joint case work in Gessaly",
		"Prosecutors and labour inspectors open cases together; no one found in exploitation is detained for it, and victims have a lawyer from the first interview.",
		"area-3", []int{9, 10}, [3]int{3, 3, 2}, []int{600, 380}, before, ""},
	{"XL", iom, []string{unwomen}, "fr", "Rentrer et rester : réintégration par les communes du Zembala",
		"Quarante communes accueillent les personnes de retour avec un plan local, un fonds de petits investissements ouvert aussi aux voisins, et un suivi à six, douze et vingt-quatre mois.",
		"area-3", []int{21}, [3]int{2, 3, 1}, []int{640, 410}, before, ""},
	{"QU", unicef, []string{who}, "en", "Health cards that cross the border: mothers and children in Issaria",
		"A paper and digital card keeps vaccinations and antenatal visits of families who move with the seasons; clinics on both sides of the border read it without asking for a residence permit.",
		"area-5", []int{15}, [3]int{2, 2, 3}, []int{520, 360}, before, ""},

	{"QR", undp, []string{fao}, "fr", "Partir par choix : moyens de subsistance dans le sud du Faranto",
		"Les coopératives des zones touchées par la sécheresse diversifient leurs cultures et leurs débouchés, pour que le départ redevienne un choix.",
		"area-2", []int{2}, [3]int{1, 2, 1}, []int{700, 500}, eligible, ""},
	{"QW", iom, []string{fao}, "fr", "Quand l'île rétrécit : mobilité climatique planifiée au Kamaro",
		"Les villages menacés par la mer décident eux-mêmes s'ils partent, où et comment, avec l'appui d'un service foncier itinérant.",
		"area-2", []int{2}, [3]int{2, 2, 2}, []int{540, 330}, eligible, ""},
	{"QX", ilo, []string{unwomen}, "ru", "Домашний труд — труд: права работников-мигрантов в Лиссове",
		"Домашние работницы регистрируются по упрощенной процедуре, получают типовой договор на своем языке и могут обратиться к инспектору труда без риска для своего статуса.",
		"area-4", []int{6}, [3]int{3, 3, 0}, []int{430, 290}, eligible, ""},
	{"QY", ilo, []string{iom, unwomen}, "en", "Skills that count on arrival: mutual recognition from Mirandesh",
		"Welders, carers and drivers are tested once, against one standard, before they leave; employers in two countries of destination have agreed to accept the result.",
		"area-4", []int{18, 19}, [3]int{1, 2, 0}, []int{610, 420, 260}, eligible, ""},
	{"QZ", unhcr, []string{iom}, "en", "Papers for everyone born on the move: civil registration in Nambora",
		"Mobile registrars follow the fishing season along the lake and record births that nobody recorded, whatever the parents' nationality.",
		"area-3", []int{4}, [3]int{3, 2, 3}, []int{490, 310}, eligible, ""},
	{"XA", undp, []string{iom}, "en", "Remittances that arrive whole: cheaper transfers to Orvistan",
		"Post offices and two mobile operators join one clearing house; the price of sending 200 dollars is published every week, corridor by corridor.",
		"area-4", []int{20}, [3]int{1, 2, 1}, []int{380, 270}, declined, "The body found the note sound and its effect on prices uncertain: a clearing house of two operators leaves the largest corridor out. A note with the central bank aboard would be read anew."},
	{"XC", ohchr, []string{iom}, "es", "Defensoría en camino: asistencia jurídica móvil en Quenara",
		"Dos unidades móviles de la defensoría del pueblo recorren la ruta del altiplano y atienden en tres lenguas; cada caso queda registrado con el consentimiento de la persona.",
		"area-2", []int{7, 12}, [3]int{3, 2, 2}, []int{340, 220}, eligible, ""},
	{"XE", who, []string{iom}, "ar", "الصحة للجميع على الطريق: خدمات صحية للمهاجرين في سندارا",
		"عيادات متنقلة على طول طريق القوافل تقدم الرعاية دون سؤال عن الوضع القانوني، وتحال الحالات الخطرة إلى مستشفيات متفق معها مسبقا.",
		"area-5", []int{15}, [3]int{3, 2, 2}, []int{450, 240}, eligible, ""},
	{"XG", unodc, []string{iom}, "en", "One file, one interview: smuggling investigations in Uldovia",
		"Police and prosecutors keep a single file for each case, so that a witness is heard once and protected afterwards.",
		"area-3", []int{9}, [3]int{2, 1, 1}, []int{360, 210}, declined, "The body prefers to strengthen joint case work where prosecutors and inspectors work together already; nothing stands against the note itself."},

	{"XB", fao, nil, "en", "New boats for Pelagua",
		"Replaces forty fishing boats of the northern islands.",
		"area-2", []int{2}, [3]int{0, 0, 0}, []int{900}, ineligible, "The note buys equipment only and says nothing of migration: it answers no objective of the Global Compact. A note on livelihoods of coastal communities who consider leaving would."},
	{"XF", undp, nil, "en", "A conference centre for migration dialogues on the Tamarind Islands",
		"Builds and equips a conference centre for regional dialogues.",
		"area-1", []int{23}, [3]int{0, 0, 0}, []int{1400}, ineligible, "Construction of buildings is outside what the fund can start, and no migrants, communities or local governments take part."},
	{"XH", wfp, []string{fao}, "en", "Food assistance along the Vashtar highway",
		"Hot meals and dry rations for travellers at nine stations of the highway.",
		"area-2", []int{7}, [3]int{1, 1, 1}, []int{800, 350}, ineligible, "Humanitarian assistance has its own funds; the note asks for no change in how migration is governed. Please talk to the humanitarian coordinator."},
	{"XI", unfpa, nil, "en", "A household survey in Wenduru",
		"A national household survey with a migration module.",
		"area-1", []int{1}, [3]int{0, 1, 0}, []int{620}, ineligible, "The survey is financed already by the national statistical plan, as its annex says: the fund does not pay twice for the same."},

	{"XM", iom, []string{unwomen}, "en", "Seasonal work that brings people home: Arohati",
		"A scheme for seasonal workers with savings plans and paid return travel.",
		"area-4", []int{5, 6}, [3]int{1, 2, 1}, []int{460, 180}, withdrawn, ""},
	{"XN", unwomen, []string{ilo}, "es", "Cuidar sin fronteras: trabajadoras del cuidado en Bellacosta",
		"Registro, formación y descanso pagado para trabajadoras del cuidado migrantes, con su sindicato.",
		"area-4", []int{6, 22}, [3]int{2, 3, 1}, []int{310, 240}, withdrawn, ""},
	{"XP", unhcr, []string{unodc}, "en", "Alternatives to detention in Durrana",
		"Community hosting and regular check-ins take the place of detention, first in two provinces.",
		"area-3", []int{11}, [3]int{3, 2, 3}, []int{570, 260}, withdrawn, ""},

	{"XD", iom, nil, "en", "Rescue and after: search, care and names for the missing off Rhovara",
		"Coast guard, forensic service and families' associations share one protocol for rescue, care and the identification of those who died.",
		"area-2", []int{8}, [3]int{2, 1, 1}, []int{690}, returned, "Partners outside government are named without a task, and the child marker's reason speaks of something else. Please mend both; the rest is sound."},
	{"XK", unfpa, []string{who}, "en", "Care for survivors on the Yelvanian route",
		"Six shelters along the route offer clinical care, counselling and a safe night, and pass on nobody's name without consent.",
		"area-2", []int{7}, [3]int{3, 3, 2}, []int{400, 280}, returned, "The two organisations' shares add up to the request, but the summary speaks of a third. Please say who does what."},
	{"XT", undp, nil, "fr", "Diaspora et développement local en Havenia",
		"Un fonds de contrepartie pour les projets que les associations de la diaspora conçoivent avec les communes.",
		"area-4", []int{19}, [3]int{1, 1, 0}, []int{350}, drafted, ""},
}

// secondCall is open: most of its notes are still being written.
var secondCall = []note{
	{"QO", iom, []string{ilo}, "en", "Learning from seasonal workers in Caldessa's forests",
		"Employers, unions and municipalities look back on ten seasons and agree on housing, transport and sick pay.",
		"area-4", []int{6, 22}, [3]int{2, 1, 0}, []int{220, 140}, submitted, ""},
	{"QP", ohchr, nil, "en", "Judges on the move: training on migrants' rights in Dorvenia",
		"Administrative judges of eight districts decide model cases together with those of three countries of origin.",
		"area-2", []int{7}, [3]int{3, 1, 1}, []int{260}, drafted, ""},
	{"QT", undp, []string{iom}, "en", "Voting with neighbours: local participation in Hulvar",
		"Four towns try advisory councils on which newcomers and long-time residents sit in equal numbers.",
		"area-5", []int{16}, [3]int{1, 2, 1}, []int{190, 120}, drafted, ""},
	{"QV", unicef, nil, "en", "Guardians within a week for children alone in Jorunda",
		"Every child who arrives alone has a trained guardian within seven days, and a say in who it is.",
		"area-2", []int{7, 12}, [3]int{3, 2, 3}, []int{540}, submitted, ""},
	{"XO", ilo, []string{unwomen}, "es", "Sindicatos sin fronteras: negociación colectiva en Cordaña",
		"Trabajadoras y trabajadores agrícolas migrantes eligen a sus representantes y negocian con los productores del valle.",
		"area-4", []int{6}, [3]int{3, 2, 0}, []int{410, 190}, eligible, ""},
	{"XQ", iom, []string{unicef}, "es", "Familias que se reúnen: procedimientos sencillos en Esperanda",
		"Una ventanilla única y plazos publicados para la reunificación familiar, con apoyo a quienes esperan.",
		"area-4", []int{5}, [3]int{2, 2, 3}, []int{370, 230}, returned, "The objectives are of area 4 and the activities mostly of area 5: please choose one and let the other follow."},
	{"XR", iom, nil, "en", "Telling it straight: newsrooms and migration in Feyland",
		"Local newsrooms and migrants' associations check claims together and publish how they did it.",
		"area-1", []int{17}, [3]int{2, 1, 1}, []int{240}, drafted, ""},
	{"XS", fao, []string{ilo}, "en", "Harvest contracts in Gandoro: decent work in the orchards",
		"Growers' cooperatives and pickers from three countries agree on one contract, read aloud in four languages.",
		"area-4", []int{6}, [3]int{2, 2, 1}, []int{330, 210}, submitted, ""},
	{"XU", unodc, []string{unhcr, iom}, "en", "Safe reporting: victims of trafficking in Ibeko",
		"Whoever reports a trafficker can stay, work and be heard by video; the first month is paid by a victims' fund.",
		"area-3", []int{10}, [3]int{3, 3, 2}, []int{480, 260, 200}, submitted, ""},
	{"XV", unwomen, []string{ilo}, "en", "Before she signs: information for domestic workers from Kesharia",
		"Women who return advise women who leave, in their own villages, with a contract to take home and read.",
		"area-1", []int{3}, [3]int{2, 3, 1}, []int{290, 170}, eligible, ""},
	{"XW", unhcr, []string{undp}, "fr", "Accueillir ensemble : plans communaux au Lomandé",
		"Vingt communes écrivent avec leurs habitants, anciens et nouveaux, un plan d'accueil de deux pages.",
		"area-5", []int{16}, [3]int{1, 2, 2}, []int{310, 190}, endorsed, ""},
	{"XX", who, []string{unfpa}, "fr", "Santé des orpailleurs migrants au Marabanda",
		"Des dispensaires mobiles suivent les sites d'orpaillage et soignent sans condition de papiers.",
		"area-5", []int{15}, [3]int{2, 2, 1}, []int{360, 180}, returned, "La lettre d'appui des collectivités locales manque, et l'indicateur de prise en compte de l'enfant n'est pas motivé pour les sites eux-mêmes."},
	{"XY", unicef, []string{iom}, "ar", "مدارس لا تسأل عن الجواز: تعليم الأطفال المتنقلين في سومبارا",
		"تسجل المدارس الأطفال المتنقلين مع عائلاتهم في أي شهر من السنة، وينتقل معهم دفتر واحد من مدرسة إلى أخرى.",
		"area-5", []int{15}, [3]int{2, 2, 3}, []int{420, 200}, drafted, ""},
	{"XZ", wfp, []string{fao}, "zh", "牧民的路：昌达尔跨境放牧季节协议",
		"牧民代表与边境两侧的地方政府商定放牧路线、水源和兽医服务，并在争端发生前会面。",
		"area-3", []int{4, 11}, [3]int{1, 1, 1}, []int{280, 190}, drafted, ""},
}

// Reasons given for a marker's step, by marker and step.
var reasons = map[string][4][]string{
	"human-rights": {
		{"Rights are not affected by what is planned, as far as we can see."},
		{"Data protection and access to information are looked at in one activity.", "Rights are a theme of the training, without measures of their own.", "A complaints channel exists; claims are not followed up."},
		{"An analysis of rights at stake shapes two of four activities.", "Access to justice is an output, with numbers to be reported each half year.", "Duty bearers take on tasks that can be counted; rights holders were asked first."},
		{"Who holds which right, and who must fulfil it, is where the note begins.", "The whole programme is a safeguard: without it people are without remedy.", "Rights holders steer, and can stop an activity that harms."},
	},
	"gender": {
		{"Women and men are counted, and nothing follows from it."},
		{"Meetings are held when and where women can come.", "Figures are kept for women and men; one activity is for women.", "Gender is looked at in the risk table."},
		{"The analysis of what women, men and others need decides where the money goes.", "Half of those who are trained are women, and child care is paid.", "Women's associations carry out one of the outputs."},
		{"Equality is the aim: what changes for women is what is measured.", "The note was written with women who migrate, and they choose the indicators.", "Violence against women is why the programme exists."},
	},
	"child": {
		{"Children are not reached by what is planned."},
		{"Effects on families are described; children are not asked.", "Staff sign a code for work with children.", "Children benefit as members of households."},
		{"Effects on children who stay and who go are analysed, with safeguards.", "Procedures for children alone are written with the child protection service.", "Schools and clinics report on children by age."},
		{"The best interests of the child decide each case, and children are heard.", "Children are the ones for whom it is done, and they help to judge it.", "Every activity is for children and is measured by what changes for them."},
	},
}

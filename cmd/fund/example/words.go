package example

import "startupfund/domain"

// firstWords are those of the call that has closed.
var firstWords = domain.Words{
	Title: "First call: starting together",
	Text:  "For joint programmes that let something start which others can carry on: of a state with United Nations organisations, local governments and those concerned. All thematic areas.",
}

// secondWords are those of the call that is open: written in English, translated by
// a person to French and Spanish and by a machine to Arabic.
var secondWords = domain.Words{
	Language: "en",
	Title:    "Second call: work, health and school along the way",
	Text: "For joint programmes of up to two million dollars that let something start which others can carry on. All thematic areas; notes on work, health and school are especially welcome.\n\n" +
		"A note is written by a United Nations organisation with the state whose programme it is, with local governments, and with migrants and the communities they live in. It says who carries on when the fund's money ends.",
	Translations: []domain.Translation{
		{Language: "fr", By: domain.ByPerson, Title: "Deuxième appel : travail, santé et école en chemin",
			Text: "Pour des programmes conjoints de deux millions de dollars au plus, qui font commencer ce que d'autres pourront poursuivre. Tous les domaines thématiques ; les notes sur le travail, la santé et l'école sont particulièrement bienvenues.\n\n" +
				"La note est écrite par une organisation des Nations Unies avec l'État porteur du programme, les collectivités locales, les migrants et les communautés où ils vivent. Elle dit qui poursuivra lorsque l'argent du fonds prendra fin."},
		{Language: "es", By: domain.ByPerson, Title: "Segunda convocatoria: trabajo, salud y escuela en el camino",
			Text: "Para programas conjuntos de hasta dos millones de dólares que pongan en marcha lo que otros puedan continuar. Todas las áreas temáticas; son especialmente bienvenidas las notas sobre trabajo, salud y escuela.\n\n" +
				"La nota la escribe una organización de las Naciones Unidas con el Estado titular del programa, los gobiernos locales, los migrantes y las comunidades donde viven. Dice quién continúa cuando termine el dinero del fondo."},
		{Language: "ar", By: domain.ByMachine, Title: "الدعوة الثانية: العمل والصحة والمدرسة على الطريق",
			Text: "لبرامج مشتركة لا تتجاوز مليوني دولار تبدأ ما يستطيع غيرها مواصلته. كل المجالات المواضيعية؛ ويُرحب خصوصا بالمذكرات المتعلقة بالعمل والصحة والمدرسة.\n\n" +
				"تكتب المذكرة منظمة من منظمات الأمم المتحدة مع الدولة صاحبة البرنامج والحكومات المحلية والمهاجرين والمجتمعات التي يعيشون فيها. وتبين من يواصل العمل عند انتهاء أموال الصندوق."},
	},
	Eligibility: []domain.Criterion{
		{Key: "mou", Qualifies: true,
			Question: domain.Worded{"en": "Is your organisation one of the United Nations that has signed the fund's memorandum of understanding, or is about to?",
				"fr": "Votre organisation fait-elle partie des Nations Unies et a-t-elle signé le mémorandum d'accord du fonds, ou va-t-elle le faire ?",
				"es": "¿Es su organización de las Naciones Unidas y ha firmado el memorando de entendimiento del fondo, o está por firmarlo?",
				"ar": "هل منظمتكم من منظمات الأمم المتحدة التي وقعت مذكرة تفاهم الصندوق أو توشك أن توقعها؟"},
			Why: domain.Worded{"en": "The fund's money goes to organisations of the United Nations with a memorandum of understanding. Look for one that works with you on this: the state whose programme it is can name it.",
				"fr": "L'argent du fonds va aux organisations des Nations Unies qui ont signé un mémorandum d'accord. Cherchez-en une qui y travaille avec vous : l'État porteur peut la nommer.",
				"es": "El dinero del fondo va a organizaciones de las Naciones Unidas con un memorando de entendimiento. Busque una que trabaje con usted: el Estado titular puede nombrarla.",
				"ar": "تذهب أموال الصندوق إلى منظمات الأمم المتحدة التي لها مذكرة تفاهم. ابحثوا عن واحدة تعمل معكم: تستطيع الدولة صاحبة البرنامج أن تسميها."}},
		{Key: "government", Qualifies: true,
			Question: domain.Worded{"en": "Has the state whose programme it is agreed to it, and will its focal point endorse the note?",
				"fr": "L'État porteur du programme est-il d'accord, et son point focal va-t-il endosser la note ?",
				"es": "¿Está de acuerdo el Estado titular del programa, y su punto focal respaldará la nota?",
				"ar": "هل وافقت الدولة صاحبة البرنامج، وهل ستؤيد جهة التنسيق فيها المذكرة؟"},
			Why: domain.Worded{"en": "A programme is its state's. Speak with its focal point first; without an endorsement a note cannot be handed in.",
				"fr": "Un programme appartient à son État. Parlez d'abord à son point focal ; sans endossement, la note ne peut pas être soumise.",
				"es": "Un programa es de su Estado. Hable primero con su punto focal; sin respaldo la nota no puede presentarse.",
				"ar": "البرنامج ملك دولته. تحدثوا أولا مع جهة التنسيق فيها؛ فلا تُقدم مذكرة بلا تأييد."}},
		{Key: "financed", Qualifies: false,
			Question: domain.Worded{"en": "Is what you plan already paid for in full by somebody else?",
				"fr": "Ce que vous prévoyez est-il déjà entièrement financé par quelqu'un d'autre ?",
				"es": "¿Lo que planea ya está pagado por completo por otros?",
				"ar": "هل ما تخططون له ممول بالكامل من جهة أخرى؟"},
			Why: domain.Worded{"en": "The fund does not pay twice for the same. A note on what is not paid for yet is welcome.",
				"fr": "Le fonds ne paie pas deux fois la même chose. Une note sur ce qui n'est pas encore financé est bienvenue.",
				"es": "El fondo no paga dos veces lo mismo. Una nota sobre lo que aún no está pagado es bienvenida.",
				"ar": "لا يدفع الصندوق مرتين للشيء نفسه. ونرحب بمذكرة عما لم يُمول بعد."}},
	},
}

// qualifying are the answers that let somebody begin.
func qualifying(call domain.Call) map[string]bool {
	answers := map[string]bool{}
	for _, q := range call.Eligibility {
		answers[q.Key] = q.Qualifies
	}
	return answers
}

// enquiries are asked about the open call, and all but the last are answered.
var enquiries = []struct {
	from, language, text, answer, changed, why string
}{
	{iom, "en", "May a note cover two neighbouring provinces of two states?",
		"Yes. Name both states as owners: each endorses, and each counts it among its two entries.", "", ""},
	{unicef, "fr", "Les salaires des enseignants peuvent-ils figurer au budget ?",
		"Oui, pendant la durée du programme, si la note dit qui les paie ensuite.",
		"Oui, pendant la durée du programme et pour du personnel supplémentaire, si la note dit qui les paie ensuite.",
		"La première réponse laissait croire que les salaires courants étaient couverts."},
	{who, "en", "Does the ceiling of two million dollars include the indirect cost?",
		"Yes. What is asked is everything, the indirect cost among it.", "", ""},
	{fao, "es", "¿Pueden participar cooperativas como socias sin recibir fondos directamente?", "", "", ""},
}

// askAbout lets applicants ask about the call, the secretariat answer, and put one
// answer right.
func (st *story) askAbout(call *domain.Call, d days) {
	for i, q := range enquiries {
		day := d.opens - 5 - 4*i
		if q.answer == "" {
			day = 3
		}
		st.at(day, 10, 0, func() {
			f := must(st.AskAboutCall(st, st.applicant(q.from), call.ID, q.language, q.text))
			if q.answer == "" {
				return
			}
			st.at(day-2, 11, 0, func() {
				f = must(st.AnswerEnquiry(st, st.as(d.secretary), f.ID, f.Version(), q.language, q.answer, ""))
			})
			if q.changed != "" {
				st.at(day-4, 12, 0, func() {
					must(st.AnswerEnquiry(st, st.as(d.secretary), f.ID, f.Version(), q.language, q.changed, q.why))
				})
			}
		})
	}
}

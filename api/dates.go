package api

import (
	"fmt"
	"time"
)

// months are their names in each language; in Arabic both names that the United
// Nations writes, in Russian the genitive that stands after a day.
var months = map[string][12]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"es": {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	"ar": {"كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه", "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
}

// longDay writes a day with its month in words: "1 October 2026".
func (t tongue) longDay(d time.Time) string {
	day, month, year := d.Day(), d.Month(), d.Year()
	switch t.language {
	case "zh":
		return fmt.Sprintf("%d年%d月%d日", year, month, day)
	case "es":
		return fmt.Sprintf("%d de %s de %d", day, months["es"][month-1], year)
	case "fr":
		if day == 1 {
			return fmt.Sprintf("1er %s %d", months["fr"][month-1], year)
		}
	case "ru":
		return fmt.Sprintf("%d %s %d года", day, months["ru"][month-1], year)
	}
	return fmt.Sprintf("%d %s %d", day, months[t.language][month-1], year)
}

package api

import (
	"fmt"
	"strings"
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

// instantIn writes an instant in a time zone, by its IANA name, and names the place.
func (t tongue) instantIn(at time.Time, zone string) string {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return t.instant(at)
	}
	local := at.In(location)
	return t.say("site.moment", map[string]any{"day": t.longDay(local), "time": local.Format("15:04"), "place": t.placeName(zone)})
}

// cities are those whose time people know, in each language; the pages of the app
// have the same (frontend/src/time/dates.ts).
var cities = map[string]map[string]string{
	"Europe/Zurich":    {"en": "Geneva", "fr": "Genève", "es": "Ginebra", "ar": "جنيف", "ru": "Женева", "zh": "日内瓦"},
	"America/New_York": {"en": "New York", "fr": "New York", "es": "Nueva York", "ar": "نيويورك", "ru": "Нью-Йорк", "zh": "纽约"},
	"Africa/Nairobi":   {"en": "Nairobi", "fr": "Nairobi", "es": "Nairobi", "ar": "نيروبي", "ru": "Найроби", "zh": "内罗毕"},
}

// placeName is the city of a time zone: "Geneva" of "Europe/Zurich", and where there
// is no word for it, the zone's own.
func (t tongue) placeName(zone string) string {
	if name, ok := cities[zone][t.language]; ok {
		return name
	}
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}

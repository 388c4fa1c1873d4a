package domain

// What is told of yearly reviews.
const (
	YearlyOpened    Notice = "yearly-review-opened"
	YearlyCommented Notice = "yearly-review-commented"
	YearlyFrozen    Notice = "yearly-review-closed"
)

func init() { Notices = append(Notices, YearlyOpened, YearlyCommented, YearlyFrozen) }

// toldOfYearly lists who is told of an act on a yearly review; nobody, of another.
func toldOfYearly(act string) []Audience {
	switch act {
	case "yearly-review.open":
		return body(YearlyOpened)
	case "yearly-review.comment":
		return []Audience{{YearlyCommented, Secretariat, Everybody, false}}
	case "yearly-review.close":
		return body(YearlyFrozen)
	}
	return nil
}

package ledger

// Balances is what each account holds after vouchers, in any order; an account
// whose postings cancel out stays in, at zero. All of it sums to zero, since each
// posting takes what it gives. Panics where an account met two currencies.
func Balances(vouchers []Voucher) map[Account]Money {
	sum := map[Account]Money{}
	for _, v := range vouchers {
		for account, change := range v.Effect() {
			if was, ok := sum[account]; ok {
				change = was.Add(change)
			}
			sum[account] = change
		}
	}
	return sum
}

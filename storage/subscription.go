package storage

// Subscription is how many more subscription notices of one template a person agreed
// to. A template of the long kind needs one consent for all of them.
type Subscription struct {
	Account   string `db:"account"`
	OpenID    string `db:"openid"`
	Template  string `db:"template"`
	Left      int    `db:"left_count"`
	ChangedAt Moment `db:"changed_at"`
}

func (Subscription) table() string { return "subscription" }

const whoseSubscription = " WHERE account = ? AND openid = ? AND template = ?"

// Subscribe adds to what a person agreed to.
func (tx *Tx) Subscribe(account, openid, template string, n int) error {
	changed, err := tx.exec("UPDATE subscription SET left_count = left_count + ?, changed_at = ?"+whoseSubscription,
		n, At(tx.wall), account, openid, template)
	if err != nil || changed > 0 {
		return err
	}
	return insert(tx, &Subscription{Account: account, OpenID: openid, Template: template, Left: n, ChangedAt: At(tx.wall)})
}

// Unsubscribe takes everything back that a person agreed to about a template.
func (tx *Tx) Unsubscribe(account, openid, template string) error {
	return tx.change("UPDATE subscription SET left_count = 0, changed_at = ?"+whoseSubscription, At(tx.wall), account, openid, template)
}

// UseSubscription takes one; false if there is none.
func (tx *Tx) UseSubscription(account, openid, template string) (bool, error) {
	n, err := tx.exec("UPDATE subscription SET left_count = left_count - 1, changed_at = ?"+whoseSubscription+" AND left_count > 0",
		At(tx.wall), account, openid, template)
	return n == 1, err
}

// SubscriptionTo reads what a person agreed to about a template.
func (tx *Tx) SubscriptionTo(account, openid, template string) (Subscription, bool, error) {
	return one[Subscription](tx, whoseSubscription[1:], account, openid, template)
}

// ForgetSubscriptions removes what an OpenID agreed to.
func (tx *Tx) ForgetSubscriptions(account, openid string) error {
	return tx.change("DELETE FROM subscription WHERE account = ? AND openid = ?", account, openid)
}

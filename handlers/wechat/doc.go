// Package wechat is the edge towards WeChat: the Gate lets messages of an
// Official Account in, API and Channels carry notices out. It turns what the
// platform says into package talk's words and knows nothing of villages.
package wechat

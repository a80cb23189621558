package wechat

import "sync"

// maxKept is the largest buffer that goes back to the pool. Messages are
// under 4 kB; a single large one must not stay in memory for ever.
const maxKept = 16 << 10

// scratch is the room one request works in. Nothing that outlives the request
// may point into it.
type scratch struct {
	body  []byte // as received
	text  []byte // parts of a signature, or base64
	coded []byte // ciphertext
	plain []byte // what was or will be encrypted
	out   []byte // the answer
}

type scratchPool struct{ pool sync.Pool }

func (p *scratchPool) get() *scratch {
	if s, ok := p.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{body: make([]byte, 0, 4<<10), out: make([]byte, 0, 2<<10)}
}

func (p *scratchPool) put(s *scratch) {
	if max(cap(s.body), cap(s.text), cap(s.coded), cap(s.plain), cap(s.out)) <= maxKept {
		p.pool.Put(s)
	}
}

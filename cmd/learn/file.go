package main

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"

	"mishu/bot/read"
)

// File writes the weights a byte each, as read takes them: 128 is none, and the step
// is such that the greatest has room.
func (w *Weights) File(examples [sha256.Size]byte, v *read.Verdict) []byte {
	most := float32(0)
	for _, v := range w.rows {
		most = max(most, float32(math.Abs(float64(v))))
	}
	step := most / 127
	if step == 0 {
		step = 1
	}
	out := append([]byte(read.WeightsMark), examples[:]...)
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(step))
	for _, level := range v {
		for _, f := range level {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(f))
		}
	}
	out = append(out, make([]byte, read.WeightsHead-len(out))...)
	for n := range rows {
		for _, v := range w.rows[n*read.Judgements:][:read.Judgements] {
			out = append(out, byte(128+int(math.Round(float64(v/step)))))
		}
		out = append(out, make([]byte, read.MarkAt-read.Judgements)...)
		mark := uint16(0)
		if w.owned[n] {
			mark = read.RowMark(w.owner[n])
		}
		out = binary.LittleEndian.AppendUint16(out, mark)
	}
	return out
}

// digest is the SHA-256 of the examples, by which a file of weights tells of what it was
// made.
func digest(folder string) (sum [sha256.Size]byte, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		return sum, err
	}
	h := sha256.New()
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return sum, err
		}
		h.Write(raw)
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

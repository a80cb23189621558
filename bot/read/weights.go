package read

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"math"
)

// The learned weights: for every key of a feature a row, how much it speaks for each
// Judgement. `go generate ./bot/read` makes them from the labelled lines in examples/.
// As a string they stay in the program's file; only the rows that are met are in memory.
//
//go:generate go run ../../cmd/learn
//go:embed weights.bin
var weightsFile string

// A Judgement is a column of the weights.
type Judgement int

// The judgements. One of the intents holds, and one of the classes where danger does;
// the others hold or not, each by itself.
const (
	JudgedIntents  Judgement = 0 // as in LearnedIntents
	JudgedStrong   Judgement = 11
	JudgedDanger   Judgement = 12 // one question at least
	JudgedClasses  Judgement = 13 // as in LearnedClasses
	JudgedServices Judgement = 22 // as in LearnedServices
	Judgements               = 29
)

// LearnedIntents are the intents of the contract, in the order of the columns.
var LearnedIntents = [...]Intent{RequestHelp, ReportVisit, Claim, Complete, Cancel, Query, Emergency, Register, secretaryQuery, Smalltalk, Unknown}

// LearnedClasses are the classes of danger, in the order of the columns.
var LearnedClasses = [...]Class{Life, Poison, Fire, SelfHarm, Child, Violence, Missing, Fraud, Gone}

// LearnedServices are the seven, in the order of the columns.
var LearnedServices = [...]Service{Yi, Hu, Lao, Chu, Xi, Fu, Xue}

// Where the row of a feature lies. Two rows share a line of the processor's cache, and the
// lower half of a key tells which line; the last two bytes of a row are the upper half of
// the key that it belongs to, 0 if it belongs to none. A feature that was never learned
// finds no row, and says nothing.
const (
	RowBytes = 32
	LineBits = 17
	MarkAt   = RowBytes - 2
)

// LineOf tells which two rows a key may have, and RowMark what stands in the one that it has.
func LineOf(key uint32) uint32 { return key & (1<<LineBits - 1) }

// RowMark is 0 for no key.
func RowMark(key uint32) uint16 { return uint16(max(key>>LineBits, 1)) }

// WeightsMark begins a file of weights; behind it stand the SHA-256 of the examples, the
// value of one step of a weight (a float32, little endian), the Verdict (float32 too), nothing up
// to WeightsHead, and the rows, a byte each weight, 128 for none.
const (
	WeightsMark = "mishu weights 3\n"
	WeightsHead = 1024

	digestEnd = len(WeightsMark) + sha256.Size
	stepEnd   = digestEnd + 4
	_         = uint(WeightsHead - stepEnd - 4*len(LearnedLevels)*evidenceLen) // there is room
)

// WeightsOf is the SHA-256 of the examples from which the weights were learned.
func WeightsOf() string { return weightsFile[len(WeightsMark):digestEnd] }

var (
	weightStep = stepOf(weightsFile)
	weightRows = rowsOf(weightsFile)

	weightVerdict = verdictOf(weightsFile)
)

func stepOf(file string) float32 {
	if len(file) != WeightsHead+2*RowBytes<<LineBits || file[:len(WeightsMark)] != WeightsMark {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32([]byte(file[digestEnd:stepEnd])))
}

func rowsOf(file string) string {
	if stepOf(file) == 0 {
		return ""
	}
	return file[WeightsHead:]
}

func verdictOf(file string) (v Verdict) {
	if stepOf(file) != 0 {
		_, _ = binary.Decode([]byte(file[stepEnd:WeightsHead]), binary.LittleEndian, &v)
	}
	return v
}

// A judging adds up rows, some first and more later.
type judging struct {
	sums  [RowBytes]int32
	rows  int // so many were added
	count int // so many features were seen
}

// add adds the rows of the features. Eight weights are added at one step, in lanes of
// 16 bits that hold 256 rows.
func (j *judging) add(features []feature) {
	if weightRows == "" {
		return
	}
	j.count += len(features)
	var rows [256]int32
	for rest := features; len(rest) > 0; {
		some := rest[:min(len(rest), len(rows))]
		rest = rest[len(some):]
		known := rowsFound(some, &rows)
		j.rows += known
		addRows(rows[:known], &j.sums)
	}
}

// rowsFound finds where the rows of at most 256 features begin, those that have one. The
// lines lie scattered over megabytes: so short a loop, without a branch, waits for dozens
// of them at a time, the sum for three or four.
func rowsFound(features []feature, rows *[256]int32) (n int) {
	for _, f := range features {
		at, known := rowOf(f.key)
		rows[uint8(n)] = at
		n += int(known)
	}
	return n
}

// rowOf is where the row of a key begins; known is 1 if it has one, else 0.
func rowOf(key uint32) (at, known int32) {
	at = int32(LineOf(key) * 2 * RowBytes)
	two := weightRows[at : at+2*RowBytes]
	mark := RowMark(key)
	first, second := oneIf(ownMark(two) == mark), oneIf(ownMark(two[RowBytes:]) == mark)
	return at + second*RowBytes, first | second
}

func ownMark(row string) uint16 { return uint16(row[MarkAt]) | uint16(row[MarkAt+1])<<8 }

func oneIf(is bool) int32 {
	if is {
		return 1
	}
	return 0
}

// judged is what was added up so far says.
func (j *judging) judged() (out Judged) {
	scale := weightStep / float32(math.Sqrt(float64(j.count+1)))
	for i := range out {
		out[i] = float32(j.sums[i]-int32(noWeight*j.rows)) * scale
	}
	return out
}

// noWeight is the byte of a weight that says nothing.
const noWeight = 128

func addRows(rows []int32, sums *[RowBytes]int32) {
	const lanes = 0x00ff00ff00ff00ff
	var even, odd [RowBytes / 8]uint64
	for _, at := range rows {
		row := weightRows[at : at+RowBytes]
		for i := range even {
			w := eightBytes(row[i*8:])
			even[i] += w & lanes
			odd[i] += w >> 8 & lanes
		}
	}
	for i := range even {
		for lane := range 4 {
			sums[i*8+lane*2] += int32(even[i] >> (16 * lane) & 0xffff)
			sums[i*8+lane*2+1] += int32(odd[i] >> (16 * lane) & 0xffff)
		}
	}
}

// eightBytes is binary.LittleEndian.Uint64 of a string.
func eightBytes(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

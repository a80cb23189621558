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
	Judgements               = 32 // with room for three: a row is half a line of the processor's cache
)

// LearnedIntents are the intents of the contract, in the order of the columns.
var LearnedIntents = [...]Intent{RequestHelp, ReportVisit, Claim, Complete, Cancel, Query, Emergency, Register, secretaryQuery, Smalltalk, Unknown}

// LearnedClasses are the classes of danger, in the order of the columns.
var LearnedClasses = [...]Class{Life, Poison, Fire, SelfHarm, Child, Violence, Missing, Fraud, Gone}

// LearnedServices are the seven, in the order of the columns.
var LearnedServices = [...]Service{Yi, Hu, Lao, Chu, Xi, Fu, Xue}

// RowBits: there are so many rows, as a power of two. Features that fall on one row share it.
const RowBits = 17

// WeightsMark begins a file of weights; behind it stand the SHA-256 of the examples, the
// value of one step of a weight (a float32, little endian) and the rows, a byte each
// weight, 128 for none.
const WeightsMark = "mishu weights 1\n"

const (
	digestEnd   = len(WeightsMark) + sha256.Size
	weightsHead = digestEnd + 4
)

// WeightsOf is the SHA-256 of the examples from which the weights were learned.
func WeightsOf() string { return weightsFile[len(WeightsMark):digestEnd] }

var (
	weightStep = stepOf(weightsFile)
	weightRows = rowsOf(weightsFile)
)

func stepOf(file string) float32 {
	if len(file) != weightsHead+Judgements<<RowBits || file[:len(WeightsMark)] != WeightsMark {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32([]byte(file[digestEnd:weightsHead])))
}

func rowsOf(file string) string {
	if stepOf(file) == 0 {
		return ""
	}
	return file[weightsHead:]
}

// A judging adds up rows, some first and more later.
type judging struct {
	sums  [Judgements]int32
	count int
}

// add adds the rows of the features. Eight weights are added at one step, in lanes of
// 16 bits that hold 256 rows.
func (j *judging) add(features []feature) {
	if weightRows == "" {
		return
	}
	j.count += len(features)
	for rest := features; len(rest) > 0; {
		some := rest[:min(len(rest), 256)]
		rest = rest[len(some):]
		addRows(some, &j.sums)
	}
}

// judged is what was added up so far says.
func (j *judging) judged() (out Judged) {
	scale := weightStep / float32(math.Sqrt(float64(j.count+1)))
	for i, sum := range j.sums {
		out[i] = float32(sum-int32(noWeight*j.count)) * scale
	}
	return out
}

// noWeight is the byte of a weight that says nothing.
const noWeight = 128

func addRows(features []feature, sums *[Judgements]int32) {
	const lanes = 0x00ff00ff00ff00ff
	var even, odd [Judgements / 8]uint64
	for _, f := range features {
		at := int(f.key&(1<<RowBits-1)) * Judgements
		row := weightRows[at : at+Judgements]
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

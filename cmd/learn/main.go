// Command learn makes bot/read/weights.bin, the learned weights of the reader, from the
// labelled lines in bot/read/examples and the corpus that rules are written for. It is
// run by `go generate ./bot/read`. With -each it writes nothing: every author is left
// out once, and the weights of the others tell how well lines of new people are read.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"time"

	"mishu/bot/read"
)

func main() {
	log.SetFlags(0)
	folder := flag.String("C", ".", "the folder of bot/read")
	each := flag.Int("each", 0, "leave every author out once, in so many parts, and print how his lines are read")
	flag.Parse()
	if err := run(*folder, *each, os.Stdout); err != nil {
		log.Fatal("learn: ", err)
	}
}

// crossings is how many times weights are learned without a part of the authors, for the verdict.
const crossings = 4

func run(folder string, each int, out io.Writer) error {
	lines, err := shown(folder, 1)
	if err != nil {
		return err
	}
	if each > 0 {
		Each(lines, each, out)
		return nil
	}
	of, err := digest(filepath.Join(folder, "examples"))
	if err != nil {
		return err
	}
	verdict := LearnVerdict(lines, Cross(lines, crossings), func(*Line) bool { return true })
	file := Train(ShownOf(lines)).File(of, verdict)
	fmt.Fprintf(out, "%d lines, %d bytes\n", len(lines), len(file))
	return os.WriteFile(filepath.Join(folder, "weights.bin"), file, 0o666)
}

// How many times more an everyday line counts, of which there are fewer than of dangers although
// most of what is written is everyday, and how many times what the rules and the tests promise.
const (
	everydayMore = 3
	corpusCount  = 4
	casesCount   = 16
)

// shown reads every nth of all labelled lines and what it shows.
func shown(folder string, n int) ([]Line, error) {
	roster, err := os.Open(filepath.Join(folder, "testdata/corpus/roster.json"))
	if err != nil {
		return nil, err
	}
	defer roster.Close()
	village, err := read.ReadVillage(roster, time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))
	if err != nil {
		return nil, err
	}
	examples, err := ReadExamples(filepath.Join(folder, "examples"))
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(folder, "testdata/corpus/*develop*.jsonl"))
	if err != nil {
		return nil, err
	}
	corpus, err := ReadCorpus(files)
	if err != nil {
		return nil, err
	}
	cases, err := ReadCases(filepath.Join(folder, "testdata"))
	if err != nil {
		return nil, err
	}
	all := slices.Concat(examples, slices.Repeat(everyday(examples), everydayMore), slices.Repeat(corpus, corpusCount), slices.Repeat(cases, casesCount))
	all = append(all, Joined(all)...)
	some := all[:0]
	for i := range all {
		if i%n == 0 {
			some = append(some, all[i])
		}
	}
	return Show(some, village), nil
}

// everyday are the examples that count more than once.
func everyday(examples []Example) (out []Example) {
	for _, e := range examples {
		if e.Intent != "" {
			e.Extra = true
			out = append(out, e)
		}
	}
	return out
}

package bot_test

import (
	"strings"
	"testing"
	"time"
)

// Somebody asks about a person of whom he may know nothing. Whether that person
// exists cannot be told from what he hears, neither at once nor by the push
// that answers a line nobody understood.
func TestRefusalSoundsTheSameForWhoeverExists(t *testing.T) {
	t.Parallel()
	questions := []string{"%s住哪里", "%s电话多少", "%s最近身体怎么样", "%s得了什么病", "%s屋里有几个人"}
	visited := []string{"有人去看过%s没", "%s这个月有人看没"} // who visits nobody and speaks for nobody
	for _, who := range []string{"夏桂花", "刘海波", "邓小军", "陌生人"} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			asked := questions
			if who == "夏桂花" || who == "陌生人" {
				asked = append(visited, questions...)
			}
			for _, q := range asked {
				real, invented := answersTo(t, who, q, "舒忠良"), answersTo(t, who, q, "欧阳必胜")
				if real != invented {
					t.Errorf("%s\n to the real one   %q\n to the invented   %q", q, real, invented)
				}
				if strings.Contains(real, "独居") || strings.Contains(real, "满妹") {
					t.Errorf("%s tells something: %q", q, real)
				}
			}
		})
	}
}

// answersTo is everything that comes back to a question about somebody, with
// his name taken out.
func answersTo(t *testing.T, who, question, about string) string {
	t.Helper()
	s := newStage(t, stores[0])
	s.say(who, strings.ReplaceAll(question, "%s", about))
	all := s.reply
	s.clock.add(21 * time.Second)
	s.tick()
	for _, p := range s.pushed {
		all += "\n" + s.names[p.person] + ": " + p.text
	}
	return strings.ReplaceAll(all, about, "某某")
}

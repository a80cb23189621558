# Everything that is done to this project by a command. `make` lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help demo check learn test test-race test-plain bench soak plans deliveries fuzz lint install-tools

GO ?= go
ARGS ?=

# Seconds for each fuzz target, and for the gate, which stands open to everybody.
FUZZ_EACH ?= 10
FUZZ_GATE ?= 60

# Build tags that hide tests: those that need a browser, and those that need a
# binary which can be made to die at a named point.
TAGS := browser failpoints
empty :=
comma := ,
ALL_TAGS := $(subst $(empty) $(empty),$(comma),$(TAGS))

# What plays one line after another on SQLite, which the race detector slows
# tenfold for nothing: it runs without it, but for the tests that run several
# things at once.
SEQUENTIAL := mishu/bot mishu/bot/help mishu/cmd/learn mishu/cmd/mishu
CONCURRENT := Fifty|AtOnce|Away|Unanswered|Fragment|Twice|Webhook|SIGTERM|Serve|Stop|Part|Listener|Watchdog|Accounts|NewAuthors

help: ## list the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: ## chat with an invented village; ARGS="--listen ADDR --data FOLDER"
	@$(GO) run ./cmd/mishu demo $(ARGS)

learn: ## the reader's weights, made anew; ARGS="-each 9" measures instead
	@$(GO) run ./cmd/learn -C bot/read $(ARGS)

check: lint ## quick: linters and tests, without installing anything
	@$(GO) test -short ./...

# One look with every tag sees all files but the few that a tag turns off; those
# are looked at apart.
lint: ## formatting, vet, staticcheck
	@unformatted=$$($(GO) tool gofumpt -l .)
	[ -z "$$unformatted" ] || { printf 'gofumpt would change:\n%s\n' "$$unformatted"; exit 1; }
	untagged=$$(grep -rlE '^//go:build !($(subst $(empty) $(empty),|,$(TAGS)))$$' --include='*.go' . | xargs -r dirname | sort -u)
	for look in '-tags $(ALL_TAGS) ./...' $${untagged:+"$$untagged"}; do
		$(GO) vet $$look
		$(GO) tool staticcheck $$look
	done

# A tally of its own for each run also keeps go from answering out of its cache
# for the tests that need servers: the file's name is part of what they read.
# One package after another leaves a core idle, so there are two lanes: what the race
# detector looks at, and the long sequential conversations without it, which end first
# and leave their lane to the fuzz targets.
test: install-tools lint ## everything, with real servers and a browser; installs what is missing
	@began=$$SECONDS
	work=$$(mktemp -d)
	trap 'code=$$?; rm -rf "$$work"; [ $$code = 0 ] || printf "FAIL\tmishu\t%ss\n" $$((SECONDS - began))' EXIT
	export MISHU_TEST_SERVERS=required MISHU_TEST_TALLY="$$work/tally"
	touch "$$MISHU_TEST_TALLY"
	$(MAKE) --no-print-directory -j2 test-race test-plain fuzz
	met() { sort -u "$$MISHU_TEST_TALLY" | grep -c "^$$1 " || true; }
	mariadb=$$(met mariadb) redis=$$(met redis)
	printf 'mariadb: %s tests, redis: %s tests\n' "$$mariadb" "$$redis"
	[ "$$mariadb" -gt 0 ] && [ "$$redis" -gt 0 ] || { echo 'no test met a real server of one kind'; exit 1; }
	printf 'ok  \tmishu\t%ss\n' $$((SECONDS - began))

test-race:
	@$(GO) test -race -p 1 $$($(GO) list ./... | grep -vxF "$$(printf '%s\n' $(SEQUENTIAL))")
	$(GO) test -race -p 1 -run '$(CONCURRENT)' $(SEQUENTIAL)
	for tag in $(TAGS); do
		files=$$(grep -rlE "^//go:build .*\b$$tag\b" --include='*_test.go' . || true)
		[ -n "$$files" ] || continue
		names=$$(grep -hoE '^func Test\w+' $$files | cut -c6- | paste -sd'|')
		$(GO) test -race -p 1 -tags "$$tag" -run "^($$names)$$" $$(dirname $$files | sort -u)
	done

test-plain:
	@$(GO) test -p 1 $(SEQUENTIAL)

bench: ## speed against a bare server, into docs/performance.md; ARGS="-report -profile FOLDER"
	@$(GO) run ./cmd/bench -o docs/performance.md $(ARGS)

soak: ## a year of 400 villages with everything that may go wrong: hours; less by MISHU_SOAK_VILLAGES and MISHU_SOAK_DAYS
	@MISHU_SOAK=1 $(GO) test -count=1 -timeout 12h -v -run '^TestSoakYearOfACounty$$' ./bot

plans: ## how long planning a day takes for 1 to 10,000 villages; prints the table of docs/performance.md
	@$(GO) run ./cmd/bench/plans $(ARGS)

deliveries: ## how fast notices reach people, and how many share a letter; prints the table of docs/performance.md
	@$(GO) run ./cmd/bench/deliveries $(ARGS)

# Go fuzzes one target at a time, so each is a run of its own; two at once have
# a core each. The gate, the longest, comes first. Until Go 1.27 a target may fail at the end
# of its time although nothing was found (go.dev/issue/75804): then it runs once more.
fuzz: ## every fuzz target for FUZZ_EACH seconds, the gate for FUZZ_GATE
	@targets=$$({ grep -rnoE '^func Fuzz\w+' --include='*_test.go' . || true; } | sed -E 's|/[^/]+:[0-9]+:func | |' | sort)
	[ -n "$$targets" ] || { echo 'there is no fuzz target'; exit 0; }
	fuzz() {
		seconds=$(FUZZ_EACH)
		[ "$$2" != FuzzGate ] || seconds=$(FUZZ_GATE)
		for try in 1 2; do
			out=$$($(GO) test -run '^$$' -fuzz "^$$2\$$" -fuzztime "$${seconds}s" -fuzzminimizetime 5s -parallel 1 "$$1" 2>&1) && code=0 || code=1
			[ $$code != 0 ] && grep -q '^ *context deadline exceeded$$' <<<"$$out" && ! grep -qi 'failing input\|panic\|hung' <<<"$$out" || break
		done
		printf 'fuzz %s in %s for %ss\n%s\n' "$$2" "$$1" "$$seconds" "$$(sed '/^fuzz: elapsed/d' <<<"$$out")"
		return $$code
	}
	export -f fuzz
	{ grep ' FuzzGate$$' <<<"$$targets" || true; grep -v ' FuzzGate$$' <<<"$$targets"; } | xargs -P 2 -L 1 bash -c 'fuzz "$$@"' fuzz

# Debian's packages, each behind the program or file by which it is known.
TOOLS := gcc:gcc /usr/include/stdlib.h:libc6-dev mariadbd:mariadb-server redis-server:redis-server \
	chromium:chromium /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc:fonts-noto-cjk

install-tools: ## what `make test` needs from Debian and npm, where it is missing
	@PATH="$$PATH:/usr/sbin:/usr/local/sbin"
	manifests=$$(git ls-files 'package.json' '*/package.json' 2>/dev/null || true)
	missing=()
	for tool in $(TOOLS) $${manifests:+npm:npm}; do
		known=$${tool%:*}
		[ -e "$$known" ] || command -v "$$known" >/dev/null || missing+=("$${tool#*:}")
	done
	if [ $${#missing[@]} -gt 0 ]; then
		command -v apt-get >/dev/null || { echo "please install: $${missing[*]}"; exit 1; }
		root=(env DEBIAN_FRONTEND=noninteractive)
		[ "$$(id -u)" = 0 ] || root=(sudo "$${root[@]}")
		"$${root[@]}" apt-get -q -o DPkg::Lock::Timeout=300 update
		"$${root[@]}" apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$${missing[@]}"
	fi
	for manifest in $$manifests; do (cd "$$(dirname "$$manifest")" && npm ci); done

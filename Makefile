# Everything that is done to this project by a command. `make` lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help demo check test bench soak plans fuzz lint install-tools

GO ?= go
ARGS ?=

# Seconds that all fuzz targets may take together, and each at most: with two
# cores, cold caches and everything else, `make test` stays within 15 minutes.
FUZZ_TOTAL ?= 180
FUZZ_EACH ?= 10
# The gate stands open to everybody: its target gets a minute of its own.
FUZZ_GATE ?= 60

# Build tags that hide tests: those that need a browser, and those that need a
# binary which can be made to die at a named point.
TAGS := browser failpoints

# What plays one line after another on SQLite, which the race detector slows
# tenfold for nothing: it runs without it, but for the tests of the conversation
# that run several things at once.
SEQUENTIAL := mishu/bot mishu/bot/help
CONCURRENT := Fifty|AtOnce|Away|Unanswered|Fragment|Twice

help: ## list the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: ## chat with an invented village; ARGS="--listen ADDR --data FOLDER"
	@$(GO) run ./cmd/mishu demo $(ARGS)

check: lint ## quick: linters and tests, without installing anything
	@$(GO) test -short ./...

lint: ## formatting, vet, staticcheck
	@unformatted=$$($(GO) tool gofumpt -l .)
	[ -z "$$unformatted" ] || { printf 'gofumpt would change:\n%s\n' "$$unformatted"; exit 1; }
	for tag in '' $(TAGS); do
		$(GO) vet -tags "$$tag" ./...
		$(GO) tool staticcheck -tags "$$tag" ./...
	done

# A tally of its own for each run also keeps go from answering out of its cache
# for the tests that need servers: the file's name is part of what they read.
test: install-tools lint ## everything, with real servers and a browser; installs what is missing
	@began=$$SECONDS
	work=$$(mktemp -d)
	trap 'code=$$?; rm -rf "$$work"; [ $$code = 0 ] || printf "FAIL\tmishu\t%ss\n" $$((SECONDS - began))' EXIT
	export MISHU_TEST_SERVERS=required MISHU_TEST_TALLY="$$work/tally"
	touch "$$MISHU_TEST_TALLY"
	$(GO) test -race $$($(GO) list ./... | grep -vxF "$$(printf '%s\n' $(SEQUENTIAL))")
	$(GO) test -race -run '$(CONCURRENT)' ./bot
	$(GO) test $(SEQUENTIAL)
	for tag in $(TAGS); do
		files=$$(grep -rlE "^//go:build .*\b$$tag\b" --include='*_test.go' . || true)
		[ -n "$$files" ] || continue
		names=$$(grep -hoE '^func Test\w+' $$files | cut -c6- | paste -sd'|')
		$(GO) test -race -tags "$$tag" -run "^($$names)$$" $$(dirname $$files | sort -u)
	done
	make --no-print-directory fuzz
	met() { sort -u "$$MISHU_TEST_TALLY" | grep -c "^$$1 " || true; }
	mariadb=$$(met mariadb) redis=$$(met redis)
	printf 'mariadb: %s tests, redis: %s tests\n' "$$mariadb" "$$redis"
	[ "$$mariadb" -gt 0 ] && [ "$$redis" -gt 0 ] || { echo 'no test met a real server of one kind'; exit 1; }
	printf 'ok  \tmishu\t%ss\n' $$((SECONDS - began))

bench: ## speed against a bare server, into docs/performance.md; ARGS="-report -profile FOLDER"
	@$(GO) run ./cmd/bench -o docs/performance.md $(ARGS)

soak: ## a year of 400 villages with everything that may go wrong; hours
	@MISHU_SOAK=1 $(GO) test -count=1 -timeout 12h -v -run '^TestSoakYearOfACounty$$' ./bot

plans: ## how long planning a day takes for 1 to 10,000 villages; prints the table of docs/performance.md
	@$(GO) run ./cmd/bench/plans $(ARGS)

# Go fuzzes one target at a time, so each is a run of its own.
fuzz: ## every fuzz target for FUZZ_EACH seconds, all in FUZZ_TOTAL at most; the gate for FUZZ_GATE
	@targets=$$({ grep -rnoE '^func Fuzz\w+' --include='*_test.go' . || true; } | sed -E 's|/[^/]+:[0-9]+:func | |' | sort)
	count=$$(printf '%s' "$$targets" | grep -c . || true)
	[ "$$count" -gt 0 ] || { echo 'there is no fuzz target'; exit 0; }
	each=$$(( $(FUZZ_TOTAL) / count )); each=$$(( each > $(FUZZ_EACH) ? $(FUZZ_EACH) : each < 1 ? 1 : each ))
	while read -r package target; do
		seconds=$$each
		[ "$$target" != FuzzGate ] || seconds=$(FUZZ_GATE)
		echo "fuzz $$target in $$package for $${seconds}s"
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime "$${seconds}s" -fuzzminimizetime 5s "$$package" </dev/null | sed '/^fuzz: elapsed/d'
	done <<<"$$targets"

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

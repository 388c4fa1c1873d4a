# `make run` and `make test` are all that a newcomer needs; `make help` lists the rest.

SHELL        := /bin/bash
.SHELLFLAGS  := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Stamps lie in node_modules, so that they go when it goes.
MODULES := frontend/node_modules/.installed
PAGES   := frontend/node_modules/.built
SOURCES := $(shell find frontend/src frontend/site frontend/public frontend/*.ts frontend/*.json -type f 2>/dev/null)
RACE    := $(if $(shell command -v gcc),-race)

.PHONY: help run build pages shots test test-long bench tools needs clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile | expand -t 14

run: build ## build everything and serve the example fund on http://127.0.0.1:8080 (FUND_LISTEN)
	@bin/fund serve --example

build: needs pages ## build bin/fund, the pages inside it
	go build -o bin/fund ./cmd/fund

pages: $(PAGES) ## build the pages into frontend/dist

shots: needs tools pages ## pictures of the screens, in frontend/shots
	cd frontend && npm run shots

test: needs tools pages ## install what the tests need (root or sudo, once) and run them all
	@wrong=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$wrong" ] || { echo "gofmt would change: $$wrong" >&2; exit 1; }
	go vet ./...
	go test $(RACE) -timeout 60m ./...
	go build -o bin/fund ./cmd/fund
	cd frontend && npm run lint && npm run check && npm test && npm run weigh && npm run browse
	@echo "Once more with the PostgreSQL that npm brings:"
	go list ./store/... ./api/... | sed '/store.pg$$/d' | FUND_TEST_PG=18 xargs -r go test -timeout 60m

test-long: test ## the tests again with more cases, all six languages and longer crash runs
	FUND_TEST_LONG=1 go test -timeout 80m ./...
	cd frontend && FUND_TEST_LONG=1 npm run browse

bench: build ## measure this machine: every bench, figures beside their floor
	@bin/fund bench all

tools: ## install PostgreSQL, hledger and xmllint where they are missing
	@.ci/tools

needs:
	@command -v go >/dev/null || { echo "Go is missing: install Go 1.26 or later." >&2; exit 1; }
	@command -v npm >/dev/null || { echo "Node is missing: install Node 20.19 or later, with npm." >&2; exit 1; }

clean: ## remove what was built and installed here; .fund, the data, stays
	rm -rf bin frontend/node_modules
	find frontend/dist -mindepth 1 ! -name .keep -delete

$(MODULES): frontend/package-lock.json frontend/package.json
	@echo "Installing the npm packages of the pages."
	cd frontend && npm ci --ignore-scripts
	@touch $@

# Vite empties the folder, and Go wants something in it.
$(PAGES): $(MODULES) $(SOURCES)
	cd frontend && npm run build --if-present
	@mkdir -p frontend/dist && touch frontend/dist/.keep $@

# The commands of the project: the same by hand, in CI and in the README.
# Needed beforehand: Rust (rust-toolchain.toml says which), Python 3.11 or newer, make. No Docker, no account.

SHELL := /bin/bash
PYTHON ?= python3
# Where `make deploy` goes: preview, recette or production (samconfig.toml), arm64 or x86_64.
STAGE ?= preview
ARCHITECTURE ?= arm64
# Parameters of template.yaml beside those two. A stack keeps what it was given before.
PARAMETERS ?=
REGION := eu-west-3
# `make bench`: numbers of offers, sets of parameters of each search, 0 to leave the peers out, and the share of offers
# without a diploma (a sixth unless told; 0.83 is what partners see).
ITEMS ?= 300000
SETS ?= 300
PEERS ?= 1
UNKNOWN ?=
# `make cold`: starts of each function, and where its programs are; built for release unless told.
RUNS ?= 10
DIR ?=
# `make deposits`: offers, partners that deposit them at once, and offers each way to compare the ways (0: none).
OFFERS ?= 100000
PARTNERS ?= 10
BESIDE ?= 2000
FUNCTIONS := $(notdir $(wildcard functions/*))
SCANNER_PACKAGES := clamav
PEER_PACKAGES := postgresql-15 postgresql-15-postgis-3 redis-server
VERSION = $(shell git describe --always --dirty)

TOOLS := .venv/.installed
CLOUD := .venv-cloud/.installed
LOCAL := .venv/bin/python -B infra/local/main.py
DEAD := .venv/bin/python -B infra/local/dead.py
# `make crash`: offers to deposit, what is drawn, and whether the mail provider tells of the mails it took.
N ?= 1000
SEED ?= 1
EVENTS ?= 1
# Which dead letters: those of mails, and of the local cloud, unless told.
DEAD_OF = $(if $(QUEUE),--queue "$(QUEUE)") $(if $(STACK),--stack "$(STACK)")
# cargo-lambda lies in .venv/bin and sam looks for it on PATH.
SAM := PATH="$(CURDIR)/.venv/bin:$$PATH" SAM_CLI_TELEMETRY=0 .venv/bin/sam

.PHONY: help antivirus bench bench-peers cold deposits run up down load logs mails mail dead redrive crash canaries test check-rust check-contract check-template check-python openapi asyncapi deploy deploy-scanner deploy-consumer clean

help: ## What each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | column -t -s "$$(printf '\t')"

run: $(TOOLS) $(CLOUD) antivirus ## Build, start the local cloud, deploy, seed; Ctrl-C stops it
	@$(LOCAL) run

up: $(TOOLS) $(CLOUD) antivirus ## The same in the background; returns when it answers and writes .local/env
	@$(LOCAL) up

down: $(TOOLS) ## Stop the background local cloud, keeping its data
	@$(LOCAL) down

load: $(TOOLS) ## Import a file: SOURCE=companies|offers|formations|rome_naf FILE=… [FEED=main] [FORCE=1]
	@$(LOCAL) load "$(SOURCE)" "$(FILE)" $(if $(FEED),--feed "$(FEED)") $(if $(filter 1 true,$(FORCE)),--force)

logs: $(TOOLS) ## What the functions logged: [FN=search-jobs]
	@$(LOCAL) logs $(FN)

mails: $(TOOLS) ## The mails that were sent, newest first
	@$(LOCAL) mails

mail: $(TOOLS) ## One mail, headers and text: ID=… (its beginning is enough)
	@$(LOCAL) mail "$(ID)"

dead: $(TOOLS) ## Dead letters by cause: [QUEUE=mail|scan|webhook|webhook-events|mail-events|a consumer's name] [STACK=… for one on AWS]
	@$(DEAD) list $(DEAD_OF)

redrive: $(TOOLS) ## Send dead letters back: ID=…|ALL=1 [DROP=1 deletes what is refused] [QUEUE=…] [STACK=…]
	@$(DEAD) redrive $(if $(ID),--id "$(ID)") $(if $(filter 1 true,$(ALL)),--all) $(if $(filter 1 true,$(DROP)),--drop) $(DEAD_OF)

crash: $(TOOLS) $(CLOUD) antivirus ## Kill functions and break calls while offers are deposited, applications sent, appointments made and webhooks called, then count: [N=1000] [SEED=1] [EVENTS=0]
	@.venv/bin/python -B infra/crash/main.py --count $(N) --seed $(SEED) $(if $(filter 0,$(EVENTS)),--no-events)

canaries: $(TOOLS) $(CLOUD) antivirus ## Erase somebody, then look for their data in everything that a local cloud of its own holds
	@.venv/bin/python -B infra/canary/main.py

# Built once and whole: what incremental builds keep for a next one is more than half of the room on disk.
test: export CARGO_INCREMENTAL := 0
test: antivirus check-rust check-contract check-template check-python $(CLOUD) ## Formats, lints, all tests, then the flows and the search for canaries over a private local cloud
	@$(LOCAL) test

check-rust:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@if cargo nextest --version >/dev/null 2>&1; then \
	  echo "cargo nextest run"; cargo nextest run --workspace --exclude tests --locked; \
	else \
	  echo "cargo test"; cargo test --workspace --exclude tests --all-targets --locked; \
	fi
	cargo test --workspace --exclude tests --doc --locked

# Functions, template, events and document agree; needs no cloud.
check-contract:
	cargo test --locked -p tests --test it contract::

check-template: $(TOOLS)
	$(SAM) validate --lint --template template.yaml --region $(REGION)
	.venv/bin/cfn-lint template.yaml infra/antivirus/template.yaml infra/consumer/template.yaml
	PYTHONPATH=infra/local .venv/bin/python -m unittest test_template
	.venv/bin/openapi-spec-validator infra/openapi.json

check-python: $(TOOLS)
	.venv/bin/python -m compileall -q infra examples
	PYTHONPATH=infra/seed .venv/bin/python -m unittest test_generate
	PYTHONPATH=infra/local .venv/bin/python -m unittest test_tools
	PYTHONPATH=infra/canary:infra/local .venv/bin/python -m unittest test_canary
	PYTHONPATH=infra/crash:infra/local .venv/bin/python -m unittest test_check_hooks
	PYTHONPATH=examples/consumer-python .venv/bin/python -m unittest test_consumer

bench: .local/bench/places.csv $(if $(filter 0,$(PEERS)),,bench-peers) ## What a search costs, beside PostGIS and Redis: [ITEMS=300000,1000000] [SETS=300] [PEERS=0] [UNKNOWN=0.83]
	cargo run --release --locked -p bench -- --items $(ITEMS) --sets $(SETS) --peers $(PEERS) \
	  $(if $(UNKNOWN),--unknown $(UNKNOWN)) --results bench/results.jsonl --picture docs/bench.svg

# The functions by a command of their own, so that they have the features that they are deployed with.
cold: .local/bench/places.csv ## How each function starts: size, first poll, memory, first requests: [RUNS=10] [DIR=.aws-sam/build]
	$(if $(DIR),,cargo build --release --locked $(addprefix -p ,$(FUNCTIONS)))
	cargo run --release --locked -p bench -- cold --runs $(RUNS) --results bench/cold.jsonl \
	  --programs $(or $(DIR),$(or $(CARGO_TARGET_DIR),target)/release)

deposits: .local/bench/places.csv ## What deposits cost when partners deposit at once, and that none is lost: [OFFERS=100000] [PARTNERS=10] [BESIDE=2000]
	cargo run --release --locked -p bench -- deposits --offers $(OFFERS) --partners $(PARTNERS) --beside $(BESIDE) \
	  --results bench/deposits.jsonl

.local/bench/places.csv: infra/bench/places.py | $(TOOLS)
	.venv/bin/python -B infra/bench/places.py $@

# What looks at CVs, a Debian package. Without it the local cloud works, and CVs wait; the tests need it.
antivirus:
	@if ! command -v clamscan >/dev/null; then \
	  install="apt-get install -y --no-install-recommends $(SCANNER_PACKAGES)"; \
	  if [ "$$(id -u)" != 0 ]; then echo "No clamscan: CVs of applications wait until you run: sudo $$install" >&2; exit 0; fi; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$install >/dev/null; \
	fi

# Debian's packages; PostGIS is told by its extension, since PostgreSQL alone is no peer.
bench-peers:
	@if ! command -v redis-server >/dev/null || ! ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1; then \
	  install="apt-get install -y --no-install-recommends $(PEER_PACKAGES)"; \
	  if [ "$$(id -u)" != 0 ]; then echo "The peers are missing: sudo $$install, or make bench PEERS=0" >&2; exit 1; fi; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$install; \
	fi

openapi: ## Write infra/openapi.json anew from the handlers
	OPENAPI=write cargo test --locked -p tests --test it contract::the_committed_document

asyncapi: ## Write infra/asyncapi.json anew from the types of messages
	ASYNCAPI=write cargo test --locked -p tests --test it contract::the_committed_message_catalogue

deploy: $(TOOLS) ## Build for AWS and deploy: STAGE=preview|recette|production [ARCHITECTURE=x86_64] [PARAMETERS="MailFrom=… AlarmEmail=…"]
	$(SAM) build --parameter-overrides Architecture=$(ARCHITECTURE)
	$(SAM) deploy --config-env $(STAGE) \
	  --parameter-overrides Stage=$(STAGE) Architecture=$(ARCHITECTURE) AppVersion=$(VERSION) $(PARAMETERS)

deploy-scanner: $(TOOLS) ## ClamAV for CVs, a stack of its own; needs Docker: PARAMETERS="Vpc=… Subnets=…,… AlarmsTopicArn=…" [ARCHITECTURE=x86_64]
	PATH="$(CURDIR)/.venv/bin:$$PATH" cargo lambda build --release --locked $(if $(filter arm64,$(ARCHITECTURE)),--arm64,--x86-64) -p scan-file -p refresh-signatures
	mkdir -p infra/antivirus/programs
	for name in scan-file refresh-signatures; do cp "$(or $(CARGO_TARGET_DIR),target)/lambda/$$name/bootstrap" "infra/antivirus/programs/$$name" || exit 1; done
	$(SAM) build --template infra/antivirus/template.yaml --build-dir .aws-sam/scanner --parameter-overrides Architecture=$(ARCHITECTURE)
	$(SAM) deploy --template-file .aws-sam/scanner/template.yaml --stack-name alternance-scanner --region $(REGION) \
	  --resolve-image-repos --resolve-s3 --capabilities CAPABILITY_IAM --parameter-overrides Architecture=$(ARCHITECTURE) $(PARAMETERS)

deploy-consumer: $(TOOLS) ## A queue of events for somebody, a stack of its own: NAME=first [STACK=alternance] PARAMETERS="EventsTopicArn=… AlarmsTopicArn=… Types=…,… Partners=… Reader=…"
	@[[ "$(NAME)" =~ ^[a-z][a-z0-9]{0,19}$$ ]] || { echo "NAME is small letters and digits, 20 at most" >&2; exit 1; }
	$(SAM) deploy --template-file infra/consumer/template.yaml --stack-name "$(or $(STACK),alternance)-consumer-$(NAME)" --region $(REGION) \
	  --resolve-s3 --parameter-overrides $(PARAMETERS)

clean: ## Stop the local cloud; forget its data, the demo keys, the tools and what was built
	@if [ -x .venv/bin/python ]; then $(LOCAL) clean; fi
	rm -rf .venv .venv-cloud .local .aws-sam
	cargo clean

$(TOOLS): requirements.txt
	$(PYTHON) -m venv --clear .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(CLOUD): infra/local/requirements.txt
	$(PYTHON) -m venv --clear .venv-cloud
	.venv-cloud/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

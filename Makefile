# The commands of the project: the same by hand, in CI and in the README.
# Needed beforehand: Rust (rust-toolchain.toml says which), Python 3.11 or newer, make. No Docker, no account.

SHELL := /bin/bash
PYTHON ?= python3
# Where `make deploy` goes: preview, recette or production (samconfig.toml), arm64 or x86_64.
STAGE ?= preview
ARCHITECTURE ?= arm64
REGION := eu-west-3
VERSION = $(shell git describe --always --dirty)

TOOLS := .venv/.installed
CLOUD := .venv-cloud/.installed
LOCAL := .venv/bin/python -B infra/local/main.py
# cargo-lambda lies in .venv/bin and sam looks for it on PATH.
SAM := PATH="$(CURDIR)/.venv/bin:$$PATH" SAM_CLI_TELEMETRY=0 .venv/bin/sam

.PHONY: help run up down load logs test check-rust check-contract check-template check-python openapi deploy clean

help: ## What each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | column -t -s "$$(printf '\t')"

run: $(TOOLS) $(CLOUD) ## Build, start the local cloud, deploy, seed; Ctrl-C stops it
	@$(LOCAL) run

up: $(TOOLS) $(CLOUD) ## The same in the background; returns when it answers and writes .local/env
	@$(LOCAL) up

down: $(TOOLS) ## Stop the background local cloud, keeping its data
	@$(LOCAL) down

load: $(TOOLS) ## Import a file: SOURCE=companies|offers|formations|rome_naf FILE=… [FEED=main] [FORCE=1]
	@$(LOCAL) load "$(SOURCE)" "$(FILE)" $(if $(FEED),--feed "$(FEED)") $(if $(filter 1 true,$(FORCE)),--force)

logs: $(TOOLS) ## What the functions logged: [FN=search-jobs]
	@$(LOCAL) logs $(FN)

test: check-rust check-contract check-template check-python $(CLOUD) ## Formats, lints, all tests, then the flows over a private local cloud
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
	.venv/bin/cfn-lint template.yaml
	.venv/bin/openapi-spec-validator infra/openapi.json

check-python: $(TOOLS)
	.venv/bin/python -m compileall -q infra
	PYTHONPATH=infra/seed .venv/bin/python -m unittest test_generate

openapi: ## Write infra/openapi.json anew from the handlers
	OPENAPI=write cargo test --locked -p tests --test it contract::the_committed_document

deploy: $(TOOLS) ## Build for AWS and deploy: STAGE=preview|recette|production [ARCHITECTURE=x86_64]
	$(SAM) build --parameter-overrides Architecture=$(ARCHITECTURE)
	$(SAM) deploy --config-env $(STAGE) \
	  --parameter-overrides Stage=$(STAGE) Architecture=$(ARCHITECTURE) AppVersion=$(VERSION)

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

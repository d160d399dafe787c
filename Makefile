# Scripta: `make run` starts the site. The work is in deploy/setup.py.

.DEFAULT_GOAL := help
.PHONY: help run serve weights test test-slow lint format messages bench bench-page screenshots clean

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

run:  ## Install what is missing and start the site (HOST=127.0.0.1 PORT=8000)
	@deploy/python.sh run

serve:  ## Start the site without installing or updating anything
	@deploy/python.sh serve

weights:  ## Download the embedded model's weights, for instance after a failure (98 MB)
	@deploy/python.sh weights

test:  ## Check style, types and migrations, then run the tests
	@deploy/python.sh test

test-slow:  ## Run the tests that take minutes
	@deploy/python.sh test-slow

lint:  ## Check style, types and migrations only
	@deploy/python.sh lint

format:  ## Rewrite the code in the house's format
	@deploy/python.sh format

messages:  ## Bring the Russian catalogue in step with the templates; says what is untranslated
	@deploy/python.sh messages

bench:  ## Measure the site beside a bare relay and write benchmarks/results/ (about 3 minutes)
	@deploy/python.sh bench

bench-page:  ## Measure the page in Chromium while a long answer is written (about 5 minutes)
	@deploy/python.sh bench-page

screenshots:  ## Take the pictures of docs/screenshots/ anew
	@deploy/python.sh screenshots

clean:  ## Remove the virtual environment and caches; var/ with the data stays
	@deploy/python.sh clean

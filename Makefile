# Two commands on a fresh machine: `make demo` and `make test`.
# Each target runs setup/run, which finds a Python, makes .venv and goes on in
# setup/instance. PYTHON=... chooses another interpreter, T=... some tests only.

.DEFAULT_GOAL := help
.PHONY: help demo test rate drill sweep walk serve shell bench lint format prepare stop clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: ## make a cooperative with members, usage and bills to look at
	@setup/run demo

test: ## run all tests; T=pattern runs those whose names match
	@setup/run test $(if $(T),-k "$(T)")

drill: ## plant bugs, one after the other, and see that tests go red; DRILLS=names
	@setup/run drill

rate: ## rate usage by a tariff document: TARIFF=a.json USAGE=b.csv OUTPUT=c.csv
	@setup/run rate

sweep: ## kill a month at many points of each stage; N=points (default 12)
	@SWEEP_POINTS=$(or $(N),12) setup/run test -k test_sweep

walk: ## let money walk at random and check the books; N=walks (default 50), SEED=first
	@MONEY_WALKS=$(or $(N),50) MONEY_SEED=$(or $(SEED),1) MONEY_STEPS=$(or $(STEPS),100) \
	  setup/run test -k test_money_walk

serve: ## run Odoo on the demo and print where and who can log in
	@setup/run serve

shell: ## open Odoo's shell on the demo
	@setup/run shell

bench: ## measure a month of a cooperative
	@setup/run bench

lint: ## run all checks of the source
	@setup/run lint

format: ## put right what ruff and sqlfluff can by themselves
	@setup/run format

prepare: ## have Odoo and PostgreSQL ready, and nothing more
	@setup/run prepare

stop: ## stop the Odoo and PostgreSQL that this checkout started
	@setup/run stop

clean: ## stop, and remove .venv, .instance and out, but for the downloads
	@setup/run clean

distclean: ## clean, and remove the downloads
	@setup/run distclean

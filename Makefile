# Two commands: `make demo` and `make test`. Each makes its own environment in .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check suite sweep bench clean

demo: $(VENV)/.ready
	rm -rf 演示
	$(BIN)/juanzong demo 演示

test: $(VENV)/.ready-test
	@if [ "$$CI" = true ] && [ "$$(id -u)" = 0 ]; then sh scripts/install-tools.sh; fi
	$(MAKE) --no-print-directory check suite

check: $(VENV)/.ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

suite: $(VENV)/.ready-test
	$(BIN)/pytest -n 2

# The long runs: every fault at every call, every mutation (an hour or more).
sweep: $(VENV)/.ready-test
	JUANZONG_SWEEP=full $(BIN)/pytest -n 2

bench: $(VENV)/.ready-test
	$(BIN)/python -m bench

$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新的版本；现在的是 $$($(PYTHON) --version)。可以用 make PYTHON=python3.12 指定。"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "建不了环境：请先安装 python3-venv（apt-get install python3-venv）。"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) 演示 dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

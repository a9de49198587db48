# Two commands do it all: `make run` and `make test`. Each can be run again at no cost.
PYTHON ?= python3
ENV := .venv/bin/python
export PYTHONUTF8 := 1

.PHONY: run test setup dev accept oracles bench soak pictures audit bundle deb installer-windows package clean

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then $(ENV) -m desktop_app; \
	else echo "· no display here: the demo in the terminal instead"; $(ENV) -m desktop_app demo; fi

setup:
	@$(PYTHON) packaging/prepare.py

dev:
	@$(PYTHON) packaging/prepare.py --dev

test: dev
	@echo "· ruff";   $(ENV) -m ruff check . && $(ENV) -m ruff format --check .
	@echo "· mypy";   $(ENV) -m mypy
	@echo "· audit";  $(ENV) packaging/audit.py
	@echo "· pytest"; QT_QPA_PLATFORM=offscreen $(ENV) -m pytest -m "not long"

accept: dev oracles
	QT_QPA_PLATFORM=offscreen $(ENV) -m pytest --hypothesis-profile=wide

# Known libraries beside our arithmetic, in build/oracles: numba, pandas and others, 600 MB that stay out of .venv.
oracles: dev
	$(ENV) packaging/oracles.py

# They take long; ONLY='engine_*' runs some.
ONLY ?= *
bench: dev
	@for file in benchmarks/$(ONLY).py; do case $$file in benchmarks/_*) ;; *) echo "== $$file"; $(ENV) $$file || exit 1;; esac; done

soak: dev
	QT_QPA_PLATFORM=offscreen $(ENV) -m pytest -m long tests/engine

pictures: dev
	QT_QPA_PLATFORM=offscreen $(ENV) packaging/pictures.py pictures
	cp pictures/products-en-light-full.png docs/products.png
	cp pictures/writing-zh-dark-full.png docs/writing-zh.png

audit: dev
	$(ENV) packaging/audit.py
	$(ENV) -m pip list --outdated

# What people install. The first bundle builds llama.cpp for every processor: ten minutes on two cores.
bundle: dev
	$(ENV) packaging/bundle.py

deb: bundle
	$(ENV) packaging/linux/deb.py

installer-windows: dev
	packaging/windows/build_under_wine.sh || [ $$? = 77 ]

package: deb installer-windows
	packaging/linux/try_old_processor.sh Nehalem || [ $$? = 77 ]
	packaging/linux/try_deb.sh || [ $$? = 77 ]
	$(ENV) packaging/record.py
	cd dist && sha256sum *.deb *-setup.exe 2>/dev/null | tee SHA256SUMS

clean:
	rm -rf .venv build dist pictures .mypy_cache .ruff_cache .pytest_cache .hypothesis

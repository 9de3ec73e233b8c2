#!/bin/sh
# Installs vientro into .venv and runs the main job on examples/: the ledger on the screen, and as a page in build/.
set -eu
cd "$(dirname "$0")"
. scripts/setup.sh

make_venv
say "installing vientro"
.venv/bin/python -m pip install --quiet '.[all]' || fail "pip could not install vientro"

mkdir -p build
rm -f build/examples.db build/examples.db-*
say "vientro run examples --db build/examples.db --report build/report.html"
.venv/bin/vientro run examples --db build/examples.db --report build/report.html || fail "vientro run"
say "the page: file://$PWD/build/report.html"

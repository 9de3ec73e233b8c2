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
say "the ledger: build/examples.db. Ask it, for example:"
cat <<'END'
    . .venv/bin/activate
    vientro check "Canada cam kết 2 tỷ đô la Canada cho Ukraine" --db build/examples.db
    vientro overdue --db build/examples.db
    vientro ledger --db build/examples.db --lang en
END

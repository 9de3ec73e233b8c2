#!/bin/sh
# Installs vientro into .venv and runs the main job on examples/: the ledger on the screen, and as a page in build/.
set -eu
cd "$(dirname "$0")"
. scripts/setup.sh

make_venv
say "installing vientro"
.venv/bin/python -m pip install --quiet '.[all]' || fail "pip could not install vientro"

mkdir -p build
# A ledger that is there has topics and rulings of its reader by now: the run goes on in it.
if [ -e build/examples.db ]; then
    say "build/examples.db is there already: it is kept, with its topics and rulings, and the run goes on in it (to begin anew, delete it)"
fi
say "vientro run examples --db build/examples.db --report build/report.html"
.venv/bin/vientro run examples --db build/examples.db --report build/report.html || fail "vientro run"
say "the page: file://$PWD/build/report.html"
say "the ledger: build/examples.db. Ask it, for example:"
cat <<'END'
    . .venv/bin/activate
    vientro check "Canada cam kết 2 tỷ đô la Canada cho Ukraine" --db build/examples.db
    vientro overdue --db build/examples.db --as-of 2026-06-01
    vientro ledger --db build/examples.db --lang en
END

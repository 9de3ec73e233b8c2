#!/bin/sh
# Installs what uv.lock says into .venv, then runs every check. Each runs even if one before it failed; any failure fails the whole.
set -eu
cd "$(dirname "$0")"
. scripts/setup.sh

make_venv
trust_as_the_machine_does
install_postgresql
install_chromium
say "installing vientro and what its checks need, as locked"
.venv/bin/python -m pip install --quiet 'uv>=0.13,<0.14' || fail "pip could not install uv"
.venv/bin/uv sync --quiet --locked --inexact --all-extras || fail "uv sync (after a change of pyproject.toml, run: uv lock)"

failed=
check() {
    say "$*"
    ".venv/bin/$@" || failed="$failed ($*)"
}
check ruff check
check ruff format --check
check mypy
check lint-imports
export NO_MKDOCS_2_WARNING=1
check mkdocs build --strict --quiet # the docs site, in build/site
check pytest -n auto
[ -z "$failed" ] || fail "$failed"
say "all checks passed"

# Sourced by try.sh and test.sh: makes .venv with pip in it, on a machine that has a Python 3.11 to 3.13 or Debian's packages.
# An empty environment will do. PYTHON=/path/to/python chooses another interpreter.
# shellcheck shell=sh

PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
LC_ALL=C.UTF-8
PIP_DISABLE_PIP_VERSION_CHECK=1
export PATH HOME LC_ALL PIP_DISABLE_PIP_VERSION_CHECK

say() { printf '==> %s\n' "$*"; }

fail() {
    printf '==> FAILED: %s\n' "$*" >&2
    exit 1
}

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

# Debian splits Python up: the package of the venv module is separate.
install_debian() {
    command -v apt-get >/dev/null 2>&1 || fail "no apt-get here: install $* yourself, or set PYTHON to a complete Python 3.11 to 3.13"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail "as root, run: apt-get install $*"
        as_root=sudo
    fi
    say "installing Debian's $*"
    { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null; } ||
        fail "apt-get could not install $*"
}

make_venv() {
    if .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
        return 0
    fi
    python=$(find_python) || {
        install_debian python3 python3-venv
        python=$(find_python) || fail "this Debian has no Python 3.11 to 3.13"
    }
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || install_debian "$(basename "$python")-venv"
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv || fail "$python can't make a virtual environment"
}

# The tests start a server of their own (tests/server.py). A server elsewhere is named by VIENTRO_TEST_POSTGRES=postgresql://...
install_postgresql() {
    [ -n "${VIENTRO_TEST_POSTGRES:-}" ] && return 0
    [ -n "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] && return 0
    command -v initdb >/dev/null 2>&1 && return 0
    install_debian postgresql
}

# The tests of the pages open them in a browser (tests/serve/chromium.py). Another one is named by VIENTRO_TEST_CHROMIUM=/path/to/chrome.
install_chromium() {
    [ -n "${VIENTRO_TEST_CHROMIUM:-}" ] && return 0
    command -v chromium >/dev/null 2>&1 && return 0
    install_debian chromium fonts-dejavu-core
}

# uv brings its own list of authorities; behind a company's proxy only the machine's is right.
trust_as_the_machine_does() {
    if [ -z "${SSL_CERT_FILE:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
        SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
        export SSL_CERT_FILE
    fi
}

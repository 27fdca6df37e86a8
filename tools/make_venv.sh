#!/bin/sh
# Makes .venv with pip. Debian ships Python without what `venv` needs: as root, install it; else say how.
set -eu
python=${1:-python3}
if [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then exit 0; fi
if ! command -v "$python" >/dev/null 2>&1 || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-venv >/dev/null
    else
        echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv, then again." >&2
        exit 1
    fi
fi
"$python" - <<'PY' || { echo "jazari-rag needs Python 3.11 or newer: make PYTHON=python3.11 …" >&2; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY
rm -rf .venv
"$python" -m venv .venv

#!/bin/sh
# Hands its arguments to setup.py: with the virtual environment's Python once there is one, else with the first that is
# new enough and starts (a version manager's shim on PATH may not, and four of them cost a second).
cd "$(dirname "$0")/.." || exit 1
if .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
  exec .venv/bin/python deploy/setup.py "$@"
fi
for name in python3.14 python3.13 python3.12 python3.11 python3; do
  if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    exec "$name" deploy/setup.py "$@"
  fi
done
echo "error: Python 3.11 or newer is needed, and none was found" >&2
exit 1

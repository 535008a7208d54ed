#!/bin/sh
# Renew the lock files from pyproject.toml (needs uv). They carry hashes and no index address.
set -eu
cd "$(dirname "$0")/.."
options="--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet"
uv pip compile $options --output-file packaging/requirements.lock pyproject.toml "$@"
uv pip compile $options --extra dev --output-file packaging/requirements-test.lock pyproject.toml "$@"

#!/usr/bin/env bash
# Parses and lints deploy/Dockerfile: with hadolint where it is installed, else with npm's dockerfilelint. Docker is not needed.
# Usage: dockerfile.sh FOLDER     Exits 77 with the reason where neither can be had.
set -euo pipefail
cd "$(dirname "$0")/.."
if command -v hadolint >/dev/null; then
  hadolint deploy/Dockerfile
  echo "hadolint has no finding"
  exit
fi
version=1.8.0
programs=${HEIMDALL_DEV_PROGRAMS:-${XDG_CACHE_HOME:-$HOME/.cache}/heimdall/programs}/dockerfilelint-$version
mkdir -p "$1"
if [ ! -x "$programs/node_modules/.bin/dockerfilelint" ]; then
  command -v npm >/dev/null || { echo 'no hadolint, and no npm to get dockerfilelint'; exit 77; }
  mkdir -p "$programs"
  npm install --silent --no-audit --no-fund --prefix "$programs" "dockerfilelint@$version" >"$1/npm.txt" 2>&1 || {
    rm -rf "$programs"
    echo 'no hadolint, and dockerfilelint could not be had by npm'
    exit 77
  }
fi
# It exits with the number of findings.
"$programs/node_modules/.bin/dockerfilelint" deploy/Dockerfile >"$1/dockerfilelint.txt" || { cat "$1/dockerfilelint.txt"; exit 1; }
echo "dockerfilelint $version has no finding"

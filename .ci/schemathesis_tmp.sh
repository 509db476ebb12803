#!/usr/bin/env bash
# Sends what Schemathesis makes of the OpenAPI document to a running service, and holds the answers to all its checks.
# Usage: schemathesis.sh FOLDER     Exits 77 with the reason where Schemathesis cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1
config=$PWD/.ci/schemathesis.toml
version=4.32.5
seconds=${SCHEMATHESIS_SECONDS:-90}
mkdir -p "$folder"
programs=${HEIMDALL_DEV_PROGRAMS:-${XDG_CACHE_HOME:-$HOME/.cache}/heimdall/programs}/schemathesis-$version
if [ ! -x "$programs/bin/st" ]; then
  { python3 -m venv "$programs" && "$programs/bin/pip" install -q --timeout 20 "schemathesis==$version"; } >"$folder/pip.txt" 2>&1 || {
    rm -rf "$programs"
    echo 'no python3 with Schemathesis, and none could be had by pip'
    exit 77
  }
fi
# Without sessions each job ends at once, so that events of jobs end too.
./heimdall serve --workspace "$folder/workspace" --port 0 --json >"$folder/serve.json" 2>"$folder/serve.txt" &
service=$!
trap 'kill "$service" 2>/dev/null; wait "$service" 2>/dev/null || true' EXIT
for _ in $(seq 120); do
  if [ -s "$folder/serve.json" ]; then break; fi
  sleep 0.5
done
url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$folder/serve.json")
[ -n "$url" ] || { echo 'the service did not start'; cat "$folder/serve.txt"; exit 1; }
cd "$folder" # where it keeps what it has learned
status=0
timeout $((seconds + 90)) "$programs/bin/st" --config-file "$config" run "$url/openapi.json" --checks all --max-time "$seconds" --seed 3 \
  --continue-on-failure --request-timeout 60 --no-color >"$folder/schemathesis.txt" 2>&1 || status=$?
if [ "$status" != 0 ]; then
  sed -n '/= ERRORS =/,$p; /= FAILURES =/,$p' "$folder/schemathesis.txt" | cut -c 1-300 | head -200
  exit 1
fi
grep -A 1 '^Test cases' "$folder/schemathesis.txt" | tail -n 1 | sed 's/^ *//'

#!/usr/bin/env bash
# dev/bench.sh start WORKSPACE [RUNS]: milliseconds from the start of heimdall serve until it listens, and until its first answer to
# /predict, by the newest model of a workspace; 5 runs, or as many as are said. The model takes levels, as set does. Needs curl.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
[ $# -ge 1 ] && [ -d "$1" ] || { echo 'dev/bench.sh start: expected the folder of a workspace' >&2; exit 2; }
workspace=$1
runs=${2:-5}
body='{"sessions": [{"session_id": "s1", "frequency_hz": 145500000, "measurements": [
  {"station": "a", "station_lat": 45.0, "station_lon": 8.0, "level_db": -60},
  {"station": "b", "station_lat": 45.3, "station_lon": 7.8, "level_db": -70}]}]}'
folder=$(mktemp -d)
service=
trap '[ -z "$service" ] || kill "$service" 2>/dev/null || true; rm -rf "$folder"' EXIT

now() { date +%s%N; }

"$root/heimdall" --version >/dev/null # a build is not part of it
mkfifo "$folder/said"
for ((run = 1; run <= runs; run++)); do
  begun=$(now)
  "$root/heimdall" serve --workspace "$workspace" --port 0 >"$folder/said" 2>&1 &
  service=$!
  exec 3<"$folder/said"
  until [[ ${line:-} == Listening* ]]; do
    IFS= read -r -t 60 line <&3 || { echo "dev/bench.sh start: the service does not listen: ${said:-}" >&2; exit 1; }
    said=$line
  done
  listens=$(now)
  curl -sSf -o /dev/null -H 'Content-Type: application/json' -d "$body" "${line#Listening on }/predict"
  printf 'run %d: listens after %d ms, first answer after %d ms\n' \
    "$run" $(((listens - begun) / 1000000)) $((($(now) - begun) / 1000000))
  kill "$service"
  wait "$service" || true
  service='' line=''
done

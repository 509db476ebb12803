#!/usr/bin/env bash
# Submits many tiny trainings from several clients to a service with two workers, one of which is killed every 30 s, and counts.
#   dev/soak.sh [JOBS] [CLIENTS] [SECONDS_BETWEEN_KILLS]     200, 8 and 30 unless told otherwise
# Takes about half an hour on two cores. The last line is JSON: submitted, ended_once, lost, twice.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${1:-200} clients=${2:-8} pause=${3:-30}
command -v python3 >/dev/null || { echo 'no python3' >&2; exit 77; }
work=$(mktemp -d)
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
export HEIMDALL_JAVA_OPTS=${HEIMDALL_JAVA_OPTS:--Xmx600m}
./heimdall simulate --workspace "$work/w" --sessions 40 >&2
python3 dev/soak.py "$PWD/heimdall" "$work/w" "$jobs" "$clients" "$pause"

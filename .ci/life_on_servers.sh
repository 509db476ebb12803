#!/usr/bin/env bash
# Takes a model through sweep, promotion, rollback, comparison, card, monitor and service on the three servers that
# real_servers.sh has left running, with the workspace that it has trained (life_on_servers.py).
#
# Usage: life_on_servers.sh WORK MAIN      an empty folder, and that of real_servers.sh, which kept its servers; exits 77 with the
#                                         reason where it has none
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(cd "$1" && pwd -P)
main=$(cd "$2" && pwd -P)

command -v python3 >/dev/null || { echo 'no python3'; exit 77; }
dev/services.sh env --dir "$main/services" >"$work/environment" 2>/dev/null
[ "$(grep -cE 'HEIMDALL_DATABASE_URL|HEIMDALL_S3_ENDPOINT|MLFLOW_TRACKING_URI' "$work/environment")" = 3 ] && [ -d "$main/trained" ] || {
  grep -h skipped "$main/services.txt" 2>/dev/null || echo 'the main job on the servers has left none'
  exit 77
}
. "$work/environment"
export MLFLOW_S3_ENDPOINT_URL=$HEIMDALL_S3_ENDPOINT
# The main job ends with an MLflow that takes no artifacts: its first experiment, which would send them there, takes no more runs.
export HEIMDALL_TRAINING_EXPERIMENT=on-s3
python3 .ci/life_on_servers.py ./heimdall "$main/trained" "$work"

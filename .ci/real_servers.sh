#!/usr/bin/env bash
# The main job on the real PostgreSQL, MinIO and MLflow: push a workspace, train by a configuration file, and let Python
# load the registered model from MLflow and predict what `heimdall predict` predicts.
#
# Usage: real_servers.sh WORK      an empty folder; exits 77 with the reason where a server cannot be had
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(cd "$1" && pwd -P)

stop() { dev/services.sh stop --dir "$work/services" >/dev/null 2>&1 || true; }
trap stop EXIT
status=0
dev/services.sh start --dir "$work/services" >"$work/environment" 2>"$work/services.txt" || status=$?
if [ "$status" != 0 ]; then
  grep skipped "$work/services.txt" || cat "$work/services.txt"
  [ "$status" = 3 ] && exit 77
  exit 1
fi
. "$work/environment"

# What a user would write; the secrets stay in the environment.
cat >"$work/heimdall.yaml" <<YAML
workspace: $work/trained
database:
  url: $HEIMDALL_DATABASE_URL
  user: $HEIMDALL_DATABASE_USER
objects:
  endpoint: $HEIMDALL_S3_ENDPOINT
mlflow:
  uri: $MLFLOW_TRACKING_URI
training:
  epochs: 2
  network: small
YAML
unset HEIMDALL_DATABASE_URL HEIMDALL_DATABASE_USER HEIMDALL_S3_ENDPOINT
mlflow_uri=$MLFLOW_TRACKING_URI
unset MLFLOW_TRACKING_URI

heimdall() { ./heimdall "$@" 2>"$work/said.txt" || { tail -n 3 "$work/said.txt"; exit 1; }; }

heimdall simulate --workspace "$work/local" --sessions 120
heimdall migrate --config "$work/heimdall.yaml"
heimdall push --config "$work/heimdall.yaml" --workspace "$work/local"
heimdall doctor --config "$work/heimdall.yaml" >"$work/doctor.txt"
for server in Database Objects MLflow; do
  grep -q "^ok  *$server" "$work/doctor.txt" || { echo "doctor does not say that $server works"; cat "$work/doctor.txt"; exit 1; }
done
heimdall train --config "$work/heimdall.yaml" --json >"$work/train.json"
heimdall sync --config "$work/heimdall.yaml"

python=$(sed -n '1s/^#!//p' "$(dev/services.sh program mlflow)")
said() { tail -n 1 "$work/train.json" | "$python" -c "import json, sys; print(json.load(sys.stdin)['$1'])"; }
MLFLOW_TRACKING_URI=$mlflow_uri "$python" .ci/onnx_reproduces_predict.py \
  ./heimdall "$work/local" "$(said onnx)" "$work" "models:/$(said model_name)@newest"

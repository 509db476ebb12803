#!/usr/bin/env bash
# The main job on the real PostgreSQL, MinIO and MLflow: push a workspace, train by a configuration file, and let Python
# load the registered model from MLflow and predict what `heimdall predict` predicts. Then once more with an MLflow that is down
# during the training, and with one that leaves artifacts to its clients: the table `models` names the runs as MLflow does.
#
# Usage: real_servers.sh WORK      an empty folder; exits 77 with the reason where a server cannot be had
# KEEP_SERVERS=1 leaves them running for the next check: dev/services.sh stop --dir WORK/services
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(cd "$1" && pwd -P)

stop() { dev/services.sh stop --dir "$work/services" >/dev/null 2>&1 || true; }
[ "${KEEP_SERVERS:-}" = 1 ] || trap stop EXIT
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
database=("$HEIMDALL_DATABASE_URL" "$HEIMDALL_DATABASE_USER" "$HEIMDALL_DATABASE_PASSWORD")
export MLFLOW_S3_ENDPOINT_URL=$HEIMDALL_S3_ENDPOINT # for Python; the file says the same
unset HEIMDALL_DATABASE_URL HEIMDALL_DATABASE_USER HEIMDALL_S3_ENDPOINT
mlflow_uri=$MLFLOW_TRACKING_URI
unset MLFLOW_TRACKING_URI

heimdall() { ./heimdall "$@" 2>"$work/said.txt" || { tail -n 3 "$work/said.txt" >&2; exit 1; }; }

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
# said TRAINING KEY: what it printed.
said() { tail -n 1 "$work/$1.json" | "$python" -c "import json, sys; print(json.load(sys.stdin)['$2'])"; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rows() { "$java" -cp "$(cat heimdall-app/target/classpath.txt)" .ci/ModelRows.java "${database[@]}" >"$work/rows.json"; }
# resolve RUN...: every row leads to the run of its training on the server.
resolve() {
  rows
  "$python" .ci/rows_resolve_in_mlflow.py "$work/rows.json" "$mlflow_uri" "$@"
}

resolve "$(said train run_id)"
MLFLOW_TRACKING_URI=$mlflow_uri "$python" .ci/onnx_reproduces_predict.py \
  ./heimdall "$work/local" "$(said train onnx)" "$work" "models:/$(said train model_name)@newest"

mlflow() { dev/services.sh "$1" --dir "$work/services" mlflow >/dev/null 2>"$work/services.txt" || { cat "$work/services.txt"; exit 1; }; }
# on_s3 TRAINING: the newest version is its, and has its artifacts on S3.
on_s3() {
  MLFLOW_TRACKING_URI=$mlflow_uri "$python" .ci/artifacts_on_s3.py "$work/trained/mlruns" "$(said "$1" model_name)@newest" "$(said "$1" onnx)"
}

mlflow stop
heimdall train --config "$work/heimdall.yaml" --experiment on-s3 --json >"$work/away.json"
rows
grep -q "\"mlflow_run_id\":\"$(said away run_id)\"" "$work/rows.json" || { echo 'MLflow was not away'; exit 1; }
HEIMDALL_DEV_MLFLOW_ARTIFACTS=s3 mlflow start
heimdall sync --config "$work/heimdall.yaml"
resolve "$(said train run_id)" "$(said away run_id)"
on_s3 away
heimdall train --config "$work/heimdall.yaml" --experiment on-s3 --json >"$work/back.json"
resolve "$(said train run_id)" "$(said away run_id)" "$(said back run_id)"
on_s3 back

#!/usr/bin/env bash
# Runs the tracker's contract against a real MLflow server, sends it a store and lets Python compare and load that.
#
# Usage: dev/mlflow-check.sh [PYTHON]     a Python with mlflow, onnx and onnxruntime; default $HEIMDALL_MLFLOW_PYTHON or python3
# The server listens on 127.0.0.1, has a SQLite database and takes artifacts itself; it is stopped at the end.
# KEEP=1 leaves it running and says how to stop it. Exits 77 where there is no MLflow.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-${HEIMDALL_MLFLOW_PYTHON:-python3}}
if ! "$python" -c 'import mlflow, onnx, onnxruntime' 2>/dev/null; then
  echo "no mlflow, onnx and onnxruntime in $python; pip install mlflow onnx onnxruntime"
  exit 77
fi
work=$PWD/heimdall-tracking/target/mlflow-check
rm -rf "$work"
mkdir -p "$work"
# Not one of those that the system gives out by itself: somebody could get it before the server listens.
port=$((26000 + RANDOM % 1000))
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
uri=http://127.0.0.1:$port

# Its job runner, eight processes more, is not needed here.
# setsid: a group of its own, since the server starts further processes that do not end with it.
MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false setsid "$python" -m mlflow server --backend-store-uri "sqlite:///$work/mlflow.db" --artifacts-destination "$work/artifacts" \
  --host 127.0.0.1 --port "$port" --workers 1 >"$work/server.log" 2>&1 &
server=$!
stop() {
  if [ "${KEEP:-}" = 1 ]; then
    echo "MLflow goes on at $uri; kill -- -$server stops it"
  else
    kill -- "-$server" 2>/dev/null || true
  fi
}
trap stop EXIT
answers() { "$python" -c "import urllib.request as u; u.urlopen('$uri/health', timeout=5)" 2>/dev/null; }
for _ in $(seq 120); do
  if answers; then break; fi
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log"; exit 1; }
  sleep 1
done
answers || { echo "MLflow does not answer at $uri after two minutes"; exit 1; }

echo "The contract against $uri"
mvn -B -q -pl heimdall-tracking -am test -Dtest=MlflowServerTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dheimdall.mlflow.uri=$uri"

echo "A store, sent by StoreSync and compared by Python"
"$python" - "$work/tiny.onnx" <<'PYTHON'
import sys
import onnx
from onnx import TensorProto, helper
x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 3]) for name in "xy")
graph = helper.make_graph([helper.make_node("Exp", ["x"], ["y"])], "tiny", [x], [y])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), sys.argv[1])
PYTHON
mvn -B -q -pl heimdall-tracking -am test-compile dependency:build-classpath \
  "-Dmdep.outputFile=$work/classpath" -Dmdep.includeScope=test >/dev/null
main() {
  java -cp "heimdall-tracking/target/test-classes:heimdall-tracking/target/classes:$(cat "$work/classpath")" "$@"
}
main io.heimdall.tracking.sync.SampleStore "$work/mlruns" "$work/tiny.onnx"
main io.heimdall.tracking.sync.SyncProcess "$work/mlruns" "$uri"
main io.heimdall.tracking.sync.SyncProcess "$work/mlruns" "$uri" # once more: nothing may be there twice
"$python" .ci/mlflow_reads_store.py "$work/mlruns" localization champion "$uri"

#!/usr/bin/env bash
# How long a training waits for its samples from PostgreSQL and MinIO, epoch by epoch.
#
# Usage: eval "$(dev/services.sh start postgres minio)"; dev/bench/loader.sh WORKSPACE [NETWORK [EPOCHS]]
#
# The servers have the sessions already (heimdall push); WORKSPACE holds the caches, and is made.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -ge 1 ] || { sed -n '2,6s/^# *//p' "$0" >&2; exit 2; }
./heimdall --version >&2 # builds what is missing
mvn -B -q -o -pl heimdall-app -am test-compile -Dspotless.check.skip=true >&2
java -Dai.djl.offline=true -DOPT_OUT_TRACKING=true --add-modules jdk.incubator.vector \
  -cp "heimdall-app/target/test-classes:heimdall-app/target/heimdall-app.jar:$(<heimdall-app/target/classpath.txt)" \
  io.heimdall.app.adapters.LoaderWait "$1" "${2:-resnet18}" "${3:-4}"

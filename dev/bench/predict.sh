#!/usr/bin/env bash
# dev/bench.sh predict [--json]: latencies of /predict, by a ResNet-18 of seven stations, over connections of this machine.
# Service and clients share one JVM and its processors, so what is measured is an upper bound. --json ends with one object.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
case ${1:-} in '' | --json) ;; *) printf 'dev/bench.sh predict: %s is not --json\n' "$1" >&2; exit 2 ;; esac
(cd "$root" && mvn -B -q -pl heimdall-bench -am -DskipTests -Dspotless.check.skip=true -Djacoco.skip=true package) >&2 </dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export ORT_DISABLE_TELEMETRY=1
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Xmx1g \
  -cp "$root/heimdall-bench/target/classes:$(<"$root/heimdall-bench/target/classpath.txt")" \
  io.heimdall.bench.PredictBench "$folder" "$@"

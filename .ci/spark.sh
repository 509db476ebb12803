#!/usr/bin/env bash
# spark.sh FOLDER [SESSIONS]: features of a catalogue on a real standalone cluster of two workers, one of which is killed in the middle
# (kill -9): all recordings must be in the feature store, once each, with the bytes of `heimdall features` on one machine.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "$1"
folder=$(cd "$1" && pwd)
sessions=${2:-300}
export HEIMDALL_DEV_SPARK=$folder/cluster HEIMDALL_DEV_SPARK_MEMORY=1g

command -v python3 >/dev/null || { echo 'no python3'; exit 77; }
dev/spark.sh build 2>"$folder/build.txt" ||
  { echo "heimdall-spark cannot be built: $(grep -m 1 '^\[ERROR\]' "$folder/build.txt" | cut -c 1-200)"; exit 1; }

./heimdall simulate --workspace "$folder/w" --sessions "$sessions" 2>/dev/null >&2
trap 'dev/spark.sh stop' EXIT
dev/spark.sh start 2 >/dev/null
timeout 240 dev/spark.sh submit features --workspace "$folder/w" --per-task 25 --json >"$folder/result.json" 2>"$folder/spark.txt" &
run=$!

shards() { find "$folder/w/cache/features" -name '*.safetensors' 2>/dev/null | wc -l; }
until [ "$(shards)" -ge 2 ]; do
  kill -0 "$run" 2>/dev/null || { echo 'it ended before a worker could be killed'; tail -n 3 "$folder/spark.txt"; exit 1; }
  sleep 0.1
done
kill -KILL "$(dev/spark.sh status | sed -n 's/^worker-1 //p')"
wait "$run" || { echo "it failed after a worker was killed"; tail -n 3 "$folder/spark.txt"; exit 1; }
[ "$(dev/spark.sh status | grep -c '^worker-[0-9]* [0-9]')" = 1 ] || { echo 'no worker was killed'; exit 1; }

# Names of recordings are those of stations; their own folders make them different.
mkdir "$folder/recordings"
number=0
while read -r recording; do
  number=$((number + 1))
  ln -s "$recording" "$folder/recordings/$number.npy"
done < <(find "$folder/w/objects" -name '*.npy' | sort)
find "$folder/recordings" -name '*.npy' -print0 | xargs -0 -n 2000 ./heimdall features --out "$folder/plain" >/dev/null 2>&1
python3 .ci/spark_features.py "$folder/w/cache/features" "$folder/plain" "$folder/result.json"

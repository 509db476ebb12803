#!/usr/bin/env bash
# spark.sh FOLDER [SESSIONS] [s3]: features of a catalogue on a real standalone cluster of two workers, one of which is killed in the middle
# (kill -9): all recordings must be in the feature store, once each, with the bytes of `heimdall features` on one machine. With s3, sessions
# are in PostgreSQL and recordings on MinIO, behind faulty_s3.py, which does harm to a tenth of the requests; exits 77 where these servers
# cannot be had. A second call with the same FOLDER takes the sessions of the first.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "$1"
folder=$(cd "$1" && pwd)
sessions=${2:-300}
kind=${3:-directory}
seconds=${SPARK_CHECK_SECONDS:-240}
export HEIMDALL_DEV_SPARK=$folder/cluster HEIMDALL_DEV_SPARK_MEMORY=1g
proxy=

command -v python3 >/dev/null || { echo 'no python3'; exit 77; }
ended() {
  dev/spark.sh stop
  if [ -n "$proxy" ]; then kill "$proxy" 2>/dev/null || true; fi
  if [ "$kind" = s3 ]; then dev/services.sh stop --dir "$folder/services" postgres minio 2>/dev/null; fi
}
trap ended EXIT

dev/spark.sh build 2>"$folder/build.txt" ||
  { echo "heimdall-spark cannot be built: $(grep -m 1 '^\[ERROR\]' "$folder/build.txt" | cut -c 1-200)"; exit 1; }
[ -e "$folder/w" ] || ./heimdall simulate --workspace "$folder/w" --sessions "$sessions" 2>/dev/null >&2
workspace=$folder/w

# Sessions and recordings go to the servers without harm; the driver and the workers ask the proxy.
servers() {
  local status=0
  dev/services.sh start --dir "$folder/services" postgres minio >"$folder/environment" 2>"$folder/services.txt" || status=$?
  if [ "$status" != 0 ]; then
    grep skipped "$folder/services.txt" || cat "$folder/services.txt"
    if [ "$status" = 3 ]; then exit 77; else exit 1; fi
  fi
  . "$folder/environment"
  ./heimdall migrate >"$folder/push.txt" 2>&1 && ./heimdall push --workspace "$workspace" >>"$folder/push.txt" 2>&1 ||
    { echo "the servers take no sessions: $(tail -n 1 "$folder/push.txt")"; exit 1; }
  rm -f "$folder/harm.json" "$folder/proxy.txt"
  python3 .ci/faulty_s3.py "$HEIMDALL_S3_ENDPOINT" 0.1 "$folder/harm.json" >"$folder/proxy.txt" &
  proxy=$!
  until [ -s "$folder/proxy.txt" ]; do
    kill -0 "$proxy" || { echo 'the proxy does not start'; exit 1; }
    sleep 0.1
  done
  HEIMDALL_S3_ENDPOINT=$(cat "$folder/proxy.txt")
  workspace=$folder/s3
}
if [ "$kind" = s3 ]; then servers; fi

dev/spark.sh start 2 >/dev/null
timeout "$seconds" dev/spark.sh submit features --workspace "$workspace" --per-task 25 --json >"$folder/result.json" 2>"$folder/spark.txt" &
run=$!

shards() { find "$workspace/cache/features" -name '*.safetensors' 2>/dev/null | wc -l; }
early=$((sessions / 10 < 2 ? 2 : sessions / 10)) # of about sessions * 7 / 25
until [ "$(shards)" -ge "$early" ]; do
  kill -0 "$run" 2>/dev/null || { echo 'it ended before a worker could be killed'; tail -n 3 "$folder/spark.txt"; exit 1; }
  sleep 0.1
done
kill -KILL "$(dev/spark.sh status | sed -n 's/^worker-1 //p')"
wait "$run" || { echo "it failed after a worker was killed"; tail -n 3 "$folder/spark.txt"; exit 1; }
[ "$(dev/spark.sh status | grep -c '^worker-[0-9]* [0-9]')" = 1 ] || { echo 'no worker was killed'; exit 1; }
if [ -n "$proxy" ]; then
  kill "$proxy"
  wait "$proxy" || true
  proxy=
fi

# Names of recordings are those of stations; their own folders make them different.
plain() {
  mkdir "$folder/recordings"
  local number=0 recording
  while read -r recording; do
    number=$((number + 1))
    ln -s "$recording" "$folder/recordings/$number.npy"
  done < <(find "$folder/w/objects" -name '*.npy' | sort)
  find "$folder/recordings" -name '*.npy' -print0 | xargs -0 -n 2000 ./heimdall features --out "$folder/plain.part" >/dev/null 2>&1
  mv "$folder/plain.part" "$folder/plain"
}
[ -e "$folder/plain" ] || plain
harm=()
if [ "$kind" = s3 ]; then harm=("$folder/harm.json"); fi
python3 .ci/spark_features.py "$workspace/cache/features" "$folder/plain" "$folder/result.json" "${harm[@]}"

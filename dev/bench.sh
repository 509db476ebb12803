#!/usr/bin/env bash
# Benchmarks beside other programs.
#   dev/bench.sh training [--quick] [--json]   training steps, inference and whole epochs of both engines and ONNX Runtime
#                                              beside PyTorch and PyTorch Lightning; writes its part of docs/BENCHMARKS.md;
#                                              --json ends with one object of ratios
#   dev/bench.sh features [--quick] [--json]   heimdall's features beside numpy, scipy, librosa, torch, torchaudio and FFTW;
#                                              writes docs/BENCHMARKS.md; --json ends with one object of ratios
#   dev/bench.sh delays [--quick] [--json]     delays between pairs of recordings beside scipy's correlate on the same search;
#                                              writes its part of docs/BENCHMARKS.md; --json ends with one object
#   dev/bench.sh spark [--quick] [--json]      features on a cluster of one and of two workers beside one process (docs/SPARK.md);
#                                              --json ends with one object of ratios
#   dev/bench.sh predict [--json]              requests to /predict of a running service, one by one, under load, and too many
#   dev/bench.sh start WORKSPACE [RUNS]        time from the start of heimdall serve to its first answer, with the newest model of a
#                                              workspace
#   dev/bench.sh set [BACKEND...]              a training step of the network set: both engines, or those named, take turns
#   dev/bench.sh unseen FOLDER SESSIONS JUDGED STEPS SEED STATION...
#                                              what a station is worth that the training has not seen: a network learns without
#                                              it from so many simulated sessions and is judged on others that it heard
#   dev/bench.sh epochs STORE SESSIONS [BANDS FRAMES [STEP_MS]]
#                                              epochs that read a feature store session by session and shard by shard; STORE is a
#                                              directory, or s3://bucket/folder of the server that HEIMDALL_S3_ENDPOINT names
#   dev/bench.sh recordings FOLDER RECORDINGS SAMPLES
#                                              processor time of a recording on its way into the feature store
#   dev/bench.sh jmh [ARGUMENTS OF JMH]        the JMH benchmarks, with the vector kernels; KERNELS=portable for the others
# The peers live in a virtual environment under the user's cache, made on the first call (about 3 GB with torch).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)
venv=${HEIMDALL_BENCH_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/heimdall/bench-venv}

usage() {
  sed -n '2,24s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

build() {
  (cd "$root" && mvn -B -q -pl heimdall-bench -am -DskipTests -Dspotless.check.skip=true -Djacoco.skip=true package \
    dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime) >&2
  classpath=$root/heimdall-bench/target/classes:$(<"$root/heimdall-bench/target/classpath.txt")
}

# Installs what can be had; a peer that cannot is left out of the table.
peers() {
  [ -x "$venv/bin/pip" ] || python3 -m venv "$venv" >&2 || return 0
  if [ ! -e "$venv/complete" ]; then
    "$venv/bin/pip" install -q --timeout 10 --retries 1 numpy scipy librosa soundfile >&2 || return 0
    "$venv/bin/pip" install -q --timeout 10 --retries 1 pyfftw >&2 || true
    "$venv/bin/pip" install -q --timeout 10 --retries 1 torch >&2 || true
    "$venv/bin/pip" install -q --timeout 10 --retries 1 torchaudio >&2 || true
    touch "$venv/complete"
  fi
  # FFTW as a C program, with the library that pyFFTW brings.
  local library
  library=$(find "$venv"/lib/python3*/site-packages/pyfftw.libs -name 'libfftw3f-*' ! -name '*threads*' 2>/dev/null | head -1)
  if [ -n "$library" ] && command -v gcc >/dev/null; then
    gcc -O3 -march=native -ffast-math -o "$venv/fftw" "$root/dev/bench/fftw.c" "$library" \
      -Wl,-rpath,"$(dirname "$library")" -lm >&2 || true
  fi
}

# beside_peers SCRIPT WHERE OPTIONS...: runs bench/SCRIPT.py; WHERE the peers are, if the script wants it.
beside_peers() {
  local script=$1 where=$2
  shift 2
  for argument in "$@"; do
    case $argument in --quick | --json) ;; *) usage ;; esac
  done
  build
  peers
  python=$venv/bin/python
  [ -x "$python" ] || python=python3
  exec "$python" "$root/dev/bench/$script.py" "$root" "$classpath" ${where:+"$where"} "$@"
}

case ${1:-} in
  predict) shift && exec "$root/dev/bench/predict.sh" "$@" ;;
  start) shift && exec "$root/dev/bench/start.sh" "$@" ;;
  training) shift && exec "$root/dev/bench/training.sh" "$@" ;;
  features) shift && beside_peers features "$venv" "$@" ;;
  spark)
    shift
    for argument in "$@"; do
      case $argument in --quick | --json) ;; *) usage ;; esac
    done
    "$root/dev/spark.sh" build
    exec python3 "$root/dev/bench/spark.py" "$root" \
      "$root/heimdall-spark/target/heimdall-spark.jar:$(<"$root/heimdall-spark/target/classpath.txt")" "$@"
    ;;
  delays) shift && beside_peers delays "" "$@" ;;
  set)
    shift
    build
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -XX:+UseSerialGC -cp "$classpath" io.heimdall.bench.SetTrainingBench "$@"
    ;;
  unseen)
    shift
    [ $# -ge 6 ] || usage
    build
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$classpath" io.heimdall.bench.UnseenBench "$@"
    ;;
  epochs)
    shift
    [ $# -ge 2 ] || usage
    build
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -cp "$classpath" io.heimdall.bench.EpochBench "$@"
    ;;
  recordings)
    shift
    [ $# -eq 3 ] || usage
    build
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" --add-modules jdk.incubator.vector -cp "$classpath" \
      io.heimdall.bench.RecordingBench "$@"
    ;;
  jmh)
    shift
    build
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" --add-modules jdk.incubator.vector \
      -Dheimdall.features.kernels="${KERNELS:-vector}" -cp "$classpath" org.openjdk.jmh.Main -prof gc "$@"
    ;;
  *) usage ;;
esac

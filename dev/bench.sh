#!/usr/bin/env bash
# Benchmarks beside other programs.
#   dev/bench.sh training [--quick] [--json]   training steps, inference and whole epochs of both engines and ONNX Runtime
#                                              beside PyTorch and PyTorch Lightning; writes its part of docs/BENCHMARKS.md;
#                                              --json ends with one object of ratios
# The peers live in a virtual environment under the user's cache, made on the first call (some GB with torch).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)

usage() {
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

case ${1:-} in
  training) shift && exec "$root/dev/bench/training.sh" "$@" ;;
  *) usage ;;
esac

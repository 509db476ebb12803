#!/usr/bin/env bash
# dev/bench.sh training [--quick] [--json]: see there and in training.py.
#   HEIMDALL_BENCH_TRAINING_VENV  a virtual environment to use instead of the one in the user's cache
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd -P)
venv=${HEIMDALL_BENCH_TRAINING_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/heimdall/bench-training-venv}

for argument in "$@"; do
  case $argument in
    --quick | --json) ;;
    *)
      printf 'dev/bench.sh training: %s is neither --quick nor --json\n' "$argument" >&2
      exit 2
      ;;
  esac
done

(cd "$root" && mvn -B -q -pl heimdall-bench,heimdall-app -am -DskipTests -Dspotless.check.skip=true -Djacoco.skip=true \
  package) >&2 </dev/null
classpath=$root/heimdall-bench/target/classes:$(<"$root/heimdall-bench/target/classpath.txt")

# The version of PyTorch that DJL brings; PIP_EXTRA_INDEX_URL may name an index of builds without CUDA, a tenth of the size. What
# cannot be had is left out.
if [ -z "${HEIMDALL_BENCH_TRAINING_VENV:-}" ] && [ ! -e "$venv/complete" ]; then
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  install=("$venv/bin/pip" install -q --timeout 30 --retries 1)
  if "${install[@]}" torch==2.7.1 numpy safetensors lightning librosa >&2; then
    touch "$venv/complete"
  fi
fi
python=$venv/bin/python
[ -x "$python" ] || python=python3
exec "$python" "$root/dev/bench/training.py" "$root" "$classpath" "$@"

#!/usr/bin/env bash
# A real standalone cluster of Apache Spark on 127.0.0.1, from Maven's jars, for tests and trials.
#
#   dev/spark.sh build             build the module heimdall-spark; the first time it fetches 300 MB
#   dev/spark.sh start N [CORES]   start a master and N workers of CORES cores each (1); prints the master's URL
#   dev/spark.sh stop              stop them
#   dev/spark.sh status            one line a process, with its id
#   dev/spark.sh url               the URL of the master that runs
#   dev/spark.sh submit ARGS...    spark-submit: run `heimdall spark ARGS` on the cluster
#   dev/spark.sh home              a Spark home of links to the jars, for SPARK_HOME
#
# Exit: 0, 1 if something failed or was not ready in time, 2 for wrong usage.
# HEIMDALL_DEV_SPARK is the directory of logs and process ids (${XDG_CACHE_HOME:-~/.cache}/heimdall/spark).
# HEIMDALL_DEV_SPARK_MEMORY is the memory of a worker (2g). Workers have the environment of `start`, credentials among it.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)
module=$root/heimdall-spark
dir=${HEIMDALL_DEV_SPARK:-${XDG_CACHE_HOME:-$HOME/.cache}/heimdall/spark}
memory=${HEIMDALL_DEV_SPARK_MEMORY:-2g}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
home=$module/target/spark-home
ready_seconds=180

say() { printf '%s\n' "$*" >&2; }
fail() { say "dev/spark.sh: $*"; exit 1; }
usage() { sed -n '4,10s/^# *//p' "$0" >&2; exit 2; }

# Says on standard error what Maven says, nothing where all is well.
build() {
  (cd "$root" && mvn -B -q -Dstyle.color=never -Pspark -pl heimdall-spark -am -DskipTests -Dspotless.check.skip=true -Djacoco.skip=true \
    -Dsbom.skip package) >&2
}

# Makes the Spark home: workers start executors with the jars in it. Links of an older build go.
make_home() {
  local jar
  if [ ! -e "$module/target/heimdall-spark.jar" ] || [ ! -r "$module/target/classpath.txt" ]; then
    fail "heimdall-spark is not built: dev/spark.sh build"
  fi
  if [ "$home/jars" -nt "$module/target/classpath.txt" ]; then return; fi
  rm -rf "$home"
  mkdir -p "$home/jars"
  local IFS=:
  for jar in "$module/target/heimdall-spark.jar" $(<"$module/target/classpath.txt"); do
    ln -sf "$jar" "$home/jars/"
  done
}

# pid NAME: its process id if it runs; a process id that now belongs to something else does not count.
pid() {
  local id
  id=$(cat "$dir/$1/pid" 2>/dev/null) && [ -n "$id" ] || return 1
  case $(ps -ww -o args= -p "$id" 2>/dev/null) in *"-Dheimdall.spark=$dir/$1 "*) echo "$id" ;; *) return 1 ;; esac
}

names() {
  local name
  for name in "$dir"/master "$dir"/worker-*; do
    if [ -e "$name/pid" ]; then basename "$name"; fi
  done
}

# background NAME CLASS ARGS...: in a process group of its own, which a worker's executors share. The pages of master and workers listen
# on SPARK_LOCAL_IP only where the deploy mode is not that of a client.
background() {
  local name=$1
  shift
  mkdir -p "$dir/$name"
  set -m
  SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 "$java" @"$module/jvm.options" -Xmx512m -XX:+UseSerialGC -Dheimdall.spark="$dir/$name" \
    -Dheimdall.log.level=INFO -Dspark.submit.deployMode=cluster -Dspark.master.rest.enabled=false \
    -cp "$home/jars/*" "$@" >"$dir/$name/log" 2>&1 </dev/null &
  set +m
  echo $! >"$dir/$name/pid"
}

# ready NAME COMMAND...: waits until the command succeeds; fails at once if the process ends.
ready() {
  local name=$1 deadline=$((SECONDS + ready_seconds))
  shift
  until "$@"; do
    pid "$name" >/dev/null || { tail -n 5 "$dir/$name/log" >&2; stop; fail "$name has ended; its log is $dir/$name/log"; }
    [ $SECONDS -lt $deadline ] || { stop; fail "$name was not ready after $ready_seconds s; its log is $dir/$name/log"; }
    sleep 0.2
  done
}

master_is_up() { [ -n "$(url_in_log)" ]; }
url_in_log() { sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$dir/master/log" 2>/dev/null | tail -n 1; }
worker_is_up() { grep -q 'Successfully registered with master' "$dir/$1/log"; }

url() {
  pid master >/dev/null || fail "no master runs: dev/spark.sh start N"
  url_in_log
}

start() {
  local workers=${1:-} cores=${2:-1} i
  [[ $workers =~ ^[1-9][0-9]?$ && $cores =~ ^[1-9][0-9]*$ && $# -le 2 ]] || usage
  if pid master >/dev/null; then fail "a cluster runs already at $(url_in_log): dev/spark.sh stop"; fi
  make_home
  rm -rf "$dir"/master "$dir"/worker-*
  background master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 7077 --webui-port 0
  ready master master_is_up
  for ((i = 1; i <= workers; i++)); do
    background "worker-$i" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port 0 --webui-port 0 --cores "$cores" \
      --memory "$memory" --work-dir "$dir/worker-$i/work" "$(url_in_log)"
  done
  for ((i = 1; i <= workers; i++)); do ready "worker-$i" worker_is_up "worker-$i"; done
  url_in_log
}

# Ends the groups that run, at once where they do not end in five seconds.
stop() {
  local name id deadline=$((SECONDS + 5))
  for name in $(names); do
    if id=$(pid "$name"); then kill -TERM -- "-$id" 2>/dev/null || true; fi
  done
  for name in $(names); do
    while id=$(pid "$name") && [ $SECONDS -lt $deadline ]; do sleep 0.1; done
    if id=$(pid "$name"); then kill -KILL -- "-$id" 2>/dev/null || true; fi
    rm -f "$dir/$name/pid"
  done
}

status() {
  local name id
  for name in $(names); do
    if id=$(pid "$name"); then echo "$name $id"; else echo "$name has ended"; fi
  done
}

submit() {
  local master
  master=$(url)
  make_home
  # shellcheck disable=SC2086  # options are words
  SPARK_HOME=$home exec "$java" @"$module/jvm.options" ${HEIMDALL_JAVA_OPTS:-} -cp "$home/jars/*" org.apache.spark.deploy.SparkSubmit \
    --master "$master" --class io.heimdall.spark.SparkMain "$module/target/heimdall-spark.jar" "$@"
}

case ${1:-} in
  start | submit) "$@" ;;
  build | stop | status | url) [ $# = 1 ] || usage; "$1" ;;
  home) [ $# = 1 ] || usage; make_home; echo "$home" ;;
  *) usage ;;
esac

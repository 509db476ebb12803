#!/usr/bin/env bash
# The servers that Heimdall works with, as real programs on 127.0.0.1 and without Docker.
#
#   dev/services.sh start  [--dir DIR] [postgres] [minio] [mlflow]   start those that do not run yet (all three)
#   dev/services.sh stop   [--dir DIR] [postgres] [minio] [mlflow]   stop them cleanly
#   dev/services.sh status [--dir DIR]                               one line a service
#   dev/services.sh env    [--dir DIR]                               the environment of those that run
#   dev/services.sh program SERVICE                                  where its program is, once start has found it
#
# `start` and `env` print `export` lines on standard output, and everything else on standard error:
#   eval "$(dev/services.sh start)"
# Exit: 0, 2 for wrong usage, 3 if a service could not be had (the reason is printed; the others run).
#
# DIR holds data, logs, process ids and generated passwords (${XDG_CACHE_HOME:-~/.cache}/heimdall/services).
# Programs that have to be built or installed once are kept in HEIMDALL_DEV_PROGRAMS (.../heimdall/programs).
#   PostgreSQL  Debian's newest under /usr/lib/postgresql, else initdb on the PATH, else the binaries on Maven Central
#               (HEIMDALL_DEV_POSTGRES=embedded: those at once)
#   MinIO       HEIMDALL_DEV_MINIO=FILE, else minio on the PATH, else `go install`
#   MLflow      HEIMDALL_DEV_MLFLOW=FILE, else a virtual environment made with pip
# HEIMDALL_DEV_MLFLOW_ARTIFACTS=s3 starts an MLflow that takes no artifacts: its clients write them to bucket mlflow of this MinIO.
set -euo pipefail

minio_version=v0.0.0-20260212201848-7aac2a2c5b7c
mlflow_version=3.17.2
embedded_version=18.6.0
# Beside MLflow itself: its ONNX flavour, and what talks to S3.
mlflow_packages=('onnx<2' 'onnxruntime<1.29' 'boto3<2')
mlflow_home=mlflow-$mlflow_version-onnx-boto3

cache=${XDG_CACHE_HOME:-$HOME/.cache}/heimdall
programs=${HEIMDALL_DEV_PROGRAMS:-$cache/programs}
dir=$cache/services

say() { printf '%s\n' "$*" >&2; }
usage() { sed -n '4,9s/^# *//p' "$0" >&2; exit 2; }

# --- Processes -------------------------------------------------------------------------------------------------------

# pid SERVICE: its process id if it runs; a process id that now belongs to something else does not count.
pid() {
  local id
  id=$(cat "$dir/$1/pid" 2>/dev/null) && [ -n "$id" ] || return 1
  case $(ps -ww -o args= -p "$id" 2>/dev/null) in *"$dir/$1/"*) echo "$id" ;; *) return 1 ;; esac
}

# background SERVICE COMMAND...: starts it in a process group of its own, which its children share.
background() {
  local service=$1
  shift
  set -m
  "$@" >>"$dir/$service/log" 2>&1 </dev/null 9>&- &
  set +m
  echo $! >"$dir/$service/pid"
}

# ready SERVICE SECONDS COMMAND...: waits until the command succeeds; fails at once if the service ends.
ready() {
  local service=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    kill -0 "$(cat "$dir/$service/pid")" 2>/dev/null || { reason="it ended at once; see $dir/$service/log"; return 1; }
    [ $SECONDS -lt $deadline ] || { stop_one "$service"; reason="it did not answer in time; see $dir/$service/log"; return 1; }
    sleep 0.2
  done
}

stop_one() {
  local service=$1 id deadline=$((SECONDS + 30))
  id=$(pid "$service") || { rm -f "$dir/$service/pid"; say "$service does not run"; return 0; }
  # PostgreSQL: INT is a fast shutdown, and the postmaster tells its children itself.
  if [ "$service" = postgres ]; then kill -INT "$id"; else kill -TERM -- "-$id"; fi
  while kill -0 -- "-$id" 2>/dev/null; do
    if [ $SECONDS -ge $deadline ]; then
      say "$service did not stop in 30 s and is killed"
      kill -KILL -- "-$id" 2>/dev/null || true
      break
    fi
    sleep 0.1
  done
  rm -f "$dir/$service/pid"
  say "$service stopped"
}

in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# port SERVICE WANTED: the port of last time, else the wanted one or the next that is free.
port() {
  local number file=$dir/$1/port
  number=$(cat "$file" 2>/dev/null || echo "$2")
  while in_use "$number"; do number=$((number + 1)); done
  echo "$number" >"$file"
  echo "$number"
}

secret() {
  local file=$dir/$1/secret
  [ -s "$file" ] || (umask 077 && head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$file")
  cat "$file"
}

# --- PostgreSQL ------------------------------------------------------------------------------------------------------

find_postgres() {
  local found
  if [ "${HEIMDALL_DEV_POSTGRES:-}" != embedded ]; then
    found=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 || true)
    [ -n "$found" ] || found=$(command -v initdb || true)
    if [ -n "$found" ]; then postgres_bin=$(dirname "$found"); return; fi
  fi
  postgres_bin=$programs/postgres-$embedded_version/bin
  [ ! -x "$postgres_bin/initdb" ] || return 0
  local artifact aside=$programs/postgres.$$
  case $(uname -sm) in
    'Linux x86_64') artifact=linux-amd64 ;;
    'Linux aarch64') artifact=linux-arm64v8 ;;
    'Darwin arm64') artifact=darwin-arm64v8 ;;
    *) reason="no PostgreSQL installed, and no binaries for $(uname -sm)"; return 1 ;;
  esac
  say "postgres: fetching the binaries of PostgreSQL $embedded_version, once"
  mkdir -p "$aside"
  if timeout 300 mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
      -Dartifact="io.zonky.test.postgres:embedded-postgres-binaries-$artifact:$embedded_version" \
      -DoutputDirectory="$aside" >"$dir/postgres/install.log" 2>&1 </dev/null \
    && (cd "$aside" && unzip -q ./*.jar '*.txz' && tar -xJf ./*.txz && rm ./*.jar ./*.txz) >>"$dir/postgres/install.log" 2>&1; then
    mv "$aside" "${postgres_bin%/bin}"
  else
    rm -rf "$aside"
    reason="no PostgreSQL installed (Debian: postgresql) and none from Maven Central; see $dir/postgres/install.log"
    return 1
  fi
}

# PostgreSQL refuses to run as root: in a user namespace root is somebody else, and still owns the files.
unprivileged() {
  as=()
  [ "$(id -u)" = 0 ] || return 0
  if unshare -U true 2>/dev/null; then
    as=(unshare -U)
  elif id postgres >/dev/null 2>&1 && chown -R postgres "$dir/postgres" \
    && runuser -u postgres -- test -w "$dir/postgres"; then
    as=(runuser -u postgres --)
  else
    reason="PostgreSQL refuses root, user namespaces are blocked, and user postgres cannot write to $dir/postgres"
    return 1
  fi
}

start_postgres() {
  local data=$dir/postgres/data number
  find_postgres && unprivileged || return 1
  number=$(port postgres 25432)
  secret postgres >/dev/null
  if [ ! -e "$data/initialised" ]; then
    rm -rf "$data"
    "${as[@]}" "$postgres_bin/initdb" -D "$data" -U heimdall --pwfile "$dir/postgres/secret" -A scram-sha-256 \
      -E UTF8 --locale=C >>"$dir/postgres/log" 2>&1 </dev/null || { reason="initdb failed; see $dir/postgres/log"; return 1; }
    echo 'CREATE DATABASE heimdall' | "${as[@]}" "$postgres_bin/postgres" --single -D "$data" postgres \
      >>"$dir/postgres/log" 2>&1 || { reason="no database could be made; see $dir/postgres/log"; return 1; }
    "${as[@]}" touch "$data/initialised"
  fi
  # No socket file, so that it never meets the system's PostgreSQL.
  background postgres "${as[@]}" "$postgres_bin/postgres" -D "$data" -p "$number" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c logging_collector=off
  ready postgres 60 postgres_says_ready "$data"
}

# The eighth line of postmaster.pid is the state that pg_ctl waits for.
postgres_says_ready() { [ "$(sed -n 8p "$1/postmaster.pid" 2>/dev/null | tr -d ' ')" = ready ]; }

env_postgres() {
  echo "export HEIMDALL_DATABASE_URL=jdbc:postgresql://127.0.0.1:$(cat "$dir/postgres/port")/heimdall"
  echo "export HEIMDALL_DATABASE_USER=heimdall"
  echo "export HEIMDALL_DATABASE_PASSWORD=$(secret postgres)"
}

# --- MinIO -----------------------------------------------------------------------------------------------------------

find_minio() {
  minio=${HEIMDALL_DEV_MINIO:-$(command -v minio || echo "$programs/minio-$minio_version/minio")}
  [ ! -x "$minio" ] || return 0
  [ -z "${HEIMDALL_DEV_MINIO:-}" ] || { reason="HEIMDALL_DEV_MINIO is $minio, which is no program"; return 1; }
  command -v go >/dev/null || { reason='no minio on the PATH, and no go to build it with'; return 1; }
  say 'minio: building it with go install, once (a few minutes)'
  local aside=$programs/minio.$$
  mkdir -p "$aside"
  if GOBIN=$aside GOFLAGS=-modcacherw timeout 1200 go install "github.com/minio/minio@$minio_version" \
    >"$dir/minio/install.log" 2>&1 </dev/null; then
    mv "$aside" "$(dirname "$minio")"
  else
    rm -rf "$aside"
    reason="go install failed; see $dir/minio/install.log"
    return 1
  fi
}

start_minio() {
  local number
  find_minio || return 1
  number=$(port minio 29000)
  mkdir -p "$dir/minio/data"
  MINIO_ROOT_USER=heimdall MINIO_ROOT_PASSWORD=$(secret minio) MINIO_BROWSER=off MINIO_UPDATE=off \
    background minio "$minio" server --quiet --address "127.0.0.1:$number" "$dir/minio/data"
  ready minio 60 curl -fsS -m 5 "http://127.0.0.1:$number/minio/health/ready"
}

s3_address() { echo "http://127.0.0.1:$(cat "$dir/minio/port")"; }

env_minio() {
  echo "export HEIMDALL_S3_ENDPOINT=$(s3_address)"
  echo "export AWS_ACCESS_KEY_ID=heimdall"
  echo "export AWS_SECRET_ACCESS_KEY=$(secret minio)"
}

# --- MLflow ----------------------------------------------------------------------------------------------------------

find_mlflow() {
  mlflow=${HEIMDALL_DEV_MLFLOW:-$programs/$mlflow_home/bin/mlflow}
  [ ! -x "$mlflow" ] || return 0
  [ -z "${HEIMDALL_DEV_MLFLOW:-}" ] || { reason="HEIMDALL_DEV_MLFLOW is $mlflow, which is no program"; return 1; }
  command -v python3 >/dev/null || { reason='no python3'; return 1; }
  say 'mlflow: installing it with pip, once (a few minutes)'
  # A virtual environment cannot be moved: the program appears last, so a killed install is begun again.
  local venv=$programs/$mlflow_home
  if ! { python3 -m venv --clear "$venv" && timeout 1200 "$venv/bin/pip" install -q --timeout 30 \
    --disable-pip-version-check "mlflow==$mlflow_version" "${mlflow_packages[@]}"; } >"$dir/mlflow/install.log" 2>&1 </dev/null; then
    rm -rf "$venv"
    reason="pip install mlflow==$mlflow_version failed; see $dir/mlflow/install.log"
    return 1
  fi
}

start_mlflow() {
  local number
  find_mlflow || return 1
  number=$(port mlflow 25000)
  local artifacts=(--serve-artifacts --artifacts-destination "$dir/mlflow/artifacts")
  if [ "${HEIMDALL_DEV_MLFLOW_ARTIFACTS:-}" = s3 ]; then
    pid minio >/dev/null || { reason='its artifacts go to MinIO, which does not run'; return 1; }
    artifacts=(--no-serve-artifacts --default-artifact-root s3://mlflow/)
    local -x MLFLOW_S3_ENDPOINT_URL AWS_ACCESS_KEY_ID=heimdall AWS_SECRET_ACCESS_KEY # it lists what others wrote
    MLFLOW_S3_ENDPOINT_URL=$(s3_address) AWS_SECRET_ACCESS_KEY=$(secret minio)
  fi
  MLFLOW_DISABLE_TELEMETRY=true DO_NOT_TRACK=true MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false \
    background mlflow "$mlflow" server --host 127.0.0.1 --port "$number" --workers 1 \
    --backend-store-uri "sqlite:///$dir/mlflow/mlflow.db" "${artifacts[@]}"
  ready mlflow 120 curl -fsS -m 5 "http://127.0.0.1:$number/health"
}

env_mlflow() { echo "export MLFLOW_TRACKING_URI=http://127.0.0.1:$(cat "$dir/mlflow/port")"; }

# --- Commands --------------------------------------------------------------------------------------------------------

start_all() {
  local service missing=0
  for service in "${services[@]}"; do
    if pid "$service" >/dev/null; then say "$service runs already"; continue; fi
    mkdir -p "$dir/$service" "$programs"
    reason='it could not be started'
    if "start_$service"; then
      say "$service started on 127.0.0.1:$(cat "$dir/$service/port")"
    else
      say "$service skipped: $reason"
      missing=3
    fi
  done
  return $missing
}

environment() {
  local service
  for service in postgres minio mlflow; do
    if pid "$service" >/dev/null; then "env_$service"; fi
  done
}

command=${1:-}
[ $# -gt 0 ] && shift || usage
services=()
while [ $# -gt 0 ]; do
  case $1 in
    --dir) [ $# -gt 1 ] || usage; dir=$2; shift ;;
    postgres | minio | mlflow) services+=("$1") ;;
    *) usage ;;
  esac
  shift
done
[ ${#services[@]} -gt 0 ] || services=(postgres minio mlflow)

mkdir -p "$dir"
dir=$(cd "$dir" && pwd -P)
# One start or stop at a time.
if command -v flock >/dev/null; then exec 9>"$dir/lock" && flock 9; fi

case $command in
  start) status=0; start_all || status=$?; environment; exit $status ;;
  stop) for service in "${services[@]}"; do stop_one "$service"; done ;;
  status)
    for service in postgres minio mlflow; do
      if id=$(pid "$service"); then
        echo "$service runs on 127.0.0.1:$(cat "$dir/$service/port"), process $id, log $dir/$service/log"
      else
        echo "$service does not run"
      fi
    done
    ;;
  env) environment ;;
  program)
    service=${services[0]}
    mkdir -p "$dir/$service" "$programs"
    "find_$service" || { say "$service: $reason"; exit 3; }
    case $service in postgres) echo "$postgres_bin/postgres" ;; minio) echo "$minio" ;; mlflow) echo "$mlflow" ;; esac
    ;;
  *) usage ;;
esac

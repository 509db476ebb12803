#!/usr/bin/env bash
# Runs the tests of catalogue and object store, faults included, on a real PostgreSQL and a real MinIO.
#
# Usage: contracts_on_servers.sh WORK      an empty folder; exits 77 with the reason where a server cannot be had
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(cd "$1" && pwd -P)

stop() { dev/services.sh stop --dir "$work/services" >/dev/null 2>&1 || true; }
trap stop EXIT
status=0
dev/services.sh start --dir "$work/services" postgres minio >"$work/environment" 2>"$work/services.txt" || status=$?
if [ "$status" != 0 ]; then
  grep skipped "$work/services.txt" || cat "$work/services.txt"
  [ "$status" = 3 ] && exit 77
  exit 1
fi
. "$work/environment"

if ! mvn -B -pl heimdall-servers -am test -Dstyle.color=never -Dsurefire.failIfNoSpecifiedTests=false -Dheimdall.servers=true -Dtests.excludedGroups= \
  -Dtest='PostgresCatalogTest,HeimdallDatabaseTest,CatalogFaultsTest,MillionMeasurementsTest,MinioObjectStoreTest,ObjectStoreFaultsTest,WorkspacePushTest' \
  >"$work/tests.txt" 2>&1 </dev/null; then
  grep -E 'ERROR|FAIL' "$work/tests.txt" | tail -n 20
  exit 1
fi
grep -E '^\[INFO\] Tests run: [0-9]+, .*Skipped: [0-9]+$' "$work/tests.txt" | tail -n 1

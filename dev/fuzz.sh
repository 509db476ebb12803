#!/usr/bin/env bash
# Lets Jazzer look for files that make a reader of recordings crash, hang, take memory or leave its folder.
#   dev/fuzz.sh [MINUTES]    10 minutes by default; fractions such as 0.5 are fine
#   dev/fuzz.sh --keep       afterwards: adds to the project's corpus what covers new code, as little as that takes
# Exit 1 when it found something: the input lies in target/fuzz and belongs, mended, into src/test/resources/fuzz/found.
set -euo pipefail
cd "$(dirname "$0")/../heimdall-features"
work=$PWD/target/fuzz
corpus=src/test/resources/fuzz
mkdir -p "$work/corpus" "$work/tmp" "$corpus/corpus"

if [ ! -s "$work/classpath.txt" ] || [ pom.xml -nt "$work/classpath.txt" ]; then
  (cd .. && mvn -B -q -Pfuzz -pl heimdall-features dependency:build-classpath -DincludeScope=test \
    -Dmdep.outputFile="$work/classpath.txt") >&2
fi
(cd .. && mvn -B -q -pl heimdall-features test-compile -Dspotless.check.skip=true) >&2

# A copy, so that a build meanwhile does not change what runs.
rm -rf "$work/classes" && mkdir "$work/classes" && cp -r target/classes target/test-classes "$work/classes"
rm -rf "$work/classes/test-classes/META-INF/services" # the formats that tests add: their recordings are no files

tmp=$work/tmp
if [ -d /dev/shm ] && [ -w /dev/shm ]; then tmp=$(mktemp -d /dev/shm/heimdall-fuzz.XXXXXX); fi
trap 'rm -rf "$tmp"' EXIT

jazzer() {
  java -Xmx512m -XX:+UseSerialGC -XX:-OmitStackTraceInFastThrow -Djava.io.tmpdir="$tmp" \
    -cp "$work/classes/classes:$work/classes/test-classes:$(<"$work/classpath.txt")" com.code_intelligence.jazzer.Jazzer \
    --target_class=io.heimdall.features.recording.RecordingFuzzer \
    --instrumentation_includes='io.heimdall.features.recording.**' \
    --reproducer_path="$work" -artifact_prefix="$work/" -timeout=60 -rss_limit_mb=2048 -max_len=8192 "$@"
}

if [ "${1:-}" = --keep ]; then
  jazzer -merge=1 "$corpus/corpus" "$corpus/seeds" "$work/corpus"
  ls "$corpus/corpus" | wc -l
  exit
fi
seconds=$(awk -v minutes="${1:-10}" 'BEGIN { s = int(minutes * 60); if (s < 1) exit 1; print s }') \
  || { echo "usage: dev/fuzz.sh [MINUTES] | --keep" >&2; exit 2; }
found=()
[ -d "$corpus/found" ] && found=("$corpus/found")
jazzer -max_total_time="$seconds" -print_final_stats=1 "$work/corpus" "$corpus/seeds" "$corpus/corpus" "${found[@]}"

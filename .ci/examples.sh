#!/usr/bin/env bash
# Builds examples/ against the installed artifacts, as a user's project would be, and runs the three programs. The artifacts are
# installed into a copy of the user's repository, so that nothing is written to the user's.
# Usage: examples.sh FOLDER     (after a build, which has fetched all libraries and plugins)
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "$1"
folder=$(cd "$1" && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
users=${HEIMDALL_DEV_REPOSITORY:-$HOME/.m2/repository}
[ -d "$users" ] || { echo "no Maven repository in $users"; exit 77; }
rm -rf "$folder/m2" "$folder/examples" "$folder/workspace" "$folder/first"
cp -a "$users" "$folder/m2"
rm -rf "$folder/m2/io/heimdall"
maven() {
  mvn -B -q -Dstyle.color=never -Dmaven.repo.local="$folder/m2" "$@" >>"$folder/maven.txt" 2>&1 </dev/null || {
    grep -m 10 ERROR "$folder/maven.txt" || tail -n 20 "$folder/maven.txt"
    exit 1
  }
}
maven -DskipTests -Dspotless.check.skip=true -Djacoco.skip=true -Dsbom.skip -pl heimdall-bom,heimdall-pipeline,heimdall-backend-djl -am install
cp -r examples "$folder/examples"
maven -f "$folder/examples/pom.xml" process-classes
class_path=$folder/examples/target/classes:$(<"$folder/examples/target/classpath.txt")
if grep -q "$PWD/heimdall-" <<<"$class_path"; then echo 'the examples use the source tree'; exit 1; fi
run() { "$java" -Dai.djl.offline=true -DOPT_OUT_TRACKING=true -cp "$class_path" "io.heimdall.examples.$@" 2>>"$folder/errors.txt" || {
  tail -n 5 "$folder/errors.txt"
  exit 1
}; }
./heimdall init "$folder/first" >/dev/null
features=$(run ExtractFeatures "$folder/first/recordings/torino.wav")
trained=$(run TrainModel "$folder/workspace")
located=$(run LocateSessions "$(sed -n 's/^model: //p' <<<"$trained")" "$folder/workspace")
printf '%s\n' "$features" "$trained" "$located"
[ "$(grep -c 'km2$' <<<"$located")" = 3 ]
rm -rf "$folder/m2"
echo "features extracted, a model trained and three sessions located"

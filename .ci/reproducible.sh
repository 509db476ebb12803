#!/usr/bin/env bash
# Builds the sources once more, elsewhere, in another time zone and language, and compares jars, SBOM and release byte for byte.
# The umask is the same: jars keep the modes of files. Maven is not told to be offline, since it then leaves the SBOM out.
# Usage: reproducible.sh FOLDER     (after a build of the same sources)
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
copy=$1/elsewhere
mkdir -p "$copy"
# What the sources do not hold is the commit, since the copy is no clone.
commit=$(sed -n 's/^commit=//p' heimdall-app/target/classes/io/heimdall/app/version.properties)
git ls-files -z | tar --null --files-from=- -cf - | tar -xf - -C "$copy"
if ! (cd "$copy" && TZ=Pacific/Kiritimati LC_ALL=C mvn -B -q -Dstyle.color=never -DskipTests -Dheimdall.commit="$commit" \
  -Dspotless.check.skip=true -Djacoco.skip=true package) >"$1/build.txt" 2>&1 </dev/null; then
  tail -n 20 "$1/build.txt"
  exit 1
fi
# The module of a profile is not in a plain build, and another check may have built it here.
digests() {
  (cd "$1" && find heimdall-*/target -maxdepth 1 -not -path 'heimdall-spark/*' \( -name '*.jar' -o -name '*-sbom.json' \) -print0 | sort -z | xargs -0 sha256sum)
}
digests "$root" >"$1/here.txt"
digests "$copy" >"$1/elsewhere.txt"
diff "$1/here.txt" "$1/elsewhere.txt" || { echo 'two builds of the same sources differ'; exit 1; }
grep -q 'sbom' "$1/here.txt" || { echo 'the build made no SBOM'; exit 1; }
here=$(dev/release.sh "$1/release-here")
elsewhere=$(cd "$copy" && TZ=Pacific/Kiritimati LC_ALL=C dev/release.sh "$1/release-elsewhere")
cmp "$here" "$elsewhere" || { echo 'two releases of the same sources differ'; exit 1; }
rm -rf "$1/release-here" "$1/release-elsewhere"
echo "$(wc -l <"$1/here.txt") files and the release are the same in two builds"

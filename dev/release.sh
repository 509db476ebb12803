#!/usr/bin/env bash
# Packs a release, heimdall-VERSION.tar.gz: launcher, jars, manual page, completions, docs and the bill of materials. The same jars
# give the same bytes, wherever and whenever it is packed. Its natives are those of the machine that built.
# Usage: release.sh FOLDER     (after 'mvn -B -DskipTests -Dheimdall.commit=$(git rev-parse --short=12 HEAD) package' of the same sources; needs GNU tar and Java 17 or newer)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
[ $# = 1 ] || { echo 'usage: dev/release.sh FOLDER' >&2; exit 2; }
target=$root/heimdall-app/target
[ -r "$target/classpath.txt" ] && [ -r "$target/heimdall-app.jar" ] || {
  echo "release.sh: nothing is built in $target: run 'mvn -B -DskipTests package' before" >&2
  exit 1
}
mkdir -p "$1"
folder=$(cd "$1" && pwd -P)
version=$(sed -n 's/^version=//p' "$target/classes/io/heimdall/app/version.properties")
name=heimdall-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
release=$work/$name
mkdir -p "$release/lib" "$release/share/man/man1" "$release/share/completions"

# The order of the class path is kept in a list, since a folder has none.
tr ':' '\n' <<<"$target/heimdall-app.jar:$(<"$target/classpath.txt")" | while read -r jar; do
  to=$release/lib/$(basename "$jar")
  [ ! -e "$to" ] || { echo "release.sh: two jars have the name $(basename "$jar")" >&2; exit 1; }
  cp "$jar" "$to"
  basename "$jar" >>"$release/lib/classpath.txt"
done
cp "$root/heimdall" "$root/README.md" "$root/CHANGELOG.md" "$root/SECURITY.md" "$root/LICENSE" "$release"
cp -r "$root/docs" "$root/deploy" "$release"
rm -rf "$release/deploy/.env" "$release/deploy/release"
if [ -e "$target/heimdall-app-sbom.json" ]; then cp "$target/heimdall-app-sbom.json" "$release/share/sbom.json"; fi
# Help shows defaults, which are the packer's own where they are set.
for setting in $(compgen -e HEIMDALL_); do unset "$setting"; done
"$release/heimdall" man >"$release/share/man/man1/heimdall.1"
for shell in bash zsh fish; do "$release/heimdall" completion "$shell" >"$release/share/completions/heimdall.$shell"; done

# Order, times, owners and modes are not those of this machine. Written aside, then renamed.
find "$release" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
chmod 755 "$release/heimdall"
tar -C "$work" --sort=name --mtime='2026-11-24T00:00:00Z' --owner=0 --group=0 --numeric-owner --format=ustar -cf - "$name" \
  | gzip -n -6 >"$folder/.$name.part"
mv "$folder/.$name.part" "$folder/$name.tar.gz"
echo "$folder/$name.tar.gz"

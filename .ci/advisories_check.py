#!/usr/bin/env python3
"""Holds dev/advisories.py to a small SBOM, a server that answers as OSV does, and one that does not.  Usage: advisories_check.py FOLDER"""
import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
sbom = folder / "sbom.json"
sbom.write_text(json.dumps({"components": [
    {"group": "org.example", "name": name, "version": "1.0", "purl": f"pkg:maven/org.example/{name}@1.0?type=jar"}
    for name in ("good", "weak")]}))
ADVISORY = {"id": "GHSA-test", "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:weak"}, "versions": ["0.9", "1.0"]}]}


class Osv(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        results = [{"vulns": [{"id": "GHSA-test"}]} if q["package"]["name"].endswith(":weak") else {} for q in queries]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"results": results}).encode())

    def log_message(self, *words):
        pass


def run(*words, url="http://127.0.0.1:9"):
    return subprocess.run([sys.executable, "dev/advisories.py", "--sbom", str(sbom), *words], capture_output=True, text=True,
                          env={**os.environ, "HEIMDALL_DEV_ADVISORIES_URL": url})


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Osv)
threading.Thread(target=server.serve_forever, daemon=True).start()
known = run(url=f"http://127.0.0.1:{server.server_port}")
assert (known.returncode, known.stdout) == (1, "org.example:weak 1.0: GHSA-test\n2 packages, 1 with known weaknesses\n"), known
silent = run()
assert silent.returncode == 2 and "does not answer" in silent.stderr and silent.stdout == "", silent
data = folder / "data"
data.mkdir(exist_ok=True)
(data / "GHSA-test.json").write_text(json.dumps(ADVISORY))
here = run("--data", str(data))
assert here.returncode == 1 and "org.example:weak 1.0: GHSA-test" in here.stdout, here
assert run("--data", str(folder / "none.zip")).returncode == 2
print("finds, finds nothing, and says when it cannot know")

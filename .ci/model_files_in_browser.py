"""Runs the model files that model_files.py has written in onnxruntime-web in headless Chromium, and compares the places.

Usage: model_files_in_browser.py FOLDER ONNXRUNTIME_WEB     (the npm package's folder)
Needs playwright's Python package and a Chromium; exits 77 with the reason where there is none.
"""
import http.server
import os
import sys
import threading

from browser import browser_of, sync_playwright

PAGE = """<!doctype html><script type="module">
import * as ort from '/ort/ort.wasm.min.mjs';
ort.env.wasm.wasmPaths = '/ort/';
ort.env.wasm.numThreads = 1;
const kinds = {float32: Float32Array, bool: Uint8Array, int64: BigInt64Array};
const array = v => new kinds[v.type](Uint8Array.from(atob(v.data), c => c.charCodeAt(0)).buffer);
window.run = async () => {
  const told = [];
  for (const one of await (await fetch('/cases.json')).json()) {
    const session = await ort.InferenceSession.create('/' + one.file);
    const feeds = Object.fromEntries(Object.entries(one.inputs).map(([k, v]) => [k, new ort.Tensor(v.type, array(v), v.dims)]));
    await session.run(feeds);
    const begun = performance.now();
    const got = await session.run(feeds);
    const took = performance.now() - begun;
    const position = array(one.outputs.position), sigma = array(one.outputs.uncertainty);
    const off = Math.max(...[0, 1].map(i => Math.abs(got.position.data[i] - position[i]) / sigma[i]));
    told.push({file: one.file, off, took, allowed: one.allowed});
  }
  return told;
};
</script>"""

folder, package = sys.argv[1:3]


class Files(http.server.SimpleHTTPRequestHandler):
    extensions_map = {".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html", "": "application/octet-stream"}

    def translate_path(self, path):
        below, name = (os.path.join(package, "dist"), path[5:]) if path.startswith("/ort/") else (folder, path[1:])
        return os.path.join(below, os.path.basename(name.split("?")[0]))

    def log_message(self, *words):
        pass


with open(os.path.join(folder, "page.html"), "w") as page:
    page.write(PAGE)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
threading.Thread(target=server.serve_forever, daemon=True).start()
try:
    with sync_playwright() as playwright:
        browser = browser_of(playwright)
        tab = browser.new_page()
        tab.on("pageerror", lambda e: print(e, file=sys.stderr))
        tab.goto(f"http://127.0.0.1:{server.server_port}/page.html")
        tab.wait_for_function("window.run")
        told = tab.evaluate("run()")
        browser.close()
finally:
    server.shutdown()
assert told, "no case"
for one in told:
    assert one["off"] <= one["allowed"], told
print("; ".join(f"{one['file']} {one['took']:.0f} ms {one['off']:.1e} sigma" for one in told))

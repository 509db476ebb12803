#!/usr/bin/env python3
"""Gives stations, sessions, sources and files names of HTML, and opens what Heimdall makes of them in headless Chromium: nothing runs.

Usage: names_are_text.py HEIMDALL FOLDER
Needs playwright's Python package and a Chromium; exits 77 with the reason where there is none.
"""
import http.client
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from browser import browser_of, sync_playwright
from service import serving

RUN = "document.documentElement.dataset.ran=1"
NAMES = [
    f"<img src=x onerror={RUN}>",
    f"</script><script>{RUN}</script>",
    f"'\"><svg onload={RUN}>",
    "{{data}} {{{library}}} @data@ <!--<script>",
    f"{{a|b}} ${{{RUN}}} `",
    "\x1b[31mred\x1b[0m\x07 \u202egnp.exe",
    "line\nVersion     forged v9",
]


def heimdall(program, *words, good=True):
    done = subprocess.run([program, *words], capture_output=True, text=True)
    assert not good or done.returncode == 0, (words, done.stderr[-2000:])
    assert "\x1b" not in done.stdout + done.stderr, ("an escape sequence reached the terminal", words)
    assert not re.search("(?m)^Version +forged", done.stdout + done.stderr), ("a forged line", words)
    return done


def rename(catalog):
    with sqlite3.connect(catalog) as connection:
        for table, column in (("websdr_stations", "name"), ("known_sources", "name"), ("recording_sessions", "session_name"),
                              ("recording_sessions", "celery_task_id")):
            # An id with slashes or control characters is refused: it names objects.
            names = NAMES[:1] + NAMES[4:5] if column == "celery_task_id" else NAMES
            rows = connection.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()
            for n, (row,) in enumerate(rows):
                name = names[n % len(names)] + ("" if n < len(names) else f" {n}")
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (name, row))


def ask(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"} if body else {})
    return json.loads(connection.getresponse().read())


def is_text(page, url, what):
    problems = []
    page.on("dialog", lambda dialog: (problems.append("a dialog"), dialog.dismiss()))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(url, wait_until="load")
    page.wait_for_timeout(500)
    frames = [page, *page.frames]
    for chart in page.locator("#map, #regions, #cells, .plot, .spectrum, .times, article").all():
        box = chart.bounding_box()
        if not box:
            continue
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        step = 14 if box["height"] > 400 else 40
        for y in range(4, int(box["height"]), step):
            for x in range(4, int(box["width"]), step):
                page.mouse.move(box["x"] + x, box["y"] + y)
    page.wait_for_timeout(200)
    for frame in frames:
        assert frame.evaluate("document.documentElement.dataset.ran") is None, f"{what}: a name ran"
        assert frame.evaluate("document.querySelectorAll('img[src=x], svg[onload]').length") == 0, f"{what}: a name is markup"
    assert not problems, (what, problems)


def look(page_of_it):
    """The pages are looked at side by side: a move of the mouse takes a frame, and little of a processor."""
    url, what = page_of_it
    with sync_playwright() as playwright:
        browser = browser_of(playwright)
        is_text(browser.new_page(viewport={"width": 1280, "height": 900}), url, what)
        browser.close()


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    workspace = os.path.join(folder, "workspace")
    heimdall(program, "simulate", "--workspace", workspace, "--sessions", "60")
    os.remove(os.path.join(workspace, "world.json"))  # knows its stations by their names
    rename(os.path.join(workspace, "catalog.sqlite"))
    trained = heimdall(program, "train", "--workspace", workspace, "--network", "small", "--epochs", "1", "--batch-size", "8",
                       "--json")
    report = json.loads(trained.stdout.splitlines()[-1])["report"]
    with open(report, encoding="utf-8") as file:
        assert "onerror" in file.read(), "the names are not in the report: the check checks nothing"
    recording = os.path.join(folder, f"<img src=x onerror={RUN}>.cu8")
    with open(recording, "wb") as file:
        file.write(os.urandom(96_000))
    page_of_recording = os.path.join(folder, "recording.html")
    heimdall(program, "inspect", recording, "--rate", "48000", "--html", page_of_recording,
             "--png", os.path.join(folder, "recording.png"))
    for words in (["evaluate", "--workspace", workspace], ["predict", "--model", os.path.join(os.path.dirname(report), "model.onnx"),
                  f"{NAMES[5]}={recording}", "--rate", "48000"], ["runs", "--workspace", workspace]):
        heimdall(program, *words, good=False)
    with serving(program, workspace) as service:
        port = service["port"]
        task = ask(port, "POST", "/train", {"network": "small", "epochs": 1, "batch_size": 8,
                                            "stations": NAMES[:5], "seed": 2})["task_id"]
        end = time.monotonic() + 1200
        while ask(port, "GET", "/train/" + task)["status"] in ("queued", "running") and time.monotonic() < end:
            time.sleep(1)
        assert ask(port, "GET", "/train/" + task)["status"] == "succeeded", ask(port, "GET", "/train/" + task)
        pages = (("file://" + os.path.abspath(report), "the report"),
                 ("file://" + os.path.abspath(page_of_recording), "the recording's page"),
                 (service["url"] + f"/train/{task}/report", "the report from the service"),
                 (service["url"] + "/", "the service's page"))
        with ThreadPoolExecutor(len(pages)) as side_by_side:
            list(side_by_side.map(look, pages))
    print("reports, pages, logs and terminals show names as text")


main()

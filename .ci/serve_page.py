#!/usr/bin/env python3
"""Uses the page of `heimdall serve` as a person does, in headless Chromium: submits, watches, cancels, opens the report.

Usage: serve_page.py HEIMDALL WORKSPACE [FOLDER_FOR_SCREENSHOTS]     (the workspace needs some sessions)
Needs playwright's Python package and a Chromium; exits 77 with the reason where there is none.
"""
import base64
import datetime
import http.server
import json
import math
import os
import pathlib
import sqlite3
import sys
import tempfile
import threading
import time
import urllib.request

from browser import browser_of, sync_playwright
from service import serving


def submit(page, **fields):
    page.locator("#new > summary").click()
    for name, value in fields.items():
        field = page.locator(f"#train [name={name}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:  # some are folded away
            field.evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})) }", value)
    before = page.locator("#jobs article").count()
    page.locator("#start").click()
    page.locator("#jobs article").nth(before).wait_for()
    return page.locator("#jobs article").first.get_attribute("data-task")


def fits(page, what):
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{what}: the page is {width} px wider than the screen"


def shot(page, folder, name):
    if folder:
        page.screenshot(path=os.path.join(folder, name + ".png"), full_page=True)


def table(workspace, recordings, about, folder):
    """Writes a table of a session with its recordings and its known place, and of one that two stations took bearings of."""
    session = recordings[0].parent.name
    with sqlite3.connect(os.path.join(workspace, "catalog.sqlite")) as catalog:
        places = dict((name, (latitude, longitude)) for name, latitude, longitude
                      in catalog.execute("SELECT name, latitude, longitude FROM websdr_stations"))
        source = catalog.execute("SELECT latitude, longitude FROM known_sources s JOIN recording_sessions r ON r.known_source_id = s.id"
                                 " WHERE r.celery_task_id = ?", [session]).fetchone()
    rows = ["session_id,source_lat,source_lon,frequency_hz,station,station_lat,station_lon,recording,sample_rate_hz,bearing_deg,bearing_sigma_deg"]
    for file, one in zip(recordings, about):
        place = places[one["websdr_name"]]
        rows.append(f"{session},{source[0]},{source[1]},{one['frequency_hz']},{one['websdr_name']},{place[0]},{place[1]},{file.name},"
                    f"{1000 * one['sample_rate_khz']},,")
    for one in about[:2]:
        place = places[one["websdr_name"]]
        bearing = math.degrees(math.atan2((source[1] - place[1]) * math.cos(math.radians(place[0])), source[0] - place[0]))
        rows.append(f"by-bearings,,,{one['frequency_hz']},{one['websdr_name']},{place[0]},{place[1]},,,{bearing % 360:.1f},3")
    file = pathlib.Path(folder, "sessions.csv")
    file.write_text("\n".join(rows) + "\n")
    return file


def recordings_of(workspace):
    """Returns the recordings of the session with most of them, and what is known of each."""
    sessions = pathlib.Path(workspace, "objects", "heimdall-raw-iq", "sessions")
    session = max(sessions.iterdir(), key=lambda s: len(list(s.glob("*.npy"))))
    recordings = sorted(session.glob("*.npy"))
    return recordings, [json.loads(r.with_name(r.stem + "_metadata.json").read_text()) for r in recordings]


def locate(page, workspace, folder):
    """Gives the recordings of one session to the page, alone and with a table, and reads the answers on the map."""
    recordings, about = recordings_of(workspace)
    page.locator("#locate > summary").click()
    page.set_input_files("#chosen", recordings)
    for field, one in zip(page.locator("#files input").all(), about):
        field.fill(one["websdr_name"])
    page.locator("#rate").fill(str(round(1000 * about[0]["sample_rate_khz"])))
    page.locator("#ask").click()
    page.locator("#about", has_text="90 % within").wait_for()
    assert page.locator("#map canvas").count() >= 2, "no density is on the map"
    assert page.locator("#map path.leaflet-interactive").count() >= 5, "outlines of four regions and an estimate are not on the map"
    assert "estimate" in page.locator("#foundlegend").inner_text()
    with tempfile.TemporaryDirectory() as given:
        page.set_input_files("#chosen", [*recordings, table(workspace, recordings, about, given)])
        page.locator("#rate").fill("")
        page.locator("#ask").click()
        page.locator("#about", has_text="The known place is").wait_for()
    stations = page.locator("#map .leaflet-marker-icon").count()
    assert stations == len(recordings), f"{stations} of {len(recordings)} stations are on the map"
    page.locator("#foundlist").focus()
    page.keyboard.press("ArrowDown")
    page.locator("#about", has_text="by-bearings").wait_for()
    page.locator("#map .leaflet-control-layers", has_text="bearings").wait_for()
    for colours in ("dark", "light"):
        page.emulate_media(color_scheme=colours)
        for width, height, screen in ((1280, 800, "desktop"), (390, 844, "phone")):
            page.set_viewport_size({"width": width, "height": height})
            fits(page, f"located, {screen}")
            shot(page, folder, f"located-{screen}-{colours}")
    page.locator("#locate > summary").click()


class Tiles(http.server.BaseHTTPRequestHandler):
    """A tile server of one white pixel."""
    asked = []
    PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=")

    def do_GET(self):
        Tiles.asked.append((self.path, self.headers.get("Referer")))
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(self.PIXEL)

    def log_message(self, *words):
        pass


def times_are_of_the_zone(page, url):
    """Holds that the times of a browser in Tokyo are nine hours after those of UTC, and that the page says so."""
    page.locator("#zone", has_text="times: Asia/Tokyo").wait_for()
    job = page.locator("#jobs article").first
    job.wait_for()
    with urllib.request.urlopen(url + "/train/" + job.get_attribute("data-task")) as answer:
        submitted = datetime.datetime.fromisoformat(json.load(answer)["submitted_at"].replace("Z", "+00:00"))
    tokyo = (submitted + datetime.timedelta(hours=9)).strftime("%d/%m/%Y, %H:%M")
    assert "submitted " + tokyo in job.inner_text(), (tokyo, job.inner_text())


def map_over_tiles(browser, heimdall, workspace, folder):
    """Sets a tile server, and holds that the page asks it for pictures, and nobody else for anything."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host = f"http://127.0.0.1:{server.server_port}"
    with serving(heimdall, workspace, HEIMDALL_MAP_TILES=host + "/{z}/{x}/{y}.png", HEIMDALL_MAP_TILES_BY="<b>One pixel</b>") as service:
        url = service["url"]
        page = browser.new_page(viewport={"width": 1280, "height": 800}, timezone_id="Asia/Tokyo", locale="en-GB")
        page.set_default_timeout(120_000)
        problems = watch(page, url, host + "/")
        page.goto(url)
        times_are_of_the_zone(page, url)
        recordings, about = recordings_of(workspace)
        page.locator("#locate > summary").click()
        with tempfile.TemporaryDirectory() as given:
            page.set_input_files("#chosen", [*recordings, table(workspace, recordings, about, given)])
            page.locator("#ask").click()
            page.locator("#map img.leaflet-tile-loaded").first.wait_for(state="attached")
        page.locator("#map .leaflet-control-attribution", has_text="<b>One pixel</b>").wait_for()
        shot(page, folder, "tiles-desktop")
        page.evaluate("fetch('" + host + "/stolen', {mode: 'no-cors'}).catch(() => {})")
        page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.2:9/stolen.png'}))")
        page.wait_for_timeout(300)
        for directive in ("connect-src 'self'", "img-src data: " + host + '"'):
            assert any("Content Security Policy" in p and directive in p for p in problems), (directive, problems)
        others = [p for p in problems if "Content Security Policy" not in p and p != "asked http://127.0.0.2:9/stolen.png"]
        assert not others, others
        page.close()
    server.shutdown()
    assert Tiles.asked and all(path.endswith(".png") and referer is None for path, referer in Tiles.asked), Tiles.asked
    return len(Tiles.asked)


def compare(page, tasks, folder):
    for task in tasks:
        page.locator(f"article[data-task='{task}'] .pick input").check()
    page.locator("#comparison th", has_text="error p50").wait_for()
    assert "network" in page.locator("#comparison").inner_text() or "epochs" in page.locator("#comparison").inner_text()
    details = page.locator(f"article[data-task='{tasks[0]}'] details").first
    if not details.evaluate("d => d.open"):
        details.locator("summary").click()
    log = details.locator(".log").inner_text()
    assert log.startswith("submitted ") and "succeeded " in log and "steps: " in log, log
    fits(page, "comparison, phone")
    shot(page, folder, "compared-phone")


def sweep(page, folder):
    """Starts a sweep, watches it to its end, and looks at its trials, in a phone's width and in the dark; cancels another one."""
    def start(**fields):
        page.locator("#newsweep > summary").click()
        for name, value in fields.items():
            page.locator(f"#sweep [name={name}]").fill(value)
        page.locator("#startsweep").click()

    small = "network: small\nepochs: 2\nbatch-size: 8"
    start(name="rates", trials="3", workers="1", rungs="1", folds="0", base=small, space="learning-rat: 0.001 .. 0.01 log")
    page.locator("#sweeprefused", has_text="unknown setting 'learning-rat'; did you mean 'learning-rate'?").wait_for()
    page.locator("#newsweep > summary").click()
    start(space="learning-rate: 0.001 .. 0.01 log\naugmentation: true, false")
    card = page.locator("article[data-sweep='rates']")
    card.locator(".badge.succeeded").wait_for()
    card.locator("details > summary").click()
    card.locator("tr.best").wait_for()
    assert card.locator("table.trials tr").count() == 4, card.inner_text()
    assert "learning rate" in card.locator("table.trials").inner_text()
    card.locator("img.picture[src^='data:image/png']").wait_for()
    for width, height, scheme, name in ((1280, 800, "light", "sweep-desktop"), (390, 844, "dark", "sweep-phone-dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        fits(page, name)
        shot(page, folder, name)
        if folder:
            card.screenshot(path=os.path.join(folder, name + "-card.png"))
    page.locator("#newsweep > summary").click()
    fits(page, "new sweep, phone")
    shot(page, folder, "new-sweep-phone-dark")
    page.locator("#newsweep > summary").click()
    page.emulate_media(color_scheme="light")
    start(name="endless", rungs="", base="network: small\nepochs: 100000\npatience: 100000")
    other = page.locator("article[data-sweep='endless']")
    other.locator(".badge.running").wait_for()
    other.locator("button", has_text="Cancel").click()
    other.locator(".badge.cancelled").wait_for()


def watch(page, *allowed):
    """Returns a list to which the page's faults are added, and its requests to others than allowed."""
    problems = []
    page.on("pageerror", lambda e: problems.append(str(e)))
    # What is refused on purpose is 400, 404 or 409; on a machine that is very busy /ready may say so, by 503.
    page.on("console", lambda m: problems.append(m.text)
            if m.type == "error" and not any(status in m.text for status in ("400", "404", "409", "503")) else None)
    page.on("request", lambda r: problems.append("asked " + r.url)
            if not r.url.startswith((*allowed, "data:", "about:", "blob:")) else None)
    return problems


def use(page, url, workspace, folder):
    problems = watch(page, url)
    page.goto(url)
    page.locator("#state", has_text="ready").wait_for()
    shot(page, folder, "empty")
    for habit in ("accumulate", "ema", "keep", "initial", "max_minutes", "stop_by", "pretrain", "folds"):
        assert page.locator(f"#train [name={habit}]").count() == 1, f"the form has no {habit}"

    done = submit(page, network="small", epochs="4", batch_size="8")
    page.wait_for_selector(f"article[data-task='{done}'] .badge.running")
    page.wait_for_selector(f"article[data-task='{done}'] svg.curve path.t", state="attached")
    fits(page, "running")
    shot(page, folder, "running-desktop")
    page.set_viewport_size({"width": 375, "height": 720})
    fits(page, "running, phone")
    shot(page, folder, "running-phone")
    page.wait_for_selector(f"article[data-task='{done}'] .badge.succeeded")
    page.locator("#models", has_text="newest").wait_for()

    other = submit(page, network="small", epochs="3", batch_size="8")
    page.wait_for_selector(f"article[data-task='{other}'] .badge.succeeded")
    locate(page, workspace, folder)
    compare(page, [done, other], folder)
    sweep(page, folder)
    assert "times: " in page.locator("#zone").inner_text()

    endless = submit(page, network="small", epochs="100000", patience="100000")
    page.wait_for_selector(f"article[data-task='{endless}'] .badge.running")
    asked = time.monotonic()
    page.locator(f"article[data-task='{endless}'] button", has_text="Cancel").click()
    page.wait_for_selector(f"article[data-task='{endless}'] .badge.cancelled")
    cancelled = time.monotonic() - asked

    page.locator(f"article[data-task='{done}'] button", has_text="Report").click()
    frame = page.frame_locator("#report iframe")
    frame.locator("canvas, svg").first.wait_for(state="visible")
    shot(page, folder, "report-phone")
    page.locator("#close").click()
    page.wait_for_selector("#report", state="hidden")

    page.locator("#new > summary").click()
    page.locator("#train [name=pretrained]").evaluate("e => { e.closest('details').open = true; e.value = '../x' }")
    page.locator("#start").click()
    page.locator("#refused", has_text="pretrained is '../x', expected the name of a file").wait_for()
    shot(page, folder, "refused-phone")
    page.locator("#train [name=pretrained]").evaluate("e => { e.value = '' }")
    page.locator("#train [name=stations]").fill("Torino, Nowhere")
    page.locator("#start").click()
    page.locator("#refused", has_text="'Nowhere'").wait_for()
    page.set_viewport_size({"width": 1280, "height": 800})
    shot(page, folder, "ended-desktop")
    assert not problems, problems
    return cancelled


def main():
    heimdall, workspace = sys.argv[1], sys.argv[2]
    folder = sys.argv[3] if len(sys.argv) > 3 else None
    with sync_playwright() as playwright:
        browser = browser_of(playwright)
        with serving(heimdall, workspace) as service:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.set_default_timeout(240_000)
            cancelled = use(page, service["url"], workspace, folder)
            page.close()
            began = time.monotonic()
        stopped = time.monotonic() - began
        tiles = map_over_tiles(browser, heimdall, workspace, folder)
        browser.close()
    print(f"submitted, watched, located, compared, swept, cancelled in {cancelled:.1f} s, report opened, service stopped in {stopped:.1f} s,"
          f" {tiles} tiles asked for where a server is set")


main()

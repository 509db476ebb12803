#!/usr/bin/env python3
"""Uses the page of `heimdall serve` as a person does, in headless Chromium: submits, watches, cancels, opens the report.

Usage: serve_page.py HEIMDALL WORKSPACE [FOLDER_FOR_SCREENSHOTS]     (the workspace needs some sessions)
Needs playwright's Python package and a Chromium; exits 77 with the reason where there is none.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

from browser import browser_of, sync_playwright


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


def locate(page, workspace, folder):
    """Gives the recordings of one session to the page, and reads the answer on the map."""
    sessions = pathlib.Path(workspace, "objects", "heimdall-raw-iq", "sessions")
    session = max(sessions.iterdir(), key=lambda s: len(list(s.glob("*.npy"))))
    recordings = sorted(session.glob("*.npy"))
    about = [json.loads(r.with_name(r.stem + "_metadata.json").read_text()) for r in recordings]
    page.locator("#locate > summary").click()
    page.set_input_files("#chosen", recordings)
    for field, one in zip(page.locator("#files input").all(), about):
        field.fill(one["websdr_name"])
    page.locator("#rate").fill(str(round(1000 * about[0]["sample_rate_khz"])))
    page.locator("#ask").click()
    page.locator("#about", has_text="90 % within").wait_for()
    assert page.locator("#map canvas").count() >= 2, "no density is on the map"
    for width, height, name in ((1280, 800, "located-desktop"), (390, 844, "located-phone")):
        page.set_viewport_size({"width": width, "height": height})
        fits(page, name)
        shot(page, folder, name)
    page.locator("#locate > summary").click()


def compare(page, tasks, folder):
    for task in tasks:
        page.locator(f"article[data-task='{task}'] .pick input").check()
    page.locator("#comparison th", has_text="error p50").wait_for()
    assert "network" in page.locator("#comparison").inner_text() or "epochs" in page.locator("#comparison").inner_text()
    details = page.locator(f"article[data-task='{tasks[0]}'] details").first
    if not details.evaluate("d => d.open"):
        details.locator("summary").click()
    log = details.locator(".log").inner_text()
    assert log.startswith("submitted ") and "succeeded " in log, log
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


def use(page, url, workspace, folder):
    problems = []
    page.on("pageerror", lambda e: problems.append(str(e)))
    # What is refused on purpose is 400, 404 or 409; on a machine that is very busy /ready may say so, by 503.
    page.on("console", lambda m: problems.append(m.text)
            if m.type == "error" and not any(status in m.text for status in ("400", "404", "409", "503")) else None)
    page.on("request", lambda r: problems.append("asked " + r.url)
            if not r.url.startswith((url, "data:", "about:", "blob:")) else None)
    page.goto(url)
    page.locator("#state", has_text="ready").wait_for()
    shot(page, folder, "empty")

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
        service = subprocess.Popen([heimdall, "serve", "--workspace", workspace, "--port", "0", "--json"],
                                   stdout=subprocess.PIPE, text=True)
        try:
            url = json.loads(service.stdout.readline())["url"]
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.set_default_timeout(240_000)
            cancelled = use(page, url, workspace, folder)
        finally:
            began = time.monotonic()
            service.send_signal(signal.SIGTERM)
            service.wait(300)
            stopped = time.monotonic() - began
            browser.close()
    print(f"submitted, watched, located, compared, swept, cancelled in {cancelled:.1f} s, report opened, service stopped in {stopped:.1f} s")


main()

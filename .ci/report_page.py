#!/usr/bin/env python3
"""Opens pages that Heimdall wrote (reports, comparisons, cards, sweeps, recordings, located sessions) in headless Chromium, as a person with a desk, with a phone,
and with dark colours does. Fails where a page asks for anything beside itself, reports a fault, is wider than its screen, has an
element that reaches out of the screen, or where the list of sessions does not follow keys and clicks.

Usage: report_page.py FILE.html... [--pictures FOLDER]
Needs playwright's Python package and a Chromium; exits 77 with the reason where there is none.
"""
import pathlib
import sys

from browser import browser_of, sync_playwright

SCREENS = [("desk", 1280, 900, "light"), ("dark", 1280, 900, "dark"), ("phone", 390, 844, "light")]

# What lies inside of a map, a plot, a wide table or a list that scrolls is cut by these on purpose.
REACHING_OUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  if (e.closest('.leaflet-container, .plot, .wide, [role=listbox]') && !e.matches('.leaflet-container, .plot, .wide, [role=listbox]')) return false;
  const box = e.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5 || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible'
    && !e.matches('.leaflet-container, .plot, .wide, [role=listbox]'));
}).map(e => e.tagName + '#' + e.id + '.' + e.className)"""

# A column that a wide neighbour has left no room: its words stand letter below letter.
SQUEEZED = """() => [...document.querySelectorAll('th, td')].filter(e => e.innerText.length > 4 && e.clientWidth < 48 && e.clientHeight > 90)
  .map(e => e.innerText)"""


def choose(page, what):
    """Moves through the sessions by the keys, then clicks the last one, and returns to the second; on a map, looks under the pointer."""
    if not page.locator("#map").count():
        return
    options = page.locator("#sessionlist [role=option]")
    assert page.locator("#map canvas").count() > 0, f"{what}: nothing is drawn behind the map"
    page.locator("#map").hover(position={"x": 120, "y": 120})
    assert "," in page.locator("#map .pointer").inner_text(), f"{what}: no coordinates under the pointer"
    if options.count() < 2:
        return
    page.locator("#sessionlist").focus()
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true", f"{what}: the arrow key chooses nothing"
    assert page.locator("#map .leaflet-marker-icon").count() > 0, f"{what}: no station is on the map"
    options.last.click()
    assert options.last.get_attribute("aria-selected") == "true", f"{what}: a click chooses nothing"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")


def check(browser, file, folder):
    for name, width, height, colours in SCREENS:
        what = f"{file.name}, {name}"
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colours)
        page.set_default_timeout(120_000)
        problems = []
        page.on("pageerror", lambda e: problems.append(str(e)))
        page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: problems.append("asked " + r.url)
                if not r.url.startswith((file.resolve().as_uri(), "data:", "blob:")) else None)
        page.goto(file.resolve().as_uri())
        page.locator("#sessionlist [role=option], body:not(:has(#map))").first.wait_for()
        if folder:
            page.screenshot(path=folder / f"{file.stem}-{name}-first.png")
        choose(page, what)
        reaching = page.evaluate(REACHING_OUT)
        squeezed = page.evaluate(SQUEEZED)
        if folder:
            page.screenshot(path=folder / f"{file.stem}-{name}.png", full_page=True)
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=folder / f"{file.stem}-{name}-second.png")
        assert not reaching, f"{what}: cut or wider than the screen: {reaching[:8]}"
        assert not squeezed, f"{what}: letter below letter: {squeezed[:8]}"
        assert not problems, f"{what}: {problems}"
        page.close()


def main():
    words = sys.argv[1:]
    folder = None
    if "--pictures" in words:
        at = words.index("--pictures")
        folder = pathlib.Path(words[at + 1])
        words = words[:at] + words[at + 2:]
        folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = browser_of(playwright)
        for word in words:
            check(browser, pathlib.Path(word), folder)
        browser.close()
    print(f"{len(words)} pages at a desk, in the dark and on a phone: nothing is asked for, nothing is cut")


main()

"""A headless Chromium for the checks of pages; without one, or without playwright, a check exits 77 with the reason."""
import shutil
import sys

try:
    from playwright.sync_api import sync_playwright  # noqa: F401  the checks import it from here
except ImportError:
    print("no Python package playwright")
    sys.exit(77)


def browser_of(playwright):
    installed = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    options = {"args": ["--no-sandbox"], "timeout": 120_000}
    if installed:
        options["executable_path"] = installed
    try:
        return playwright.chromium.launch(**options)
    except Exception as e:
        print("no Chromium:", str(e).splitlines()[0])
        sys.exit(77)

"""Runs `heimdall serve` for checks."""
import contextlib
import json
import os
import signal
import subprocess


@contextlib.contextmanager
def serving(heimdall, workspace, *options, **variables):
    """Yields what a service on a free port says of itself, its `url` and its `port`, and stops it at the end."""
    process = subprocess.Popen([heimdall, "serve", "--workspace", workspace, "--port", "0", "--json", *options],
                               stdout=subprocess.PIPE, text=True, env={**os.environ, **variables})
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(300)

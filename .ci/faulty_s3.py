"""faulty_s3.py SERVER SHARE COUNTS: an HTTP proxy on 127.0.0.1 before an S3 server, which does harm to a share of the requests.

By turns a request is answered with 500, answered after 0.3 s of silence, answered with 500, and answered by half of the body's bytes and
silence for 0.3 s before the rest. The first stall of all lasts until the client goes away. Prints its address, and writes what it has done
into COUNTS when it is ended.
"""

import http.client
import json
import random
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

STALL_S = 0.3
ENDLESS_S = 300
SERVER_ERROR = b'<?xml version="1.0"?><Error><Code>InternalError</Code><Message>a fault on purpose</Message></Error>'
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


class Harm:
    """Draws which requests are harmed, and counts."""

    def __init__(self, share):
        self.share = share
        self.draws = random.Random(1)
        self.lock = threading.Lock()
        self.counts = {"requests": 0, "500": 0, "stalled": 0, "without_end": 0}

    def next(self):
        """Returns what is done to the next request."""
        with self.lock:
            self.counts["requests"] += 1
            if self.draws.random() >= self.share:
                return "none"
            harmed = self.counts["500"] + self.counts["stalled"]
            if harmed % 2 == 0:
                self.counts["500"] += 1
                return "500"
            self.counts["stalled"] += 1
            if self.counts["stalled"] == 1:
                self.counts["without_end"] = 1
                return "endless"
            return "late" if harmed % 4 == 1 else "halting"


class Proxy(BaseHTTPRequestHandler):
    """Hands the requests of a connection on over one connection to the server."""

    protocol_version = "HTTP/1.1"
    server_address = None
    disable_nagle_algorithm = True
    harm = None

    def setup(self):
        super().setup()
        self.behind = http.client.HTTPConnection(*self.server_address, timeout=60)

    def finish(self):
        self.behind.close()
        super().finish()

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        harm = self.harm.next()
        if harm == "500":
            return self.answer(500, {"Content-Type": "application/xml"}, SERVER_ERROR, False)
        if harm in ("late", "endless"):
            time.sleep(STALL_S if harm == "late" else ENDLESS_S)
        self.behind.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            self.behind.putheader(name, value)
        self.behind.endheaders(body or None)
        found = self.behind.getresponse()
        content = found.read()
        headers = {name: value for name, value in found.getheaders() if name.lower() not in HOP}
        if self.command == "HEAD":
            headers["Content-Length"] = found.getheader("Content-Length", "0")
        self.answer(found.status, headers, content, harm == "halting")

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any

    def answer(self, status, headers, content, halting):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.command != "HEAD" and status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if halting:
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            time.sleep(STALL_S)
            content = content[len(content) // 2 :]
        self.wfile.write(content)

    def log_message(self, *_):
        """Says nothing."""


class Quiet(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Says nothing: clients leave when a worker is killed, and where one is tired of a silence."""


def main():
    server, share, counts = sys.argv[1:4]
    address = urlsplit(server)
    Proxy.server_address = (address.hostname, address.port)
    Proxy.harm = Harm(float(share))
    listening = Quiet(("127.0.0.1", 0), Proxy)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=listening.shutdown).start())
    print(f"http://127.0.0.1:{listening.server_port}", flush=True)
    listening.serve_forever(0.1)
    Path(counts).write_text(json.dumps(Proxy.harm.counts))


main()

#!/usr/bin/env python3
"""Asks `heimdall serve` for /health and /ready beside clients that are slow or idle, and says how long the answers took.

Usage: slow_clients.py HEIMDALL WORKSPACE [SECONDS]     (the workspace needs some sessions; each crowd stays for SECONDS)

All clients are on this machine. Fails if an answer beside a crowd took 50 ms longer than the slowest answer without a crowd, in each
of three tries, since other work may share the machine; or if a connection beyond the limit is not answered by 503.

A virtual machine may take memory away that was idle for a moment, and needs time to give it back. On one such machine a server of
five lines answers in 1 ms when it is asked all the time, in 9 ms when it is asked ten times a second, and in 48 ms when it is asked
once a second. So all questions come evenly, ten a second, and the service is first asked alone.
"""
import http.client
import json
import resource
import socket
import sys
import time

from service import serving

LIMIT_MS = 50
ASKED_A_SECOND = 10
BODY = (b"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
        b"Content-Length: 49152\r\n\r\n")


def connect(port):
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(20)
    client.connect(("127.0.0.1", port))
    client.setblocking(False)
    return client


class Crowd:
    """Clients that each send `first` and then a byte of `then` a second, and never read unless told to."""

    def __init__(self, port, count, first, then=b""):
        self.port, self.first, self.then = port, first, then
        self.clients = [self.enter() for _ in range(count)]
        self.replaced = 0

    def enter(self):
        client = connect(self.port)
        if self.first:
            client.send(self.first)
        return client

    def beat(self, part):
        """What every tenth client does, from client `part` on: who was cut off comes again."""
        if not self.then:
            return
        for k in range(part, len(self.clients), ASKED_A_SECOND):
            try:
                self.clients[k].send(self.then)
                gone = self.clients[k].recv(1, socket.MSG_PEEK) is not None
            except BlockingIOError:
                gone = False
            except OSError:
                gone = True
            if gone:
                self.clients[k].close()
                self.clients[k] = self.enter()
                self.replaced += 1

    def leave(self):
        for client in self.clients:
            client.close()


def ask(port, path):
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status, 1000 * (time.monotonic() - began)


def slowest_beside(name, port, crowd, seconds):
    times, end = [], time.monotonic() + seconds
    try:
        time.sleep(1)  # they have come
        while (began := time.monotonic()) < end:
            crowd.beat(len(times) % ASKED_A_SECOND)
            path = ("/health", "/ready")[len(times) // ASKED_A_SECOND % 2]
            status, took = ask(port, path)
            assert status == 200, f"{name}: {path} answered {status}"
            times.append(took)
            time.sleep(max(0, 1 / ASKED_A_SECOND - (time.monotonic() - began)))
    finally:
        crowd.leave()
    times.sort()
    print(f"{name}: {len(times)} answers, median {times[len(times) // 2]:.1f} ms, slowest {times[-1]:.1f} ms"
          + (f", {crowd.replaced} cut off" if crowd.replaced else ""))
    return times[-1]


def job(port):
    body = json.dumps({"network": "small", "epochs": 1000, "patience": 1000})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/train", body, {"Content-Type": "application/json"})
    return json.loads(connection.getresponse().read())["task_id"]


def cancel(port, task):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("DELETE", "/train/" + task)
    connection.getresponse().read()


def refused_beyond(port, most):
    crowd = Crowd(port, most, b"")
    try:
        end = time.monotonic() + 60
        status, took = ask(port, "/health")
        while status != 503 and time.monotonic() < end:  # it has not seen all of them yet
            time.sleep(0.1)
            status, took = ask(port, "/health")
    finally:
        crowd.leave()
    print(f"beyond the limit: {status} in {took:.1f} ms")
    return status == 503


def main():
    heimdall, workspace = sys.argv[1], sys.argv[2]
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 12
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    good = True
    with serving(heimdall, workspace) as service:
        port = service["port"]
        for _ in range(200):
            ask(port, "/ready"), ask(port, "/health")
        alone = min(slowest_beside("nobody else", port, Crowd(port, 0, b""), seconds) for _ in range(3))

        def beside(name, *crowd):
            return any(slowest_beside(name, port, Crowd(port, *crowd), seconds) <= alone + LIMIT_MS for _ in range(3))

        good &= beside("1000 bodies, a byte a second", 1000, BODY, b"0")
        good &= beside("1000 idle connections", 1000, b"")
        good &= beside("1000 heads, a byte a second", 1000, b"GET /health HTTP/1.1\r\nX: ", b"y")
        task = job(port)
        events = f"GET /train/{task}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        good &= beside("500 readers of events that never read", 500, events)
        page = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
        good &= beside("200 that ask ten times and never read", 200, 10 * page)
        cancel(port, task)
    with serving(heimdall, workspace, "--connections", "100") as service:
        good &= refused_beyond(service["port"], 100)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

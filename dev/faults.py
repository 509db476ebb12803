"""The runs of dev/faults.sh; needs nothing beside Python itself."""
import argparse
import hashlib
import hmac
import json
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

SERVERS = ("postgres", "minio", "mlflow")
LINE_FAULTS = ("reset", "refused", "truncated", "stalled", "slow")
SESSIONS = 30
TRAIN = ["--epochs", "2", "--network", "small", "--batch-size", "8", "--threads", "1"]
LONGEST_RUN_S = 600


def say(text):
    print(text, file=sys.stderr, flush=True)


class Line:
    """A TCP proxy before one server; `fault` says what it does to bytes while it is set."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.fault = None
        self.ends = 0.0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def strike(self, fault, seconds):
        self.ends = time.monotonic() + seconds
        self.fault = fault

    def heal(self):
        self.fault = None

    def _now(self):
        if self.fault and time.monotonic() > self.ends:
            self.fault = None
        return self.fault

    def _accept(self):
        while True:
            client, _ = self.door.accept()
            if self._now() == "refused":
                reset(client)
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.server_port), 5)
                server.settimeout(None)
            except OSError:
                reset(client)
                continue
            for source, target in ((client, server), (server, client)):
                threading.Thread(target=self._hand_on, args=(source, target), daemon=True).start()

    def _hand_on(self, source, target):
        try:
            while block := source.recv(1 << 14):
                fault = self._now()
                if fault in ("reset", "refused"):
                    target.sendall(block[: len(block) // 2])
                    reset(source)
                    reset(target)
                    return
                if fault == "truncated":
                    target.sendall(block[: len(block) // 2])
                    break
                while self._now() == "stalled":
                    time.sleep(0.1)
                if fault == "slow":
                    for at in range(0, len(block), 512):
                        target.sendall(block[at : at + 512])
                        time.sleep(0.02 if self._now() == "slow" else 0)
                else:
                    target.sendall(block)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


def reset(connection):
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    except OSError:
        pass


class Servers:
    """The programs of dev/services.sh, and a line before each."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {}
        started = self._services("start")
        if started.returncode == 3:
            print(next((l for l in started.stderr.splitlines() if "skipped" in l), started.stderr))
            sys.exit(77)
        if started.returncode:
            sys.exit(started.stderr)
        for line in started.stdout.splitlines():
            name, value = line.removeprefix("export ").split("=", 1)
            self.environment[name] = value
        ports = {name: int((folder / name / "port").read_text()) for name in SERVERS}
        self.lines = {name: Line(port) for name, port in ports.items()}
        self.direct = dict(self.environment)
        for name, variable in zip(SERVERS, ("HEIMDALL_DATABASE_URL", "HEIMDALL_S3_ENDPOINT", "MLFLOW_TRACKING_URI")):
            self.environment[variable] = self.environment[variable].replace(
                f":{ports[name]}", f":{self.lines[name].port}"
            )

    def _services(self, *words):
        return subprocess.run(
            ["dev/services.sh", words[0], "--dir", str(self.folder), *words[1:]], capture_output=True, text=True
        )

    def restart(self, name, pause):
        self._services("stop", name)
        time.sleep(pause)
        self._services("start", name)

    def heal(self):
        for line in self.lines.values():
            line.heal()
        started = self._services("start")
        if started.returncode:
            sys.exit("a server does not come up again: " + started.stderr)

    def stop(self):
        self._services("stop")

    def mlflow(self, path, body=None):
        request = urllib.request.Request(
            self.direct["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/" + path,
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def object_sha256(self, bucket, key):
        """By a signed GET (AWS signature version 4)."""
        endpoint = urllib.parse.urlsplit(self.direct["HEIMDALL_S3_ENDPOINT"])
        stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        scope = f"{stamp[:8]}/us-east-1/s3/aws4_request"
        names = "host;x-amz-content-sha256;x-amz-date"
        asked = "\n".join(
            ["GET", f"/{bucket}/{key}", "", f"host:{endpoint.netloc}", "x-amz-content-sha256:UNSIGNED-PAYLOAD"]
            + [f"x-amz-date:{stamp}", "", names, "UNSIGNED-PAYLOAD"]
        )
        text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(asked.encode()).hexdigest()])
        secret = ("AWS4" + self.direct["AWS_SECRET_ACCESS_KEY"]).encode()
        for part in scope.split("/"):
            secret = hmac.digest(secret, part.encode(), "sha256")
        signature = hmac.new(secret, text.encode(), "sha256").hexdigest()
        request = urllib.request.Request(
            f"{endpoint.geturl()}/{bucket}/{key}",
            headers={
                "x-amz-date": stamp,
                "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
                "Authorization": f"AWS4-HMAC-SHA256 Credential={self.direct['AWS_ACCESS_KEY_ID']}/{scope},"
                f" SignedHeaders={names}, Signature={signature}",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return hashlib.sha256(answer.read()).hexdigest()


running = []


def heimdall(servers, log, *words):
    """Starts a command in a process group of its own."""
    out = open(log, "w")
    process = subprocess.Popen(
        ["./heimdall", *words],
        env={**os.environ, **servers.environment},
        stdout=out,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    running[:] = [process]
    return process


def ended(process, seconds=LONGEST_RUN_S):
    """The exit code; a command that does not end is killed, and that is a loss."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return "no end"


def trainings(workspace):
    return {path.name for path in (workspace / "trainings").glob("*") if (path / "training.json").exists()}


class Runs:
    def __init__(self, servers, folder, draws):
        self.servers = servers
        self.folder = folder
        self.workspace = folder / "workspace"
        self.draws = draws
        self.counts = {"runs": 0, "finished": 0, "resumable": 0, "lost": 0}

    def lost(self, what):
        self.counts["lost"] += 1
        say("LOST: " + what)

    def command(self, log, *words):
        path = self.folder / log
        return ended(heimdall(self.servers, path, *words)), path

    def prepare(self):
        for words in (
            ("simulate", "--workspace", str(self.folder / "local"), "--sessions", str(SESSIONS)),
            ("migrate",),
            ("push", "--workspace", str(self.folder / "local")),
        ):
            status, log = self.command("prepare.txt", *words)
            if status:
                sys.exit(f"heimdall {words[0]} failed: " + log.read_text()[-500:])
        start = time.monotonic()
        status, log = self.command("clean.txt", "train", "--workspace", str(self.workspace), *TRAIN)
        if status:
            sys.exit("the training without a fault failed: " + log.read_text()[-500:])
        return time.monotonic() - start

    def one(self, number, usual_s):
        self.counts["runs"] += 1
        # Recordings are fetched and features computed anew, so that there is something to disturb.
        shutil.rmtree(self.workspace / "cache", ignore_errors=True)
        moment = self.draws.uniform(0.5, usual_s)
        server = self.draws.choice(SERVERS)
        kind = self.draws.choice(LINE_FAULTS + ("restarted", "killed"))
        seconds = self.draws.uniform(1, 15)
        what = f"run {number}: " + (
            f"killed after {moment:.1f} s" if kind == "killed" else f"{server} {kind} after {moment:.1f} s for {seconds:.1f} s"
        )
        before = trainings(self.workspace)
        log = self.folder / f"run-{number}.txt"
        process = heimdall(self.servers, log, "train", "--workspace", str(self.workspace), *TRAIN)
        time.sleep(moment)
        if kind == "killed":
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        elif kind == "restarted":
            self.servers.restart(server, seconds / 3)
        else:
            self.servers.lines[server].strike(kind, seconds)
        status = ended(process)
        self.servers.heal()
        if status == 0:
            self.counts["finished"] += 1
            say(f"{what}: finished")
            return
        said = log.read_text()
        if status == "no end":
            return self.lost(f"{what}: it did not end in {LONGEST_RUN_S} s")
        if kind != "killed" and ("heimdall: " not in said or "\tat " in said):
            self.lost(f"{what}: no clear error: " + said[-500:])
        begun = trainings(self.workspace) - before
        words = ["--resume"] if begun else TRAIN
        again, resumed = self.command(f"run-{number}-again.txt", "train", "--workspace", str(self.workspace), *words)
        if again:
            return self.lost(f"{what}: it cannot be taken up again: " + resumed.read_text()[-500:])
        self.counts["resumable"] += 1
        error = next((l for l in said.splitlines() if l.startswith("heimdall: ")), "killed")
        say(f"{what}: {'resumed' if begun else 'begun again'} after: {error[:160]}")

    def check(self):
        """What workspace, MLflow and object store say of all runs together."""
        status, log = self.command("sync.txt", "sync", "--workspace", str(self.workspace))
        if status:
            self.lost("heimdall sync fails: " + log.read_text()[-500:])
        store = self.workspace / "mlruns"
        local = {p.parent.name: p.parent for p in store.glob("*/*/meta.yaml") if p.parent.parent.name != "models"}
        experiments = self.servers.mlflow("experiments/search?max_results=100")["experiments"]
        runs = self.servers.mlflow(
            "runs/search", {"experiment_ids": [e["experiment_id"] for e in experiments], "max_results": 5000}
        ).get("runs", [])
        if len(runs) != len(local):
            self.lost(f"MLflow has {len(runs)} runs, the workspace {len(local)}")
        for run in runs:
            for metric in run["data"].get("metrics", []):
                query = urllib.parse.urlencode({"run_id": run["info"]["run_id"], "metric_key": metric["key"]})
                points = self.servers.mlflow("metrics/get-history?" + query)["metrics"]
                # After a resume an epoch may be there once more, at another time, as in the workspace; never the very same.
                if len({(p.get("step"), p["timestamp"], p["value"]) for p in points}) != len(points):
                    self.lost(f"metric {metric['key']} of run {run['info']['run_id']} is there twice")
        here = sum(1 for path in local.values() for file in path.glob("metrics/**/*") if file.is_file() for _ in open(file))
        there = 0
        for run in runs:
            for metric in run["data"].get("metrics", []):
                query = urllib.parse.urlencode({"run_id": run["info"]["run_id"], "metric_key": metric["key"]})
                there += len(self.servers.mlflow("metrics/get-history?" + query)["metrics"])
        if here != there:
            self.lost(f"MLflow has {there} metric values, the workspace {here}")
        self._check_versions({run["info"]["run_id"] for run in runs})

    def _check_versions(self, runs):
        query = urllib.parse.urlencode({"filter": "name='heimdall-localization'", "max_results": 1000})
        versions = self.servers.mlflow("model-versions/search?" + query).get("model_versions", [])
        done = [t for t in trainings(self.workspace) if json.loads((self.workspace / "trainings" / t / "training.json").read_text())["finished"]]
        if len(versions) != len(done):
            self.lost(f"{len(versions)} versions are registered, {len(done)} trainings are finished")
        for version in versions:
            if version.get("run_id") not in runs:
                self.lost(f"version {version['version']} has no run")
        models = {hashlib.sha256((self.workspace / "trainings" / t / "model.onnx").read_bytes()).hexdigest() for t in done}
        for number in range(1, len(done) + 1):
            try:
                if self.servers.object_sha256("heimdall-models", f"localization-v{number}.onnx") not in models:
                    self.lost(f"the object of version {number} is not the model of a training")
            except OSError as e:
                self.lost(f"the object of version {number} cannot be read: {e}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("runs", nargs="?", type=int, default=10)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--minutes", type=float, default=1e9)
    arguments.add_argument("--dir", type=Path, default=Path("target/faults"))
    given = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = given.dir.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say(f"seed {given.seed}")
    servers = Servers(folder / "services")
    try:
        runs = Runs(servers, folder, random.Random(given.seed))
        usual = runs.prepare()
        say(f"without a fault a run takes {usual:.1f} s")
        begun = time.monotonic()
        for number in range(1, given.runs + 1):
            if time.monotonic() - begun > 60 * given.minutes:
                break
            runs.one(number, usual)
        runs.check()
    finally:
        for process in running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        servers.stop()
    print(json.dumps(runs.counts))
    sys.exit(1 if runs.counts["lost"] else 0)


main()

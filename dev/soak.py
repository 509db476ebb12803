#!/usr/bin/env python3
"""The soak of dev/soak.sh: clients that submit, workers that are killed, and the count in the end."""
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

heimdall, workspace, jobs, clients, pause = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
deadline = time.monotonic() + max(600, 30 * jobs)


def serve(*options, **more):
    return subprocess.Popen([heimdall, "serve", "--workspace", workspace, *options], text=True, **more)


def log(name):
    return open(os.path.join(os.path.dirname(workspace), name + ".log"), "a")


def memory(pid):
    """Resident MB, by the kernel's account."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


http = serve("--trainings", "0", "--port", "0", "--json", stdout=subprocess.PIPE, stderr=log("http"))
url = json.loads(http.stdout.readline())["url"]
workers = [serve("--no-http", stdout=log(f"worker-{n}"), stderr=subprocess.STDOUT) for n in range(2)]


def ask(method, path, body=None, **headers):
    request = urllib.request.Request(url + path, method=method, data=body and json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


submitted, ids_lock = [], threading.Lock()


def client(number):
    for job in range(number, jobs, clients):
        body = {"network": "small", "epochs": 2, "batch_size": 8, "seed": job, "threads": 1}
        key = {"Idempotency-Key": f"soak-{job}"}
        for _ in range(20):  # with the same key: a submission whose answer was lost is not made twice
            try:
                task = ask("POST", "/train", body, **key)["task_id"]
                break
            except (urllib.error.URLError, OSError) as fault:
                print("submission", job, "again after", fault, file=sys.stderr)
                time.sleep(1)
        else:
            continue
        with ids_lock:
            submitted.append(task)
        time.sleep(random.random())


threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
for thread in threads:
    thread.start()
kills, next_kill, resident = 0, time.monotonic() + pause, []
while time.monotonic() < deadline:
    time.sleep(1)
    resident.append(memory(http.pid))
    if time.monotonic() > next_kill:
        victim = kills % 2
        os.kill(workers[victim].pid, signal.SIGKILL)
        workers[victim].wait()
        workers[victim] = serve("--no-http", stdout=log(f"worker-{victim}"), stderr=subprocess.STDOUT)
        kills, next_kill = kills + 1, time.monotonic() + pause
        counts = {}
        try:
            page = ask("GET", "/train?limit=200")
            for job in page["jobs"]:
                counts[job["status"]] = counts.get(job["status"], 0) + 1
        except (urllib.error.URLError, OSError) as fault:
            print(fault, file=sys.stderr)
        print(f"killed {kills}, {counts}, service {resident[-1]} MB", file=sys.stderr, flush=True)
    if not any(thread.is_alive() for thread in threads):
        with sqlite3.connect(os.path.join(workspace, "jobs.sqlite"), timeout=30) as table:
            open_jobs = table.execute("SELECT count(*) FROM heimdall_training_job WHERE ended IS NULL").fetchone()[0]
        if open_jobs == 0:
            break

for process in [http, *workers]:
    process.send_signal(signal.SIGTERM)
for process in [http, *workers]:
    process.wait(60)
with sqlite3.connect(os.path.join(workspace, "jobs.sqlite")) as table:
    rows = {row[0]: row[1:] for row in table.execute(
        "SELECT id, status, run_id, attempts, error FROM heimdall_training_job")}
versions = os.path.join(workspace, "mlruns", "models", "heimdall-localization")
runs = {}  # how many versions a run was registered as: a job that ran to its end twice has two
for version in os.listdir(versions):
    meta = os.path.join(versions, version, "meta.yaml")
    if version.startswith("version-"):
        with open(meta) as text:
            run = next(line.split()[1].strip("'\"") for line in text if line.startswith("run_id:"))
        runs[run] = runs.get(run, 0) + 1
ended = [task for task in submitted if rows.get(task, ("",))[0] == "succeeded".upper()]
for task in submitted:
    if task not in ended:
        print("not succeeded:", task, rows.get(task), file=sys.stderr)
lost = [task for task in submitted if task not in rows or rows[task][0] in ("QUEUED", "RUNNING")]
of_jobs = {rows[task][1] for task in ended}
twice = sum(count - 1 for count in runs.values()) + len([run for run in runs if run not in of_jobs])
half = len(resident) // 2
print(f"{kills} kills, {sum(r[2] for r in rows.values())} attempts, the service's memory: half-time {max(resident[:half])} MB,"
      f" end {max(resident[half:])} MB at most", file=sys.stderr)
print(json.dumps({"submitted": len(submitted), "ended_once": len(set(ended)), "lost": len(lost), "twice": twice}))
sys.exit(0 if len(set(ended)) == jobs and not lost and not twice else 1)

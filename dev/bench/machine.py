"""The machine that a benchmark runs on, and the JDKs that it has."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path


def say(text):
    print(text, file=sys.stderr, flush=True)


def processor():
    text = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    name = re.search(r"model name\s*: (.*)", text)
    width = "AVX-512" if " avx512f" in text else "AVX2" if " avx2" in text else "no AVX2"
    return f"{name.group(1) if name else 'unknown processor'}, {width}, {os.cpu_count()} cores"


def version(java):
    text = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "([^"]+)"', text)
    return found.group(1) if found else "0"


def javas():
    """Each JDK at hand by its major version."""
    homes = [os.environ.get("JAVA_HOME"), *sorted(Path("/usr/lib/jvm").glob("*"))]
    found = {}
    for java in [shutil.which("java"), *(f"{home}/bin/java" for home in homes if home)]:
        if java and os.path.exists(java):
            found.setdefault(int(version(java).split(".")[0]), java)
    return found

#!/usr/bin/env bash
# Short trainings on real servers, each with a random fault at a random moment, and a count of what was lost.
#
# Usage: dev/faults.sh [N] [--seed S] [--minutes M] [--dir DIR]
#   N runs (10), none begun after M minutes; DIR for servers and workspace (target/faults)
#
# A fault is a line that is reset, refused, cut short, silent or slow (a TCP proxy before each server), a server that is
# stopped and started again, or the training itself killed. A run that fails is taken up again with --resume. The last
# line is JSON: runs, finished (in spite of the fault), resumable (after it), lost. Exits 1 if something was lost, 77 with
# a reason where a server cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v python3 >/dev/null || { echo 'no python3'; exit 77; }
exec python3 dev/faults.py "$@"

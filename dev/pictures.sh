#!/usr/bin/env bash
# Draws docs/pictures: features-*.png, what the network sees of a narrow FM transmission above the centre of the band; report-*.png and
# page-*.png, the report of a small training and the page of `heimdall serve` (these need playwright and a Chromium, as .ci/run does).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Two seconds at 48 kHz: a voice-like tone (300 to 1500 Hz) frequency-modulates a carrier 4 kHz above the centre by 2.5 kHz;
# noise 46 dB below.
python3 - "$work/fm.cf32" <<'PYTHON'
import array, math, random, sys
rate, phase, tone = 48000, 0.0, 0.0
draw = random.Random(1).gauss
samples = array.array("f")
for n in range(2 * rate):
    tone += 2 * math.pi * (900 + 600 * math.sin(2 * math.pi * 0.8 * n / rate)) / rate
    phase += 2 * math.pi * (4000 + 2500 * math.sin(tone)) / rate
    samples.append(0.5 * math.cos(phase) + draw(0, 0.0018))
    samples.append(0.5 * math.sin(phase) + draw(0, 0.0018))
if sys.byteorder == "big":
    samples.byteswap()
samples.tofile(open(sys.argv[1], "wb"))
PYTHON

for sides in two-sided folded; do
  "$root/heimdall" features "$work/fm.cf32" --rate 48000 --$sides --out "$work/fm.npy" --png "$root/docs/pictures/features-$sides.png"
done

python=python3
if ! python3 -c 'import playwright' 2>/dev/null; then python=${HEIMDALL_DEV_PROGRAMS:-$HOME/.cache/heimdall/programs}/playwright/bin/python; fi
"$root/heimdall" simulate --workspace "$work/workspace" --sessions 300
report=$("$root/heimdall" train --workspace "$work/workspace" --json | python3 -c 'import json, sys; print(json.loads(sys.stdin.readlines()[-1])["report"])')
"$python" "$root/.ci/report_page.py" "$report" --pictures "$work/pictures"
"$python" "$root/.ci/serve_page.py" "$root/heimdall" "$work/workspace" "$work/pictures"
for name in desk dark phone; do
  mv "$work/pictures/report-$name-second.png" "$root/docs/pictures/report-$name.png"
done
mv "$work/pictures/located-desktop.png" "$root/docs/pictures/page-desk.png"
mv "$work/pictures/located-phone.png" "$root/docs/pictures/page-phone.png"
mv "$work/pictures/sweep-desktop-card.png" "$root/docs/pictures/page-sweep.png"

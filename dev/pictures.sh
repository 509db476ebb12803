#!/usr/bin/env bash
# Draws docs/pictures: features-*.png, what the network sees of a narrow FM transmission above the centre of the band, and inspect.png, the
# transmission itself; report-*.png and page-*.png, the report of a small training and the page of `heimdall serve`; the pages of compare,
# sweep, locate and of the model card; rate.png, the search for a learning rate. Pages need playwright and a Chromium, as .ci/run does.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# At 48 kHz a voice-like tone (300 to 1500 Hz) frequency-modulates a carrier 4 kHz above the centre by 2.5 kHz, with noise 46 dB below:
# two seconds of it alone, and seven beside a carrier that drifts from 12 to 9 kHz below the centre.
python3 - "$work" <<'PYTHON'
import array, math, random, sys

RATE = 48000


def write(name, seconds, beside):
    phase, tone, drift = 0.0, 0.0, 0.0
    draw = random.Random(1).gauss
    samples = array.array("f")
    for n in range(seconds * RATE):
        tone += 2 * math.pi * (900 + 600 * math.sin(2 * math.pi * 0.8 * n / RATE)) / RATE
        phase += 2 * math.pi * (4000 + 2500 * math.sin(tone)) / RATE
        drift += 2 * math.pi * (-12000 + 3000 * n / (seconds * RATE)) / RATE
        samples.append(0.5 * math.cos(phase) + beside * math.cos(drift) + draw(0, 0.0018))
        samples.append(0.5 * math.sin(phase) + beside * math.sin(drift) + draw(0, 0.0018))
    if sys.byteorder == "big":
        samples.byteswap()
    samples.tofile(open(f"{sys.argv[1]}/{name}.cf32", "wb"))


write("fm", 2, 0)
write("beside", 7, 0.05)
PYTHON

for sides in two-sided folded; do
  "$root/heimdall" features "$work/fm.cf32" --rate 48000 --$sides --out "$work/fm.npy" --png "$root/docs/pictures/features-$sides.png"
done
"$root/heimdall" inspect "$work/beside.cf32" --rate 48000 --png "$root/docs/pictures/inspect.png"

python=python3
if ! python3 -c 'import playwright' 2>/dev/null; then python=${HEIMDALL_DEV_PROGRAMS:-$HOME/.cache/heimdall/programs}/playwright/bin/python; fi
"$root/heimdall" simulate --workspace "$work/workspace" --sessions 300
report=$("$root/heimdall" train --workspace "$work/workspace" --json | python3 -c 'import json, sys; print(json.loads(sys.stdin.readlines()[-1])["report"])')
"$python" "$root/.ci/report_page.py" "$report" --pictures "$work/pictures"
"$python" "$root/.ci/serve_page.py" "$root/heimdall" "$work/workspace" "$work/pictures"
"$root/heimdall" train --workspace "$work/workspace" --find-learning-rate "$root/docs/pictures/rate.png"
"$root/heimdall" compare --workspace "$work/workspace" 1 2 --html "$work/compared.html"
find "$work/workspace/mlruns" -path '*/report/model_card.html' | head -n 1 | xargs -I {} cp {} "$work/card.html"
printf 'base: {epochs: 4}\nspace:\n  learning-rate: {min: 3e-4, max: 1e-2, log: true}\n  batch-size: [16, 32, 64]\n' >"$work/sizes.yaml"
"$root/heimdall" sweep --workspace "$work/workspace" --trials 12 --no-final "$work/sizes.yaml"
cp "$work/workspace/sweeps/sizes/sweep.html" "$work"
"$root/heimdall" init "$work/hour"
for station in genova milano; do
  cp "$work/hour/recordings/$station.wav" "$work/20240131T120000Z_144000_${station}_iq.wav"
done
"$root/heimdall" inspect --delay "$work"/2024*.wav --clock-sigma 1e-6 --html "$work/delay.html"
"$root/heimdall" locate "$work/hour/SESSIONS.csv" --html "$work/located.html"
"$python" "$root/.ci/report_page.py" "$work"/{compared,card,sweep,delay,located}.html --pictures "$work/pictures"
for page in compared card sweep delay located; do
  mv "$work/pictures/$page-desk-first.png" "$root/docs/pictures/$page.png"
done
for name in desk dark phone; do
  mv "$work/pictures/report-$name-second.png" "$root/docs/pictures/report-$name.png"
done
mv "$work/pictures/located-desktop-light.png" "$root/docs/pictures/page-desk.png"
mv "$work/pictures/located-phone-light.png" "$root/docs/pictures/page-phone.png"
mv "$work/pictures/sweep-desktop-card.png" "$root/docs/pictures/page-sweep.png"

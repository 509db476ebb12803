#!/usr/bin/env bash
# Draws docs/pictures/features-*.png: what the network sees of a narrow FM transmission above the centre of the band.
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

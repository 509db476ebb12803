"""spark_features.py STORE PLAIN RESULT [HARM]: the rows of the store's shards are the features of heimdall features, each once.

HARM is what faulty_s3.py has counted: a tenth of the requests must have been harmed.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "dev"))
from shards import rows


def numpy_digest(file):
    """Returns the SHA-256 of the numbers of a .npy file of version 1."""
    content = file.read_bytes()
    return hashlib.sha256(content[10 + int.from_bytes(content[8:10], "little") :]).hexdigest()


store, plain, result = (Path(argument) for argument in sys.argv[1:4])
harm = json.loads(Path(sys.argv[4]).read_text()) if len(sys.argv) > 4 else None
stored = [row for shard in sorted(store.glob("*.safetensors")) for row in rows(shard)]
expected = [numpy_digest(file) for file in plain.glob("*.npy")]
told = json.loads(result.read_text().splitlines()[-1])

keys = Counter(key for key, _ in stored)
assert max(keys.values()) == 1, f"{sum(n - 1 for n in keys.values())} entries are there twice"
assert Counter(digest for _, digest in stored) == Counter(expected), "the features are not those of one machine"
assert told["recordings"] == len(expected) and told["faults"] == 0, told
behind = ""
if harm:
    harmed = harm["500"] + harm["stalled"]
    assert harmed > 0.05 * harm["requests"], harm
    behind = f" of {harm['requests']} requests {harm['500']} answered with 500, {harm['stalled']} stalled,"
print(f"{len(stored)} recordings,{behind} a worker killed: all there, equal digests, nothing twice, {told['seconds']:.0f} s")

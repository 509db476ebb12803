"""Reads the shards of a feature store (docs/FEATURE_STORE.md) with nothing but Python."""

import hashlib
import json


def rows(shard):
    """Yields key and SHA-256 of each row of a safetensors file."""
    content = shard.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    count = header["keys"]["shape"][0]
    parts = {}
    for name in ("features", "keys"):
        first, last = header[name]["data_offsets"]
        parts[name] = content[start + first : start + last]
    size, key = len(parts["features"]) // count, len(parts["keys"]) // count
    for i in range(count):
        row = parts["features"][i * size : (i + 1) * size]
        yield parts["keys"][i * key : (i + 1) * key], hashlib.sha256(row).hexdigest()

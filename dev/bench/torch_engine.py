"""PyTorch as an engine of the benchmark: answers the lines that io.heimdall.bench.TrainingBench answers.

Run by training.py: torch_engine.py FOLDER THREADS
"""
import sys
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from localisation import Localisation, gaussian_nll

folder, threads = Path(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(1)
net = Localisation(7)
net.load_state_dict(load_file(folder / "weights.safetensors"), strict=False)  # batch norms' counters are not in it
features = torch.from_numpy(np.fromfile(folder / "features.f32", "<f4").reshape(32, 7, 128, 32))
targets = torch.from_numpy(np.fromfile(folder / "targets.f32", "<f4").reshape(32, 2))
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-4)


def step():
    net.train()
    optimizer.zero_grad()
    loss = gaussian_nll(*net(features), targets)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    loss.item()


def predict(rows):
    net.eval()
    with torch.inference_mode():
        position, sigma = net(rows)
        return position.numpy(), sigma.numpy()


def least(count, work):
    best = float("inf")
    for _ in range(count):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best * 1e3


for line in sys.stdin:
    words = line.split()
    if words[0] == "step":
        print(least(int(words[1]), step), flush=True)
    elif words[0] == "predict":
        rows = features[: int(words[1])].contiguous()
        print(least(int(words[2]), lambda: predict(rows)), flush=True)
    else:
        position, sigma = predict(features[:1])
        print(*position[0], *sigma[0], flush=True)

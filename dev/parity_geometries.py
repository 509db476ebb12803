"""Golden values of the other networks and geometries, in the format of the parity reference.

Run: python dev/parity_geometries.py ../shared/parity > heimdall-model-api/src/test/resources/parity/geometries.json
(the folder holds torch_reference.py, which defines tensors, heads, loss and steps; needs torch)

A case has, beside what the reference's cases have, the network's name and the height and width of its input.
"""
import json
import sys

sys.path.insert(0, sys.argv[1])

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch_reference as ref


class ResNet(nn.Module):
    def __init__(self, channels, kernel, width, stages):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, kernel, 2, kernel // 2, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.stages = len(stages)
        for i, (out, blocks, stride) in enumerate(stages, 1):
            layers = [ref.BasicBlock(width if b == 0 else out, out, stride if b == 0 else 1) for b in range(blocks)]
            setattr(self, f"layer{i}", nn.Sequential(*layers))
            width = out

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for i in range(1, self.stages + 1):
            x = getattr(self, f"layer{i}")(x)
        return torch.flatten(F.adaptive_avg_pool2d(x, 1), 1)


def head(features, first, second):
    return nn.Sequential(
        nn.Linear(features, first), nn.BatchNorm1d(first), nn.ReLU(), nn.Dropout(0.0),
        nn.Linear(first, second), nn.BatchNorm1d(second), nn.ReLU(), nn.Dropout(0.0),
        nn.Linear(second, 2))


NETWORKS = {
    "resnet18": (7, 64, [(64, 2, 1), (128, 2, 2), (256, 2, 2), (512, 2, 2)], (512, 128, 64)),
    "resnet34": (7, 64, [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)], (512, 128, 64)),
    "small": (5, 8, [(16, 1, 2), (32, 1, 2), (64, 1, 2)], (64, 32, 16)),
}


class Net(nn.Module):
    def __init__(self, name, channels):
        super().__init__()
        kernel, width, stages, heads = NETWORKS[name]
        self.backbone = ResNet(channels, kernel, width, stages)
        self.position_head = head(*heads)
        self.uncertainty_head = head(*heads)

    def forward(self, x):
        z = self.backbone(x)
        return self.position_head(z), F.softplus(self.uncertainty_head(z)) + 1e-3


def case(name, channels, height, width, rows, steps, prefix):
    def batch(step, n, channels, prefix=""):
        x = ref.uniform(f"{prefix}features.{step}", n * channels * height * width)
        y = ref.uniform(f"{prefix}targets.{step}", n * 2).reshape(n, 2)
        return torch.from_numpy(x.reshape(n, channels, height, width)), torch.from_numpy(y)

    ref.LocalizationNet = lambda channels: Net(name, channels)
    ref.batch = batch
    return {"network": name, "height": height, "width": width} | ref.case(channels, rows, steps, prefix)


if __name__ == "__main__":
    torch.set_num_threads(1)
    cases = {
        "one channel 64x16": case("resnet18", 1, 64, 16, 4, 2, "one."),
        "three channels 65x17": case("resnet18", 3, 65, 17, 3, 1, "odd."),
        "seven channels 47x33": case("small", 7, 47, 33, 5, 3, "seven."),
        "twenty-five channels 128x32": case("small", 25, 128, 32, 4, 3, "many."),
        "resnet34": case("resnet34", 3, 64, 32, 4, 1, "deep."),
    }
    json.dump({"torch": torch.__version__, "cases": cases}, sys.stdout, indent=1)

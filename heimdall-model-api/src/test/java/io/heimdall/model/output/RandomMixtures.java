package io.heimdall.model.output;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Mixtures to try things on: means a few sigmas apart, sigmas of several sizes, any correlation. */
final class RandomMixtures {

    private RandomMixtures() {}

    static NormalMixture of(RandomGenerator random, int components) {
        return new NormalMixture(
                Stream.generate(() -> component(random)).limit(components).toList());
    }

    private static NormalMixture.Component component(RandomGenerator random) {
        return new NormalMixture.Component(
                Math.exp(random.nextGaussian()),
                new NormalDistribution(
                        2 * random.nextGaussian(),
                        2 * random.nextGaussian(),
                        Math.exp(0.5 * random.nextGaussian()),
                        Math.exp(0.5 * random.nextGaussian()),
                        0.95 * Math.tanh(random.nextGaussian())));
    }

    static NormalMixture.Component weighted(
            double weight, double east, double north, double sigmaEast, double sigmaNorth, double r) {
        return new NormalMixture.Component(weight, new NormalDistribution(east, north, sigmaEast, sigmaNorth, r));
    }

    static NormalMixture of(NormalMixture.Component... components) {
        return new NormalMixture(List.of(components));
    }
}

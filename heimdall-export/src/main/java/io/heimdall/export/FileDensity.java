package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The density that the outputs of a model file stand for, in metres on the file's plane: the mixture where there is one, else a
 * normal with the covariance, else, of older files, one with independent axes.
 *
 * @param plane of the file
 * @param outputs by their names
 */
record FileDensity(LocalPlane plane, Map<String, FloatTensor> outputs) {

    GaussianDistribution of(int row) {
        FloatTensor mixture = outputs.get(OutputNodes.MIXTURE);
        return mixture == null ? normal(row) : mixture(mixture, row);
    }

    private GaussianDistribution mixture(FloatTensor mixture, int row) {
        int components = mixture.shape()[1];
        List<NormalMixture.Component> parts = new ArrayList<>(components);
        for (int k = 0; k < components; k++) {
            int at = (row * components + k) * OutputNodes.COMPONENT;
            float[] v = mixture.values();
            parts.add(new NormalMixture.Component(
                    v[at],
                    new NormalDistribution(
                            plane.east(v[at + 2]), plane.north(v[at + 1]), v[at + 3], v[at + 4], v[at + 5])));
        }
        return new NormalMixture(parts);
    }

    private GaussianDistribution normal(int row) {
        float[] position = outputs.get(OutputNodes.POSITION).values();
        double east = plane.east(position[2 * row + 1]);
        double north = plane.north(position[2 * row]);
        FloatTensor covariance = outputs.get(OutputNodes.COVARIANCE);
        if (covariance == null) {
            float[] sigma = outputs.get(OutputNodes.UNCERTAINTY).values();
            return new NormalDistribution(
                    east,
                    north,
                    sigma[2 * row + 1] * plane.metresPerDegreeEast(),
                    sigma[2 * row] * plane.metresPerDegreeNorth(),
                    0);
        }
        float[] v = covariance.values();
        double sigmaEast = Math.sqrt(v[4 * row]);
        double sigmaNorth = Math.sqrt(v[4 * row + 3]);
        return new NormalDistribution(east, north, sigmaEast, sigmaNorth, v[4 * row + 1] / (sigmaEast * sigmaNorth));
    }
}

package io.heimdall.app.service;

import io.heimdall.export.OnnxModel;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.SetNet;
import java.util.Map;

/** The numbers that a batch has for stations: a model has a vector for each that it knows, and one for all others. */
final class StationNumbers {
    private static final String COUNT = "station_count";

    private StationNumbers() {}

    /**
     * Returns a batch whose numbers of stations the model has.
     *
     * @throws Problem naming the first other number; where the model file does not tell how many it knows, all are taken
     */
    static Map<String, FloatTensor> checked(OnnxModel model, Map<String, FloatTensor> batch) {
        FloatTensor numbers = batch.get(SetNet.INDEX);
        String known = model.description().input().parameters().get(COUNT);
        if (numbers != null && known != null) {
            int count = Integer.parseInt(known);
            for (float number : numbers.values()) {
                if (number < 0 || number > count) {
                    throw Problem.conflict("the input '" + SetNet.INDEX + "' has the number " + (long) number
                            + ", expected 0.." + count + ": the model knows " + count
                            + " stations, and the last number is for all others");
                }
            }
        }
        return batch;
    }
}

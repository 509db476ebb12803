package io.heimdall.pipeline.input;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.SetNet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors that a network of sets reads of one session; stations that are not put in are out of service. */
final class SetTensors {
    private final int stations;
    private final boolean spectrograms;
    private final SetParameters parameters;
    private final float[] statistics;
    private final float[] heard;
    private final float[] recorded;
    private final float[] inService;
    private final float[] octaves;
    private final float[] place;
    private final float[] index;
    private final float[] spectrogram;

    SetTensors(int stations, boolean spectrograms, SetParameters parameters) {
        this.stations = stations;
        this.spectrograms = spectrograms;
        this.parameters = parameters;
        statistics = new float[stations * SetNet.STATISTICS_WIDTH];
        heard = new float[stations];
        recorded = new float[stations];
        inService = new float[stations];
        octaves = new float[stations];
        place = new float[2 * stations];
        index = new float[stations];
        spectrogram = new float[spectrograms ? stations * size() : 0];
    }

    private int size() {
        return parameters.features().mels() * parameters.features().frames();
    }

    /** Puts a station in service, at a place in units of the plane. */
    void station(int i, double east, double north, double carrierOctaves, int number) {
        inService[i] = 1;
        place[2 * i] = (float) clipped(east);
        place[2 * i + 1] = (float) clipped(north);
        octaves[i] = (float) carrierOctaves;
        index[i] = number;
    }

    private static double clipped(double place) {
        return Math.max(-SetInput.FARTHEST, Math.min(SetInput.FARTHEST, place));
    }

    /** Lets a station have recorded the session. */
    void recording(int i, float[] levelStatistics, double offsetDb) {
        heard[i] = 1;
        recorded[i] = 1;
        for (int k = 0; k < SetNet.STATISTICS_WIDTH; k++) {
            statistics[i * SetNet.STATISTICS_WIDTH + k] = standard(levelStatistics[k] + offsetDb);
        }
    }

    /** Lets a station have heard the session and have kept its level alone. */
    void level(int i, double decibels) {
        heard[i] = 1;
        statistics[i * SetNet.STATISTICS_WIDTH] = standard(decibels);
    }

    private float standard(double decibels) {
        return (float) ((decibels - parameters.meanDb()) / SetParameters.STATISTICS_UNIT_DB);
    }

    /** Adds the spectrogram of a recording. */
    void spectrogram(int i, float[] decibels, double offsetDb) {
        for (int j = 0; j < decibels.length; j++) {
            spectrogram[i * decibels.length + j] =
                    (float) ((decibels[j] + offsetDb - parameters.meanDb()) / parameters.deviationDb());
        }
    }

    Map<String, FloatTensor> byName() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put(SetNet.STATISTICS, FloatTensor.of(statistics, stations, SetNet.STATISTICS_WIDTH));
        tensors.put(SetNet.HEARD, FloatTensor.of(heard, stations, 1));
        tensors.put(SetNet.RECORDED, FloatTensor.of(recorded, stations, 1));
        tensors.put(SetNet.IN_SERVICE, FloatTensor.of(inService, stations, 1));
        tensors.put(SetNet.OCTAVES, FloatTensor.of(octaves, stations, 1));
        tensors.put(SetNet.PLACE, FloatTensor.of(place, stations, 2));
        tensors.put(SetNet.INDEX, FloatTensor.of(index, stations, 1));
        if (spectrograms) {
            tensors.put(
                    SetNet.SPECTROGRAM,
                    FloatTensor.of(
                            spectrogram,
                            stations,
                            parameters.features().mels(),
                            parameters.features().frames()));
        }
        return tensors;
    }
}

package io.heimdall.pipeline.input;

import io.heimdall.features.spectrum.LevelStatistics;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.Formula.Choose;
import io.heimdall.model.input.Formula.Column;
import io.heimdall.model.input.Formula.Constant;
import io.heimdall.model.input.Formula.Given;
import io.heimdall.model.input.Formula.Product;
import io.heimdall.model.input.Formula.Standard;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.input.TensorSpec.Type;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a model file of sets takes, and how the network's tensors follow from it.
 *
 * @see SetNet
 */
final class SetInput {
    /** Name of the producer. */
    static final String PRODUCER = "station-set";

    /** Decibels, (stations, mels, frames); not looked at where there is no recording. */
    static final String DECIBELS = "mel_spectrogram";

    /** Latitude and longitude, degrees, (stations, 2). */
    static final String POSITION = "station_position";

    /** Whether the station heard the session, (stations). */
    static final String HEARD = "heard";

    /** Whether it has a recording, (stations); otherwise a level alone. */
    static final String RECORDED = "recorded";

    /** Whether there is a station at all, (stations). */
    static final String IN_SERVICE = "in_service";

    /** Decibels, (stations); looked at where a station heard the session and has no recording. */
    static final String LEVEL = "level_db";

    /** The station's number in the metadata's list, or the list's length for one never seen, (stations). */
    static final String INDEX = "station_index";

    /** Carrier, hertz. */
    static final String FREQUENCY = "frequency_hz";

    /** Places farther out than this, in units of the plane, are no places that a network knows anything about. */
    static final double FARTHEST = 20;

    private SetInput() {}

    /** Returns the input of a model, for networks with and without an embedding of spectrograms. */
    static InputSpec of(SetParameters parameters) {
        List<TensorSpec> given = List.of(
                ofStations(
                        DECIBELS,
                        Type.FLOAT,
                        parameters.features().mels(),
                        parameters.features().frames()),
                ofStations(POSITION, Type.FLOAT, 2),
                ofStations(HEARD, Type.FLAG),
                ofStations(RECORDED, Type.FLAG),
                ofStations(IN_SERVICE, Type.FLAG),
                ofStations(LEVEL, Type.FLOAT),
                ofStations(INDEX, Type.WHOLE),
                new TensorSpec(FREQUENCY, Type.FLOAT, List.of()));
        return new InputSpec(PRODUCER, parameters.texts(), given, network(parameters));
    }

    /** Returns the same unit for both axes, so that distances are what they are. */
    static PlaneScale scale(PlaneScale fitted) {
        AffineMap metres = fitted.metres();
        double unit =
                Math.sqrt((metres.scaleEast() * metres.scaleEast() + metres.scaleNorth() * metres.scaleNorth()) / 2);
        return new PlaneScale(fitted.plane(), AffineMap.scaling(unit));
    }

    private static TensorSpec ofStations(String name, Type type, int... lengths) {
        List<Axis> axes = new ArrayList<>(List.of(Axis.free("stations")));
        for (int length : lengths) {
            axes.add(Axis.of(length));
        }
        return new TensorSpec(name, type, axes);
    }

    private static List<NetworkTensor> network(SetParameters parameters) {
        Formula heard = new Given(HEARD);
        Formula recorded = new Product(heard, new Given(RECORDED));
        Formula inService = new Column(new Given(IN_SERVICE));
        Formula carrier =
                new Standard(new Formula.Log(new Given(FREQUENCY)), Math.log(parameters.carrierHz()), Math.log(2));
        Formula spectrogram = new Choose(
                new Column(new Column(recorded)),
                new Standard(new Given(DECIBELS), parameters.meanDb(), parameters.deviationDb()),
                new Constant(0));
        return List.of(
                tensor(SetNet.STATISTICS, statistics(parameters, heard, recorded), SetNet.STATISTICS_WIDTH),
                tensor(SetNet.HEARD, new Column(heard), 1),
                tensor(SetNet.RECORDED, new Column(recorded), 1),
                tensor(SetNet.IN_SERVICE, inService, 1),
                tensor(SetNet.OCTAVES, new Column(new Product(new Column(carrier), new Given(IN_SERVICE))), 1),
                tensor(SetNet.PLACE, new Choose(inService, place(parameters), new Constant(0)), 2),
                tensor(SetNet.INDEX, new Column(new Given(INDEX)), 1),
                new NetworkTensor(
                        SetNet.ofStations(
                                SetNet.SPECTROGRAM,
                                parameters.features().mels(),
                                parameters.features().frames()),
                        spectrogram));
    }

    private static NetworkTensor tensor(String name, Formula formula, int width) {
        return new NetworkTensor(SetNet.ofStations(name, width), formula);
    }

    /** East and north in units of the plane, of degrees. */
    private static Formula place(SetParameters parameters) {
        LocalPlane plane = parameters.plane();
        Formula east = new Standard(
                new Formula.Picked(new Given(POSITION), 1),
                plane.longitude(),
                parameters.planeScaleM() / plane.metresPerDegreeEast());
        Formula north = new Standard(
                new Formula.Picked(new Given(POSITION), 0),
                plane.latitude(),
                parameters.planeScaleM() / plane.metresPerDegreeNorth());
        return new Formula.Clipped(new Formula.Stack(List.of(east, north)), -FARTHEST, FARTHEST);
    }

    /** {@link LevelStatistics} of recordings; of a level alone the first number is that level, the others 0. */
    private static Formula statistics(SetParameters parameters, Formula heard, Formula recorded) {
        int mels = parameters.features().mels();
        Formula power = new Formula.Exp(new Standard(new Given(DECIBELS), 0, 10 / Math.log(10)));
        Formula bands = new Formula.Mean(power, 3);
        Formula frames = new Formula.Mean(power, 2);
        Formula measured = standard(
                parameters,
                new Formula.Stack(List.of(
                        decibels(new Formula.Mean(bands, 2)),
                        decibels(ranked(bands, mels - 1 - LevelStatistics.floorRank(mels))),
                        decibels(ranked(bands, mels - 1 - LevelStatistics.medianRank(mels))),
                        decibels(ranked(bands, 0)),
                        new Formula.Mean(decibels(bands), 2),
                        decibels(ranked(frames, 0)))));
        Formula level = new Standard(new Given(LEVEL), parameters.meanDb(), SetParameters.STATISTICS_UNIT_DB);
        List<Formula> alone =
                new ArrayList<>(Collections.nCopies(SetNet.STATISTICS_WIDTH, new Product(level, new Constant(0))));
        alone.set(0, level);
        return new Choose(
                new Column(recorded),
                measured,
                new Choose(new Column(heard), new Formula.Stack(alone), new Constant(0)));
    }

    private static Formula ranked(Formula of, int rank) {
        return new Formula.Ranked(of, 2, rank);
    }

    private static Formula standard(SetParameters parameters, Formula decibels) {
        return new Standard(
                decibels,
                Collections.nCopies(SetNet.STATISTICS_WIDTH, parameters.meanDb()),
                Collections.nCopies(SetNet.STATISTICS_WIDTH, SetParameters.STATISTICS_UNIT_DB));
    }

    private static Formula decibels(Formula power) {
        return new Standard(new Formula.Log(power), 0, Math.log(10) / 10);
    }
}

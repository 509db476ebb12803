package io.heimdall.pipeline.input;

import com.fasterxml.jackson.core.type.TypeReference;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.model.LocalPlane;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the stations of a session become a set.
 *
 * @param features of a recording
 * @param stations known ones with their usual position, in the order of their numbers; empty position for one that moves
 * @param plane in which positions are
 * @param planeScaleM metres of one unit of the network's plane
 * @param meanDb that statistics are measured from, decibels
 * @param deviationDb of spectrograms from {@code meanDb}, decibels
 * @param carrierHz geometric mean of the training sessions' carriers
 * @param absentAreSilent whether a known station without a row was in service and heard nothing; otherwise it was off
 */
record SetParameters(
        FeatureParameters features,
        Map<String, Optional<GeoPoint>> stations,
        LocalPlane plane,
        double planeScaleM,
        double meanDb,
        double deviationDb,
        double carrierHz,
        boolean absentAreSilent) {
    /** Decibels of one unit of the statistics. */
    static final double STATISTICS_UNIT_DB = 10;

    /** Copies the map, in its order. */
    SetParameters {
        stations = Collections.unmodifiableMap(new LinkedHashMap<>(stations));
    }

    /** Returns the parameters as a model keeps them. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        texts.put("feature_parameters", features.canonical());
        texts.put("stations", ParameterTexts.json(List.copyOf(stations.keySet())));
        texts.put("station_count", Integer.toString(stations.size()));
        texts.put(
                "station_positions",
                ParameterTexts.json(stations.values().stream()
                        .map(place -> place.map(p -> List.of(p.latitude(), p.longitude()))
                                .orElse(List.of()))
                        .toList()));
        texts.put("plane_latitude", Double.toString(plane.latitude()));
        texts.put("plane_longitude", Double.toString(plane.longitude()));
        texts.put("plane_scale_m", Double.toString(planeScaleM));
        texts.put("level_mean_db", Double.toString(meanDb));
        texts.put("level_deviation_db", Double.toString(deviationDb));
        texts.put("carrier_hz", Double.toString(carrierHz));
        texts.put("absent_stations", absentAreSilent ? "silent" : "off");
        return texts;
    }

    static SetParameters parse(Map<String, String> parameters) {
        ParameterTexts texts = new ParameterTexts(parameters);
        List<String> names = texts.json("stations", new TypeReference<>() {}, "a list of names");
        List<List<Double>> places = texts.json("station_positions", new TypeReference<>() {}, "a list of positions");
        if (names.size() != places.size()) {
            throw new IllegalArgumentException(
                    "the model names " + names.size() + " stations and " + places.size() + " positions");
        }
        Map<String, Optional<GeoPoint>> stations = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            List<Double> place = places.get(i);
            stations.put(
                    names.get(i),
                    place.size() == 2 ? Optional.of(new GeoPoint(place.get(0), place.get(1))) : Optional.empty());
        }
        return new SetParameters(
                FeatureParameters.parse(texts.text("feature_parameters")),
                stations,
                new LocalPlane(texts.number("plane_latitude"), texts.number("plane_longitude")),
                texts.number("plane_scale_m"),
                texts.number("level_mean_db"),
                texts.number("level_deviation_db"),
                texts.number("carrier_hz"),
                texts.text("absent_stations").equals("silent"));
    }

    /** Returns a session's carrier: log2 of its ratio to the usual one. */
    double octaves(Session session) {
        return Math.log(session.frequencyHz() / carrierHz) / Math.log(2);
    }

    /** Returns the numbers of the known stations; one never seen has the next. */
    Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        stations.keySet().forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }
}

package io.heimdall.pipeline.report;

import io.heimdall.model.metrics.Interval;
import java.util.List;
import java.util.Map;

/**
 * The content of a report.
 *
 * @param title of the page
 * @param warnings shown above everything else; often empty
 * @param facts name and value pairs: run, data set, hyperparameters, in this order
 * @param epochs the learning curves; empty where the model was not trained here
 * @param methods errors of the network and, beside it, of the other methods; the network first
 * @param reliability expected against observed coverage
 * @param map the test transmitters
 * @param stations the receivers
 * @param details by session and by part of the sessions
 */
public record Report(
        String title,
        List<String> warnings,
        Map<String, String> facts,
        List<Epoch> epochs,
        List<Method> methods,
        List<Reliability> reliability,
        List<Located> map,
        List<Place> stations,
        ReportDetails details) {

    /** A report without details. */
    Report(
            String title,
            List<String> warnings,
            Map<String, String> facts,
            List<Epoch> epochs,
            List<Method> methods,
            List<Reliability> reliability,
            List<Located> map,
            List<Place> stations) {
        this(title, warnings, facts, epochs, methods, reliability, map, stations, ReportDetails.NONE);
    }

    /**
     * One epoch of the learning curves.
     *
     * @param epoch from 1
     * @param trainLoss mean over the epoch's steps
     * @param validationLoss after the epoch; NaN where there is no validation split
     * @param learningRate of the epoch's last step
     */
    public record Epoch(int epoch, double trainLoss, double validationLoss, double learningRate) {}

    /**
     * The errors of one way to locate.
     *
     * @param name for the legend
     * @param errorsMetres one per test session, any order
     * @param sureness of the numbers
     */
    public record Method(String name, double[] errorsMetres, Sureness sureness) {}

    /**
     * How sure a method's numbers are, and its density; NaN where something is not known.
     *
     * @param p50 90 % interval of the median error, metres
     * @param rms 90 % interval of the root mean square error, metres
     * @param beaten probability that the network's root mean square error is smaller, 0..1
     * @param nllDensity mean negative log density at the truth, nats per square metre
     */
    public record Sureness(Interval p50, Interval rms, double beaten, double nllDensity) {
        /** Nothing is known. */
        public static final Sureness UNKNOWN = new Sureness(
                new Interval(Double.NaN, Double.NaN), new Interval(Double.NaN, Double.NaN), Double.NaN, Double.NaN);
    }

    /**
     * One point of the reliability diagram.
     *
     * @param expected nominal coverage of the region, in [0, 1]
     * @param before observed, sigma as the network gave it
     * @param after observed, sigma scaled
     */
    public record Reliability(double expected, double before, double after) {}

    /**
     * A place with a name.
     *
     * @param name of the station
     * @param latitude in degrees
     * @param longitude in degrees
     */
    public record Place(String name, double latitude, double longitude) {}

    /**
     * One test session.
     *
     * @param id of the session
     * @param latitude of the truth, degrees
     * @param longitude of the truth, degrees
     * @param estimatedLatitude degrees
     * @param estimatedLongitude degrees
     * @param sigmaLatitude one sigma, degrees
     * @param sigmaLongitude one sigma, degrees
     * @param errorMetres distance between truth and estimate
     */
    public record Located(
            String id,
            double latitude,
            double longitude,
            double estimatedLatitude,
            double estimatedLongitude,
            double sigmaLatitude,
            double sigmaLongitude,
            double errorMetres) {}
}

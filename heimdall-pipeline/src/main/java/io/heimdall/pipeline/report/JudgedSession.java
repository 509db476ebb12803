package io.heimdall.pipeline.report;

import java.util.List;
import java.util.Map;

/**
 * A session that was judged, as the report shows it.
 *
 * @param id of the sample
 * @param latitude of the truth, degrees
 * @param longitude of the truth, degrees
 * @param estimatedLatitude degrees
 * @param estimatedLongitude degrees
 * @param heard names of the stations that the network heard it by
 * @param snrDb signal-to-noise ratio of the clearest recording, decibels; NaN where it is not known
 * @param errorsMetres of each method, the network first
 * @param levelsDb of the stations that gave one, by their names
 */
record JudgedSession(
        String id,
        double latitude,
        double longitude,
        double estimatedLatitude,
        double estimatedLongitude,
        List<String> heard,
        double snrDb,
        List<Double> errorsMetres,
        Map<String, Double> levelsDb) {

    /** Returns the error of the network, metres. */
    double errorMetres() {
        return errorsMetres.get(0);
    }

    /** Returns the number of the method that came nearest. */
    int nearest() {
        int best = 0;
        for (int m = 1; m < errorsMetres.size(); m++) {
            best = errorsMetres.get(m) < errorsMetres.get(best) ? m : best;
        }
        return best;
    }
}

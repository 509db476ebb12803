package io.heimdall.spark;

import io.heimdall.dataset.Measurement;
import io.heimdall.features.quality.RecordingQuality;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What came of a recording whose quality is wanted. */
sealed interface QualityOutcome extends Serializable {

    /** The row of the table. */
    record Measured(LinkedHashMap<String, Object> row) implements QualityOutcome {

        /** Returns the row of a recording, with the names of {@code heimdall inspect --json}. */
        static Measured of(String session, Measurement measurement, RecordingQuality quality) {
            LinkedHashMap<String, Object> row = new LinkedHashMap<>();
            row.put("session", session);
            row.put("station", measurement.station().name());
            row.put("recording", measurement.recorded().orElseThrow().key().toString());
            row.put("samples", quality.samples());
            row.put("level_dbfs", quality.levelDbfs());
            row.put("peak_dbfs", quality.peakDbfs());
            row.put("clipped_share", quality.clippedShare());
            row.put("dc_dbfs", quality.dcDbfs());
            put(row, "snr_db", quality.snrDb());
            put(row, "occupied_bandwidth_hz", quality.occupiedBandwidthHz());
            put(row, "frequency_offset_hz", quality.frequencyOffsetHz());
            row.put("invalid_samples", quality.invalidSamples());
            return new Measured(row);
        }

        private static void put(Map<String, Object> row, String name, OptionalDouble value) {
            row.put(name, value.isPresent() ? value.getAsDouble() : null);
        }
    }

    /** It cannot be measured. */
    record LeftOut(Fault fault) implements QualityOutcome {}
}

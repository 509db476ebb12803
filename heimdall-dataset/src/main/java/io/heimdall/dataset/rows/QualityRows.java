package io.heimdall.dataset.rows;

import io.heimdall.features.quality.RecordingQuality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rows of the table {@code training_quality}, the same in every catalogue. */
public final class QualityRows {

    /** What {@link #read} wants of the table, which is called {@code q}. */
    public static final String COLUMNS =
            "q.samples, q.level_dbfs, q.peak_dbfs, q.clipped_share, q.dc_dbfs, q.snr_db AS quality_snr_db,"
                    + " q.occupied_bandwidth_hz, q.frequency_offset_hz, q.invalid_samples";

    /** What {@link #COLUMNS} gives where there is no such table. */
    public static final String NO_COLUMNS =
            "NULL::bigint AS samples, NULL::float AS level_dbfs, NULL::float AS peak_dbfs, NULL::float AS clipped_share,"
                    + " NULL::float AS dc_dbfs, NULL::float AS quality_snr_db, NULL::float AS occupied_bandwidth_hz,"
                    + " NULL::float AS frequency_offset_hz, NULL::bigint AS invalid_samples";

    /** The end of an INSERT whose values are {@code :measurement} and {@link #values}. */
    public static final String VALUES = """
            (measurement_id, samples, level_dbfs, peak_dbfs, clipped_share, dc_dbfs, snr_db, occupied_bandwidth_hz,
                frequency_offset_hz, invalid_samples)
            VALUES (:measurement, :samples, :levelDbfs, :peakDbfs, :clippedShare, :dcDbfs, :snrDb, :occupiedHz,
                :offsetHz, :invalid)""";

    private QualityRows() {}

    /** Reads the quality of a row; empty where the measurement has none. */
    public static Optional<RecordingQuality> read(ResultSet row) throws SQLException {
        long samples = row.getLong("samples");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(new RecordingQuality(
                samples,
                row.getDouble("level_dbfs"),
                row.getDouble("peak_dbfs"),
                row.getDouble("clipped_share"),
                row.getDouble("dc_dbfs"),
                Numbers.read(row, "quality_snr_db"),
                Numbers.read(row, "occupied_bandwidth_hz"),
                Numbers.read(row, "frequency_offset_hz"),
                row.getLong("invalid_samples")));
    }

    /** Returns the values of {@link #VALUES}, but the measurement's, by name. */
    public static Map<String, Object> values(RecordingQuality quality) {
        Map<String, Object> values = new HashMap<>(); // for it takes null
        values.put("samples", quality.samples());
        values.put("levelDbfs", quality.levelDbfs());
        values.put("peakDbfs", quality.peakDbfs());
        values.put("clippedShare", quality.clippedShare());
        values.put("dcDbfs", quality.dcDbfs());
        values.put("snrDb", Numbers.boxed(quality.snrDb()));
        values.put("occupiedHz", Numbers.boxed(quality.occupiedBandwidthHz()));
        values.put("offsetHz", Numbers.boxed(quality.frequencyOffsetHz()));
        values.put("invalid", quality.invalidSamples());
        return values;
    }
}

package io.heimdall.dataset.rows;

import io.heimdall.dataset.RecordingPart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rows of the table {@code training_parts}, the same in every catalogue. A whole recording has no row. */
public final class PartRows {

    /** What {@link #read} wants of the table, which is called {@code part}. */
    public static final String COLUMNS = "part.channel, part.capture, part.stream";

    /** What {@link #COLUMNS} gives where there is no such table. */
    public static final String NO_COLUMNS = "NULL::int AS channel, NULL::int AS capture, NULL::text AS stream";

    /** The end of an INSERT whose values are {@code :measurement} and {@link #values}. */
    public static final String VALUES =
            "(measurement_id, channel, capture, stream) VALUES (:measurement, :channel, :capture, :stream)";

    private PartRows() {}

    /** Reads the part of a row. */
    public static RecordingPart read(ResultSet row) throws SQLException {
        int channel = row.getInt("channel");
        return row.wasNull()
                ? RecordingPart.FIRST
                : new RecordingPart(channel, row.getInt("capture"), Optional.ofNullable(row.getString("stream")));
    }

    /** Returns the values of {@link #VALUES}, but the measurement's, by name. */
    public static Map<String, Object> values(RecordingPart part) {
        Map<String, Object> values = new HashMap<>(); // for it takes null
        values.put("channel", part.channel());
        values.put("capture", part.capture());
        values.put("stream", part.stream().orElse(null));
        return values;
    }
}

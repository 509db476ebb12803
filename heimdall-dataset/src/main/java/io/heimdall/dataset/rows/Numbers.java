package io.heimdall.dataset.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalDouble;

/** Reads and writes numbers of rows that may be missing. */
public final class Numbers {
    private Numbers() {}

    /** Reads a number; empty where there is none. */
    public static OptionalDouble read(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Returns a number as a database takes it; null where there is none. */
    public static Double boxed(OptionalDouble number) {
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }
}

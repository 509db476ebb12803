package io.heimdall.servers.postgres;

import io.heimdall.dataset.DatasetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of Heimdall's database for tables of others, such as a queue of jobs; the catalogue's stay as they are. */
public final class PostgresDatabase {
    private PostgresDatabase() {}

    /**
     * Returns a source of connections whose tables are in a schema of their own, which is made where it is missing.
     *
     * @param schema lower-case letters and {@code _}
     * @throws DatasetException if the server cannot be asked, or does not let the user make the schema
     */
    public static DataSource at(PostgresSettings settings, String schema) {
        if (!schema.matches("[a-z_]+")) {
            throw new IllegalArgumentException("schema '" + schema + "' is not of lower-case letters and _");
        }
        PGSimpleDataSource source = PostgresConnections.source(settings);
        try {
            create(source, schema);
        } catch (SQLException first) {
            try { // two processes that make it at the same time
                create(source, schema);
            } catch (SQLException e) {
                throw new DatasetException(
                        settings.url(),
                        "the database " + settings.url() + " gives no schema '" + schema + "': " + e.getMessage(),
                        e,
                        PostgresFaults.isPassing(e));
            }
        }
        source.setCurrentSchema(schema);
        return source;
    }

    private static void create(DataSource source, String schema) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        }
    }
}

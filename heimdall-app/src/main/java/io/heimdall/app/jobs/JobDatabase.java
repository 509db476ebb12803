package io.heimdall.app.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The few ways in which the table of jobs is read and written; a connection each time, a time limit for each statement. */
record JobDatabase(DataSource source, String name) {
    private static final int LIMIT_SECONDS = 30;
    /** Classes of the SQL standard's states: data, constraint, authorisation, statement. */
    private static final List<String> REFUSED = List.of("22", "23", "28", "42");

    /** Work on one connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Makes something of a row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Runs work that is done as a whole or not at all. */
    <T> T transaction(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T done = work.on(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    int update(String sql, Object... values) {
        try (Connection connection = source.getConnection()) {
            return update(connection, sql, values);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    <T> List<T> query(String sql, Row<T> row, Object... values) {
        try (Connection connection = source.getConnection()) {
            return query(connection, sql, row, values);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    void define(List<String> statements) {
        transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            return null;
        });
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static <T> List<T> query(Connection connection, String sql, Row<T> row, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.of(rows));
            }
            return all;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(LIMIT_SECONDS);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** A statement, a value or a login that the database refuses is refused again; all else may be a matter of the moment. */
    private static boolean mayPass(SQLException fault) {
        String state = fault.getSQLState();
        return state == null || REFUSED.stream().noneMatch(state::startsWith);
    }

    private JobException fault(SQLException e) {
        return new JobException(name, "the database of jobs, " + name + ", failed: " + e.getMessage(), e, mayPass(e));
    }
}

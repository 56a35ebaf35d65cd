package io.homeostat.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection and the statements that were prepared on it, so that each is prepared once: plain
/// SQL in as few words as it takes. Used by one thread at a time.
final class Session implements AutoCloseable {
    /// Reads one row.
    @FunctionalInterface
    interface Reader<T> {
        T row(ResultSet row) throws SQLException;
    }

    /// A statement that changes rows, with its values, made before it is its turn to run.
    record Change(String sql, List<@Nullable Object> values) {
        static Change of(String sql, @Nullable Object... values) {
            return new Change(sql, Arrays.asList(values));
        }
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private long rollbacks;

    /// @param connection with transactions that are ended here and not by each statement
    Session(Connection connection) {
        this.connection = connection;
    }

    /// Runs a statement that changes rows.
    ///
    /// @return how many
    int change(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    int change(Change change) throws SQLException {
        return change(change.sql(), change.values().toArray());
    }

    <T> List<T> all(Reader<T> reader, String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.row(rows));
            }
            return found;
        }
    }

    /// The first row; null when there is none.
    <T> @Nullable T first(Reader<T> reader, String sql, @Nullable Object... values)
            throws SQLException {
        List<T> found = all(reader, sql, values);
        return found.isEmpty() ? null : found.getFirst();
    }

    /// A single number that is always there.
    long number(String sql, @Nullable Object... values) throws SQLException {
        Long found = first(row -> row.getLong(1), sql, values);
        return found == null ? 0 : found;
    }

    /// Runs what is no statement about rows, to its end. It is sent as an update, whose rows the
    /// driver steps through by itself: what works a step for each row and has no columns, as giving
    /// pages back, would otherwise stop after the first.
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> statement.setNull(i + 1, Types.NULL);
                case Instant instant -> statement.setLong(i + 1, Micros.of(instant));
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case Object other ->
                        throw new IllegalArgumentException("cannot bind a " + other.getClass());
            }
        }
        return statement;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        rollbacks++;
        connection.rollback();
    }

    /// How often it was rolled back: who remembers what a transaction wrote sees by this that it
    /// may be undone.
    long rollbacks() {
        return rollbacks;
    }

    /// For what takes no part in a transaction.
    Connection connection() {
        return connection;
    }

    /// Closes its statements as well.
    @Override
    public void close() throws SQLException {
        prepared.clear();
        connection.close();
    }
}

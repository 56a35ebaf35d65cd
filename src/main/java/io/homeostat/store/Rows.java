package io.homeostat.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Plain SQL in as few words as it takes.
final class Rows {
    /// Reads one row.
    @FunctionalInterface
    interface Reader<T> {
        T row(ResultSet row) throws SQLException;
    }

    private Rows() {}

    /// Runs a statement that changes rows.
    ///
    /// @return how many
    static int change(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    static <T> List<T> all(
            Connection connection, Reader<T> reader, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.row(rows));
                }
                return found;
            }
        }
    }

    /// The first row; null when there is none.
    static <T> @Nullable T first(
            Connection connection, Reader<T> reader, String sql, @Nullable Object... values)
            throws SQLException {
        List<T> found = all(connection, reader, sql, values);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> statement.setNull(i + 1, Types.NULL);
                case Instant instant -> statement.setLong(i + 1, micros(instant));
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case Object other ->
                        throw new IllegalArgumentException("cannot bind a " + other.getClass());
            }
        }
    }

    /// Instants in tables are microseconds since 1970.
    static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L),
                TimeUnit.MICROSECONDS.toNanos(Math.floorMod(micros, 1_000_000L)));
    }
}

package io.homeostat.store;

import io.homeostat.engine.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A few connections that only read, each look in one transaction: it sees one state, and disturbs
/// no writer.
final class Readers implements AutoCloseable {
    /// A look at the database.
    @FunctionalInterface
    interface Look<T> {
        T at(Connection connection) throws SQLException, StoreException;
    }

    private static final int MOST = 4;

    private final Database database;
    private final Semaphore places = new Semaphore(MOST, true);
    private final Deque<Connection> idle = new ArrayDeque<>();
    private volatile boolean closed;

    Readers(Database database) {
        this.database = database;
    }

    <T> T read(String what, Look<T> look) throws StoreException {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(what + ": interrupted before it was tried", e);
        }
        try {
            if (closed) {
                throw new StoreException(what + ": the store is closed");
            }
            return borrowed(look);
        } catch (SQLException e) {
            throw database.failure(what, e);
        } finally {
            places.release();
        }
    }

    private <T> T borrowed(Look<T> look) throws SQLException, StoreException {
        Connection idler = take();
        Connection connection = idler == null ? database.reader() : idler;
        boolean sound = false;
        try {
            T result = look.at(connection);
            connection.rollback();
            sound = true;
            return result;
        } finally {
            if (sound) {
                give(connection);
            } else {
                connection.close();
            }
        }
    }

    private @Nullable Connection take() {
        synchronized (idle) {
            return idle.pollFirst();
        }
    }

    private void give(Connection connection) {
        synchronized (idle) {
            idle.addFirst(connection);
        }
    }

    /// Waits for the looks under way, then ends.
    @Override
    public void close() throws StoreException {
        places.acquireUninterruptibly(MOST);
        closed = true;
        try {
            for (Connection connection = take(); connection != null; connection = take()) {
                connection.close();
            }
        } catch (SQLException e) {
            throw database.failure("closing the store", e);
        } finally {
            places.release(MOST);
        }
    }
}

package io.homeostat.store;

import io.homeostat.engine.StoreException;
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
        T at(Session session) throws SQLException, StoreException;
    }

    private static final int MOST = 4;

    private final Database database;
    private final Semaphore places = new Semaphore(MOST, true);
    private final Deque<Session> idle = new ArrayDeque<>();
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
        Session idler = take();
        Session session = idler == null ? database.reader() : idler;
        boolean sound = false;
        try {
            T result = look.at(session);
            session.rollback();
            sound = true;
            return result;
        } finally {
            if (sound) {
                give(session);
            } else {
                session.close();
            }
        }
    }

    private @Nullable Session take() {
        synchronized (idle) {
            return idle.pollFirst();
        }
    }

    private void give(Session session) {
        synchronized (idle) {
            idle.addFirst(session);
        }
    }

    /// Waits for the looks under way, then ends.
    @Override
    public void close() throws StoreException {
        places.acquireUninterruptibly(MOST);
        closed = true;
        try {
            for (Session session = take(); session != null; session = take()) {
                session.close();
            }
        } catch (SQLException e) {
            throw database.failure("closing the store", e);
        } finally {
            places.release(MOST);
        }
    }
}

package io.homeostat.engine;

/// The store could not do what was asked. Whether a commit happened may be unknown.
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        super(message);
    }
}

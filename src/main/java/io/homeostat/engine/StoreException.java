package io.homeostat.engine;

/// The store could not do what was asked. Whether a commit happened may be unknown.
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean busy;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
        this.busy = false;
    }

    public StoreException(String message) {
        this(message, false);
    }

    private StoreException(String message, boolean busy) {
        super(message);
        this.busy = busy;
    }

    /// Nothing was written, because too much waits to be written: ask again in a moment.
    public static StoreException busy(String message) {
        return new StoreException(message, true);
    }

    /// True when nothing is broken and the same call may succeed in a moment.
    public boolean isBusy() {
        return busy;
    }
}

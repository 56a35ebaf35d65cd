package io.homeostat.replay;

/// Why nothing could be replayed, in a sentence for people.
public final class ReplayFault extends Exception {
    private static final long serialVersionUID = 1;

    ReplayFault(String message) {
        super(message);
    }

    ReplayFault(String message, Throwable cause) {
        super(message, cause);
    }
}

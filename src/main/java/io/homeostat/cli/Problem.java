package io.homeostat.cli;

import org.jspecify.annotations.Nullable;

/// What went wrong, in a sentence for people that says what to do.
final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isUsage;

    Problem(String message) {
        super(message);
        this.isUsage = false;
    }

    Problem(String message, Throwable cause) {
        super(message, cause);
        this.isUsage = false;
    }

    private Problem(String message, @Nullable Throwable cause, boolean isUsage) {
        super(message, cause);
        this.isUsage = isUsage;
    }

    /// The command was not given as it must be.
    static Problem usage(String message, @Nullable Throwable cause) {
        return new Problem(message, cause, true);
    }

    static Problem usage(String message) {
        return usage(message, null);
    }

    int exitCode() {
        return isUsage ? 2 : 1;
    }
}

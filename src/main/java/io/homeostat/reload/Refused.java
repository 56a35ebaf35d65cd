package io.homeostat.reload;

import java.util.List;

/// Rules may not take over, and the ones in force stay.
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    /// @param message what is wrong, in a sentence
    /// @param reasons each thing that is, with its place
    Refused(String message, List<String> reasons) {
        super(message);
        this.reasons = List.copyOf(reasons);
    }

    Refused(String message, Throwable cause) {
        super(message, cause);
        this.reasons = List.of();
    }

    List<String> reasons() {
        return reasons;
    }
}

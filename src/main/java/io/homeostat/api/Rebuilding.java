package io.homeostat.api;

import java.util.Locale;

/// Why a turn failed, as far as a metric tells. The reason itself is in the log.
enum Rebuilding {
    /// The store refused the turn, or could not be read.
    STORE,
    /// A rule threw.
    RULE,
    /// Our own fault.
    FAULT;

    /// Told by the words with which the loop begins its reasons.
    static Rebuilding of(String reason) {
        if (reason.startsWith("store:")) {
            return STORE;
        }
        return reason.startsWith("rule ") ? RULE : FAULT;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

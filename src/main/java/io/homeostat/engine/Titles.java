package io.homeostat.engine;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Subject;

/// What is wrong, in a sentence that people recognise.
final class Titles {
    private Titles() {}

    static String of(Alert alert, Subject about) {
        String summary = alert.annotations().getOrDefault("summary", "");
        String name = alert.name().isEmpty() ? "alert " + alert.fingerprint() : alert.name();
        return summary.isEmpty() ? name + " on " + about : name + " on " + about + ": " + summary;
    }
}

package io.homeostat.app;

import io.homeostat.diagnosis.Thresholds;

/// From when on something that the watchers see is an ailment, as settings.
final class DiagnosisSettings {
    private DiagnosisSettings() {}

    static Thresholds read(SettingsTable table) {
        return new Thresholds(
                table.number(
                        "homeostat.diagnosis.failures",
                        Thresholds.DEFAULT.failures(),
                        1,
                        100,
                        "so many tasks in one slot, or on one node for a global service, must have failed for a crash loop, or for a service that never starts; no more than the ended tasks that Swarm keeps"),
                LimitSpan.FAILURES_WITHIN.read(table),
                LimitSpan.AFTER_CHANGE.read(table),
                LimitSpan.PENDING_FOR.read(table),
                LimitSpan.PULLING_FOR.read(table),
                LimitSpan.STARTING_FOR.read(table),
                LimitSpan.PROGRESS_BY.read(table),
                LimitSpan.MISSING_FOR.read(table),
                LimitSpan.CLEAR_AFTER.read(table),
                LimitSpan.OWN_GRACE.read(table));
    }
}

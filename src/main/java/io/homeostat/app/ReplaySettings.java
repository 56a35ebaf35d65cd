package io.homeostat.app;

import io.homeostat.engine.Past;
import io.homeostat.fact.Sorted;
import java.time.Duration;

/// What replays need of the settings.
final class ReplaySettings {
    private ReplaySettings() {}

    /// How long a replay beside the running engine may take.
    static Duration read(SettingsTable table) {
        return table.span(
                "homeostat.replay.for",
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                "a replay beside a running Homeostat is ended after so long");
    }

    /// What decides beside the rules, as it is written down for replays while nothing runs.
    static Past.Terms terms(Settings settings) {
        return new Past.Terms(
                settings.limits(),
                settings.subjects(),
                Sorted.copy(settings.observed().severities()),
                Sorted.copy(settings.observed().names()));
    }
}

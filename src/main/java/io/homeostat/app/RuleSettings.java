package io.homeostat.app;

import io.homeostat.reload.RuleSource;
import io.homeostat.rules.RuleBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where the rules are, how often they are looked at, and what they may do.
///
/// @param directory of the rules; empty for the bundled ones
/// @param scenarios that new rules have to pass; empty for none
record RuleSettings(
        Optional<Path> directory, Optional<Path> scenarios, Duration every, RuleBudget budget) {
    private static final Duration SETTLE = Duration.ofMillis(200);

    static RuleSettings read(SettingsTable table) {
        return new RuleSettings(
                path(
                        table,
                        "homeostat.rules",
                        "directory of the rules; the bundled ones when not given"),
                path(
                        table,
                        "homeostat.scenarios",
                        "scenarios, a file or a directory, that rules have to pass before they take over from others; none when not given"),
                table.span(
                        "homeostat.rules.every",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(100),
                        Duration.ofDays(1),
                        "the directory of the rules is looked at for changes so often"),
                new RuleBudget(
                        table.number(
                                "homeostat.rules.firings-max",
                                RuleBudget.DEFAULT.firings(),
                                1_000,
                                1_000_000_000,
                                "so many times rules may fire in one step; one that does not end is put aside there"),
                        table.number(
                                "homeostat.rules.wishes-max",
                                RuleBudget.DEFAULT.wishes(),
                                100,
                                10_000_000,
                                "so many wishes and objections may stand; the rule that goes beyond is put aside")));
    }

    private static Optional<Path> path(SettingsTable table, String name, String meaning) {
        return Optional.of(table.text(name, "", meaning))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    RuleSource source() {
        return new RuleSource(directory, SETTLE);
    }
}

package io.homeostat.app;

import io.homeostat.api.ApiSettings.FactBounds;
import java.time.Duration;

/// The settings that say how much custom facts may bring.
final class CustomFactBounds {
    private CustomFactBounds() {}

    static FactBounds read(SettingsTable table) {
        FactBounds usual = FactBounds.DEFAULT;
        return new FactBounds(
                table.number(
                        "homeostat.facts.max",
                        usual.facts(),
                        0,
                        100_000,
                        "there may be so many custom facts at a time; a further one is refused with 409"),
                table.number(
                        "homeostat.facts.values-max",
                        usual.values(),
                        1,
                        1000,
                        "a custom fact with more values is refused with 400"),
                table.number(
                        "homeostat.facts.length-max",
                        usual.length(),
                        1,
                        100_000,
                        "nor may a value of it have more characters"),
                table.span(
                        "homeostat.facts.ttl-max",
                        usual.ttl(),
                        Duration.ofSeconds(1),
                        Duration.ofDays(365),
                        "a custom fact may be told for so long at most; tell it again to keep it"));
    }
}

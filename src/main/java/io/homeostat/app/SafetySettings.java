package io.homeostat.app;

import io.homeostat.guard.Limits;
import java.time.DateTimeException;
import java.time.ZoneId;

/// What guards go by, as settings.
final class SafetySettings {
    private SafetySettings() {}

    static Limits.Safety read(SettingsTable table) {
        Limits.Safety usual = Limits.Safety.DEFAULT;
        return new Limits.Safety(
                table.number(
                        "homeostat.disruption.percent",
                        usual.budgetPercent(),
                        0,
                        100,
                        "of a service's tasks or of the nodes, so many in a hundred may be out because of us, rounded down; of three or more always one"),
                table.number(
                        "homeostat.storm.percent",
                        usual.stormPercent(),
                        1,
                        100,
                        "when so many in a hundred nodes are sick, nothing is done that costs budget"),
                table.number(
                        "homeostat.storm.nodes",
                        usual.stormNodes(),
                        1,
                        1000,
                        "fewer sick nodes than this are no storm"),
                LimitSpan.STORM_DOWN.read(table),
                LimitSpan.STORM_CALM.read(table),
                LimitSpan.HANDS_OFF.read(table),
                table.number(
                        "homeostat.rate.max",
                        usual.rateMax(),
                        1,
                        10_000,
                        "so many actions may be taken within homeostat.rate.within, over all services and nodes"),
                LimitSpan.RATE_WITHIN.read(table),
                LimitSpan.APPROVAL_FOR.read(table),
                LimitSpan.APPROVAL_FLAP.read(table),
                LimitSpan.WISH_WINDOW.read(table),
                LimitSpan.UNDO_FREEZE.read(table),
                LimitSpan.ROLLBACK_BY.read(table),
                LimitSpan.NODE_BY.read(table),
                LimitSpan.BURST.read(table),
                LimitSpan.DEPLOY_BY.read(table),
                LimitSpan.DEPLOY_WITHIN.read(table),
                LimitSpan.DEPLOY_MEMORY.read(table),
                LimitSpan.WATCH.read(table),
                table.number(
                        "homeostat.tracking.tolerance",
                        usual.trackingTolerance(),
                        0,
                        99,
                        "metrics change nothing while they are apart from their target by no more than so many in a hundred of it"),
                zone(table));
    }

    private static ZoneId zone(SettingsTable table) {
        String text =
                table.text(
                        "homeostat.zone",
                        Limits.Safety.DEFAULT.zone().getId(),
                        "the time zone in which rules see hours and days, as in Europe/Berlin");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            table.fault(
                    "homeostat.zone is '%s', which is no time zone; right would be Europe/Berlin or UTC"
                            .formatted(text));
            return Limits.Safety.DEFAULT.zone();
        }
    }
}

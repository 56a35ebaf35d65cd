package io.homeostat.app;

import io.homeostat.alertmanager.WebhookBody;

/// The settings that say how much one body of Alertmanager may bring.
final class WebhookBounds {
    private static final int MEGABYTE = 1024 * 1024;

    /// Longer bodies would not reach the webhook: `quarkus.http.limits.max-body-size` ends them.
    private static final int BODY_MAX = 60 * MEGABYTE;

    private WebhookBounds() {}

    static WebhookBody.Bounds read(SettingsTable table) {
        WebhookBody.Bounds usual = WebhookBody.Bounds.DEFAULT;
        return new WebhookBody.Bounds(
                table.number(
                        "homeostat.alertmanager.body-max",
                        usual.bytes(),
                        1024,
                        BODY_MAX,
                        "a webhook's body of more bytes is refused with 413"),
                table.number(
                        "homeostat.alertmanager.depth-max",
                        usual.depth(),
                        4,
                        1000,
                        "a webhook's body nested deeper is refused with 400"),
                table.number(
                        "homeostat.alertmanager.alerts-max",
                        usual.alerts(),
                        1,
                        1_000_000,
                        "the alerts of one body beyond so many count as left out by Alertmanager"),
                table.number(
                        "homeostat.alertmanager.labels-max",
                        usual.labels(),
                        1,
                        10_000,
                        "an alert with more labels is not taken; it is kept raw and counted"),
                table.number(
                        "homeostat.alertmanager.label-length-max",
                        usual.valueLength(),
                        16,
                        10 * MEGABYTE,
                        "nor is an alert with a label name or value of more characters"));
    }
}

package io.homeostat.app;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where Prometheus is, and how often it is asked for the metrics that services name.
record PrometheusSettings(
        Optional<URI> url, String token, String tokenFile, Duration every, Duration timeout) {
    static PrometheusSettings read(SettingsTable table) {
        return new PrometheusSettings(
                url(table),
                table.text("homeostat.prometheus.token", "", "bearer token for Prometheus"),
                table.text(
                        "homeostat.prometheus.token-file",
                        "",
                        "file with that token, better than the token itself"),
                table.span(
                        "homeostat.prometheus.every",
                        Duration.ofSeconds(15),
                        Duration.ofMillis(100),
                        Duration.ofHours(1),
                        "the metrics that services name by their labels are asked for so often; an answer counts for three times as long"),
                table.span(
                        "homeostat.prometheus.timeout",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1),
                        "an answer of Prometheus may take so long"));
    }

    private static Optional<URI> url(SettingsTable table) {
        String text =
                table.text(
                        "homeostat.prometheus.url",
                        "",
                        "address of Prometheus, with its path prefix if it has one; without it every metric says nothing");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(text);
            if (text.matches("https?://[^\\s/?#]+[^\\s?#]*") && url.getHost() != null) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException noAddress) {
            // Said below, like all that is no address.
        }
        table.fault(
                "homeostat.prometheus.url is not an address without query; right would be http://host:9090");
        return Optional.empty();
    }

    /// Secrets never appear in logs.
    @Override
    public String toString() {
        return "PrometheusSettings[every %s]".formatted(every);
    }
}

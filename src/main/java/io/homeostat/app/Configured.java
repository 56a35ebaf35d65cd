package io.homeostat.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/// The settings as configured, and everything that is wrong with them.
///
/// @param tokens the bearer tokens; empty when none are configured
/// @param slackToken Slack's bot token; empty when none is configured
/// @param prometheusToken the bearer token for Prometheus; empty when none is configured
record Configured(
        Settings settings,
        List<String> tokens,
        String slackToken,
        String prometheusToken,
        List<String> faults) {
    private static final Set<String> OF_OTHERS =
            Set.of("homeostat.home", "homeostat.url", "homeostat.token.file");

    static Configured read(Config config) {
        SettingsTable table =
                new SettingsTable(name -> config.getOptionalValue(name, String.class));
        Settings settings = Settings.read(table);
        List<String> faults = new ArrayList<>(table.faults());
        unknown(config, table).forEach(faults::add);
        Settings.Http http = settings.http();
        String token = secret(http.token(), http.tokenFile(), "homeostat.http.token-file", faults);
        List<String> tokens = token.isEmpty() ? List.of() : List.of(token);
        if (tokens.isEmpty() && !isLoopback(http.host())) {
            faults.add(
                    "homeostat.http.host is %s, but without credentials Homeostat listens on loopback only; set homeostat.http.token-file, or homeostat.http.host=127.0.0.1"
                            .formatted(http.host()));
        }
        Settings.Slack slack = settings.slack();
        String slackToken =
                secret(slack.token(), slack.tokenFile(), "homeostat.slack.token-file", faults);
        PrometheusSettings prometheus = settings.prometheus();
        String prometheusToken =
                secret(
                        prometheus.token(),
                        prometheus.tokenFile(),
                        "homeostat.prometheus.token-file",
                        faults);
        return new Configured(settings, tokens, slackToken, prometheusToken, List.copyOf(faults));
    }

    /// A setting of ours that nobody reads is a slip of the pen, and a dangerous one.
    private static List<String> unknown(Config config, SettingsTable table) {
        List<String> unknown = new ArrayList<>();
        Set<String> known = table.names();
        for (String name : config.getPropertyNames()) {
            boolean ours = name.startsWith("homeostat.");
            if (ours
                    && !known.contains(name)
                    && !OF_OTHERS.contains(name)
                    && !isEnvironment(name, known)) {
                unknown.add(
                        name + " is no setting of Homeostat; docs/configuration.md lists them all");
            }
        }
        return unknown.stream().sorted().distinct().toList();
    }

    /// Environment variables are also listed with every underscore as a dot.
    private static boolean isEnvironment(String name, Set<String> known) {
        String variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return known.stream()
                        .anyMatch(each ->
                                each.toUpperCase(Locale.ROOT)
                                        .replaceAll("[^A-Z0-9]", "_")
                                        .equals(variable))
                || OF_OTHERS.stream()
                        .anyMatch(each ->
                                each.toUpperCase(Locale.ROOT)
                                        .replaceAll("[^A-Z0-9]", "_")
                                        .equals(variable));
    }

    private static String secret(String value, String file, String name, List<String> faults) {
        if (file.isEmpty()) {
            return value;
        }
        try {
            return Optional.of(Files.readString(Path.of(file)).strip())
                    .filter(text -> !text.isEmpty())
                    .orElseGet(() -> {
                        faults.add("%s names %s, which is empty".formatted(name, file));
                        return "";
                    });
        } catch (IOException unreadable) {
            faults.add(
                    "%s names %s, which cannot be read: %s"
                            .formatted(name, file, unreadable.getMessage()));
            return "";
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.startsWith("127.");
    }

    /// Secrets never appear in logs.
    @Override
    public String toString() {
        return "Configured[%s]".formatted(settings.cluster());
    }
}

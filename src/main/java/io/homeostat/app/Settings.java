package io.homeostat.app;

import io.homeostat.alertmanager.WebhookBody;
import io.homeostat.api.ApiSettings.FactBounds;
import io.homeostat.engine.AlertSubjects;
import io.homeostat.engine.EngineLoop;
import io.homeostat.fact.Autonomy;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Scope;
import io.homeostat.store.StoreLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All settings of the program, read and checked once at the start.
///
/// @param replayFor how long a replay beside the running engine may take
record Settings(
        Cluster cluster,
        Limits limits,
        AlertSubjects subjects,
        Observed observed,
        RuleSettings rules,
        Path data,
        String store,
        Http http,
        Alertmanager alertmanager,
        PrometheusSettings prometheus,
        Slack slack,
        Loop loop,
        WebhookBody.Bounds webhook,
        StoreLimits storeLimits,
        Duration replayFor,
        FactBounds facts) {
    /// @param kind auto, swarm or simulated
    /// @param name the name that signals and history are kept under, and that the lease is of
    /// @param dockerHosts managers of one swarm; one is in use
    /// @param registryConfig null when none is set
    record Cluster(
            String kind,
            String name,
            List<URI> dockerHosts,
            Duration resync,
            Duration tasksFastest,
            Duration tasksSlowest,
            Duration quickPoll,
            Duration callTimeout,
            Duration failover,
            Duration leaseFor,
            @Nullable Path registryConfig) {}

    record Observed(List<String> severities, List<String> names) {}

    record Http(String host, int port, String token, String tokenFile, boolean protectReads) {}

    record Alertmanager(List<URI> urls, List<String> receivers, Duration every, Duration timeout) {}

    record Slack(String token, String tokenFile, String channel, String url) {}

    /// @param stop how long a stop may take
    /// @param stuck without progress for so long, the program counts as not alive
    record Loop(EngineLoop.Pace pace, Duration reportRetry, Duration stop, Duration stuck) {}

    private static final Duration TINY = Duration.ofMillis(10);
    private static final Duration DAY = Duration.ofDays(1);

    static Settings read(SettingsTable table) {
        Cluster cluster = ClusterSettings.read(table);
        Alertmanager alertmanager = alertmanager(table);
        Limits limits = limits(table, alertmanager);
        outlasting(table, cluster, limits);
        return new Settings(
                cluster,
                limits,
                new AlertSubjects(
                        table.list(
                                "homeostat.alerts.service-labels",
                                AlertSubjects.DEFAULT.serviceLabels(),
                                "alert labels that name a service; the first that names a known one counts"),
                        table.list(
                                "homeostat.alerts.node-labels",
                                AlertSubjects.DEFAULT.nodeLabels(),
                                "alert labels that name a node by ID or by a hostname only one node has")),
                new Observed(
                        table.list(
                                "homeostat.observed.severities",
                                List.of("info", "none"),
                                "alerts of these severities reach people only through a rule"),
                        table.list(
                                "homeostat.observed.names",
                                List.of("Watchdog"),
                                "alerts of these names reach people only through a rule")),
                RuleSettings.read(table),
                Path.of(
                        table.text(
                                "homeostat.data",
                                "data",
                                "directory of the store; one process may use it at a time")),
                table.text(
                        "homeostat.store",
                        "",
                        "JDBC URL of the store; the SQLite file in the data directory when not given"),
                http(table),
                alertmanager,
                PrometheusSettings.read(table),
                SlackSettings.read(table),
                loop(table),
                WebhookBounds.read(table),
                StoreBounds.read(table),
                ReplaySettings.read(table),
                CustomFactBounds.read(table));
    }

    /// A look may say "it did not arrive" only when no call of a dead process can be under way any
    /// more.
    private static void outlasting(SettingsTable table, Cluster cluster, Limits limits) {
        if (limits.arrivesBy().compareTo(cluster.callTimeout()) < 0) {
            table.fault(
                    "homeostat.action.arrives-by is %s, but homeostat.docker.timeout is %s: a call could still arrive after it was believed lost, and be done twice; make the first at least the second"
                            .formatted(
                                    SettingsTable.text(limits.arrivesBy()),
                                    SettingsTable.text(cluster.callTimeout())));
        }
    }

    private static Limits limits(SettingsTable table, Alertmanager alertmanager) {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                ceiling(table),
                scope(table),
                table.number(
                        "homeostat.scale.replicas-max",
                        usual.replicasMax(),
                        1,
                        100_000,
                        "no service is scaled above this by anybody's wish"),
                LimitSpan.COOLDOWN.read(table),
                LimitSpan.SCALE_EVERY.read(table),
                LimitSpan.SCALE_UP_AFTER.read(table),
                LimitSpan.SCALE_DOWN_AFTER.read(table),
                LimitSpan.SETTLE.read(table),
                LimitSpan.DEADLINE.read(table),
                LimitSpan.SCALE_BY.read(table),
                LimitSpan.RESTART_BY.read(table),
                LimitSpan.HOLD.read(table),
                LimitSpan.ALERT_END.read(table),
                LimitSpan.LOOK_BY.read(table),
                LimitSpan.ARRIVES_BY.read(table),
                LimitSpan.NOTICE_BY.read(table),
                LimitSpan.RETRY_FIRST.read(table),
                LimitSpan.RETRY_MOST.read(table),
                table.number(
                        "homeostat.attempts.max",
                        usual.attemptsMax(),
                        1,
                        100,
                        "after so many actions in a row that did not heal, people are told instead"),
                LimitSpan.ATTEMPTS_WITHIN.read(table),
                table.number(
                        "homeostat.conflicts.max",
                        usual.conflictsMax(),
                        1,
                        100,
                        "so many conflicts in a row count as a failure"),
                LimitSpan.GRACE.read(table),
                LimitSpan.PATIENCE.read(table),
                LimitSpan.REOPEN.read(table),
                LimitSpan.LOOK_BACK.read(table),
                LimitSpan.QUIET.read(table),
                unconfirmed(table, alertmanager),
                LimitSpan.ABSENT_FOR.read(table),
                LimitSpan.ALERTMANAGER_UP.read(table),
                LimitSpan.GAP.read(table),
                LimitSpan.REQUEST_FOR.read(table),
                SafetySettings.read(table),
                DiagnosisSettings.read(table));
    }

    private static Duration unconfirmed(SettingsTable table, Alertmanager alertmanager) {
        Duration unheard = LimitSpan.UNCONFIRMED.read(table);
        int looks =
                table.number(
                        "homeostat.alerts.unconfirmed-looks",
                        3,
                        1,
                        1000,
                        "and where Alertmanager's address is known, one that so many looks at its list did not show");
        return alertmanager.urls().isEmpty() ? unheard : alertmanager.every().multipliedBy(looks);
    }

    private static Autonomy ceiling(SettingsTable table) {
        return Autonomy.named(
                        table.choice(
                                "homeostat.autonomy",
                                Limits.DEFAULT.ceiling().word(),
                                List.of("shadow", "ask", "auto"),
                                "the ceiling: nothing goes further by itself, whatever rules and labels say"))
                .orElseThrow();
    }

    private static Scope scope(SettingsTable table) {
        String text =
                table.text(
                        "homeostat.scope",
                        "labelled",
                        "which services and nodes may be acted on: labelled (with a `homeostat.autonomy` label), all, or stack:a,b");
        try {
            return Scope.parse(text);
        } catch (IllegalArgumentException wrong) {
            table.fault("homeostat.scope: " + wrong.getMessage());
            return Limits.DEFAULT.scope();
        }
    }

    private static Http http(SettingsTable table) {
        return new Http(
                table.text(
                        "homeostat.http.host",
                        "127.0.0.1",
                        "where to listen; beyond loopback only with a token"),
                table.number(
                        "homeostat.http.port",
                        8080,
                        0,
                        65_535,
                        "the port to listen on; 0 takes any free one"),
                table.text("homeostat.http.token", "", "bearer token that every mutation needs"),
                table.text(
                        "homeostat.http.token-file",
                        "",
                        "file with that token, better than the token itself"),
                table.choice(
                                "homeostat.http.protect-reads",
                                "false",
                                List.of("false", "true"),
                                "whether reading needs the token as well")
                        .equals("true"));
    }

    private static Alertmanager alertmanager(SettingsTable table) {
        List<URI> urls = new ArrayList<>();
        for (String text :
                table.list(
                        "homeostat.alertmanager.urls",
                        List.of(),
                        "addresses of all Alertmanagers of the cluster, to learn of silences and lost messages")) {
            if (text.matches("https?://[^\\s/]+.*")) {
                urls.add(URI.create(text));
            } else if (!text.isEmpty()) {
                table.fault(
                        "homeostat.alertmanager.urls has '%s'; right would be http://host:9093"
                                .formatted(text));
            }
        }
        return new Alertmanager(
                urls,
                table.list(
                        "homeostat.alertmanager.receivers",
                        List.of(),
                        "only alerts for these receivers count; all when not given"),
                table.span(
                        "homeostat.alertmanager.every",
                        Duration.ofMinutes(2),
                        TINY,
                        DAY,
                        "Alertmanager's own list is looked at so often"),
                table.span(
                        "homeostat.alertmanager.timeout",
                        Duration.ofSeconds(5),
                        TINY,
                        DAY,
                        "a call to Alertmanager may take so long"));
    }

    private static Loop loop(SettingsTable table) {
        EngineLoop.Pace usual = EngineLoop.Pace.DEFAULT;
        return new Loop(
                new EngineLoop.Pace(
                        table.number(
                                "homeostat.loop.queue",
                                usual.queue(),
                                10,
                                1_000_000,
                                "so many looks may wait; more are refused and looked at again"),
                        table.number(
                                "homeostat.loop.batch",
                                usual.batch(),
                                1,
                                100_000,
                                "so many durable signals one turn takes at most"),
                        table.span(
                                "homeostat.loop.tick",
                                usual.tick(),
                                TINY,
                                Duration.ofMinutes(1),
                                "the longest time between two turns"),
                        table.span(
                                "homeostat.loop.retry",
                                usual.retry(),
                                TINY,
                                Duration.ofMinutes(1),
                                "wait after a failure of the store")),
                table.span(
                        "homeostat.action.report-retry",
                        Duration.ofSeconds(1),
                        TINY,
                        Duration.ofMinutes(1),
                        "wait before a report that could not be stored is stored again"),
                table.span(
                        "homeostat.stop",
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        "a stop may take so long"),
                table.span(
                        "homeostat.loop.stuck",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        DAY,
                        "a loop without progress for so long is not alive"));
    }
}

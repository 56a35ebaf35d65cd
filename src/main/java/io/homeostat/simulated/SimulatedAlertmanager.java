package io.homeostat.simulated;

import io.homeostat.engine.Signal;
import io.homeostat.engine.Signal.ListedAlert;
import io.homeostat.engine.Signal.ReportedAlert;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Watcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An Alertmanager, with a Prometheus that looks at the pressure on the services of a simulated
/// cluster. It also takes any other alert. Thread-safe.
public final class SimulatedAlertmanager {
    /// The alert of a service that has too much to do; its labels ask to scale it up.
    public static final String HIGH_LOAD = "HighLoad";

    /// The alert of a service that has too little to do; its labels ask to scale it down.
    public static final String LOW_LOAD = "LowLoad";

    private static final String RECEIVER = "homeostat";

    private final SimulatedCluster cluster;
    private final Rhythm rhythm;
    private final SortedMap<String, ReportedAlert> firing = new TreeMap<>();
    private final SortedMap<String, Instant> pending = new TreeMap<>();
    private final SortedMap<String, AlertGroup> groups = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> silences = new TreeMap<>();
    private @Nullable Instant upSince;
    private @Nullable Instant listedAt;

    /// When alerts fire and are told.
    ///
    /// @param above the pressure above which a service has too much to do
    /// @param below the pressure below which it has too little to do
    /// @param after how long that has to last before the alert fires
    /// @param groupWait how long a new group of alerts waits for others
    /// @param groupInterval how often a group is looked through for changes
    /// @param repeatInterval after how long the same is told again
    /// @param listEvery how often Alertmanager's own list is read, which confirms what fires
    public record Rhythm(
            double above,
            double below,
            Duration after,
            Duration groupWait,
            Duration groupInterval,
            Duration repeatInterval,
            Duration listEvery) {
        /// As fast as a demonstration wants it.
        public static final Rhythm DEMO =
                new Rhythm(
                        0.9,
                        0.3,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5));

        public Rhythm {
            if (groupInterval.isNegative() || groupInterval.isZero()) {
                throw new IllegalArgumentException("the group interval must be above 0");
            }
        }
    }

    public SimulatedAlertmanager(SimulatedCluster cluster, Rhythm rhythm) {
        this.cluster = cluster;
        this.rhythm = rhythm;
    }

    /// The alert fires from then on, until it is resolved. Firing already, it stays as it is.
    ///
    /// @param labels without `alertname`
    /// @return its fingerprint
    public synchronized String fire(
            String name, Map<String, String> labels, Map<String, String> annotations, Instant at) {
        SortedMap<String, String> all = named(name, labels);
        String fingerprint = fingerprint(all);
        if (!firing.containsKey(fingerprint)) {
            ReportedAlert alert =
                    new ReportedAlert(fingerprint, true, at, null, all, Sorted.copy(annotations));
            firing.put(fingerprint, alert);
            group(alert, at).put(alert);
        }
        return fingerprint;
    }

    /// The alert ends; nothing happens when it does not fire.
    ///
    /// @param labels the same as it was fired with
    public synchronized void resolve(String name, Map<String, String> labels, Instant at) {
        ReportedAlert alert = firing.remove(fingerprint(named(name, labels)));
        if (alert != null) {
            ReportedAlert ended =
                    new ReportedAlert(
                            alert.fingerprint(),
                            false,
                            alert.startsAt(),
                            at,
                            alert.labels(),
                            alert.annotations());
            group(ended, at).put(ended);
        }
    }

    /// From now on nobody is told of alerts that have all these labels.
    public synchronized void silence(String id, Map<String, String> labels) {
        silences.put(id, Sorted.copy(labels));
    }

    /// Ends what [#silence(String, Map)] began.
    public synchronized void unsilence(String id) {
        silences.remove(id);
    }

    /// Looks at the services, and tells what is to be told now: webhooks of alerts, now and then
    /// the whole list.
    public synchronized List<Signal> advance(Instant now) {
        upSince = upSince == null ? now : upSince;
        for (Map.Entry<String, Double> service : cluster.pressures().entrySet()) {
            double pressure = service.getValue();
            watch(HIGH_LOAD, "up", "warning", service.getKey(), pressure > rhythm.above(), now);
            watch(LOW_LOAD, "down", "info", service.getKey(), pressure < rhythm.below(), now);
        }
        List<Signal> signals = new ArrayList<>();
        for (AlertGroup group : groups.values()) {
            List<ReportedAlert> due = group.due(now, alert -> !muting(alert).isEmpty());
            if (!due.isEmpty()) {
                signals.add(new Signal.AlertsReceived(now, RECEIVER, due, 0, 0, ""));
            }
        }
        groups.values().removeIf(AlertGroup::isOver);
        if (listedAt == null || !now.isBefore(listedAt.plus(rhythm.listEvery()))) {
            listedAt = now;
            signals.add(list(now, upSince));
            signals.add(
                    new Signal.WatcherLooked(
                            Watcher.ALERTS, now, rhythm.listEvery().multipliedBy(3)));
        }
        return signals;
    }

    private Signal.AlertsListed list(Instant now, Instant since) {
        return new Signal.AlertsListed(
                now,
                since,
                firing.values().stream()
                        .map(alert -> new ListedAlert(alert, muting(alert)))
                        .toList());
    }

    private void watch(
            String name,
            String direction,
            String severity,
            String service,
            boolean holds,
            Instant now) {
        Map<String, String> labels =
                Map.of(
                        "service", service,
                        "scale", direction,
                        "receiver", "system",
                        "severity", severity);
        String key = name + "/" + service;
        if (!holds) {
            pending.remove(key);
            resolve(name, labels, now);
            return;
        }
        Instant since = pending.computeIfAbsent(key, _ -> now);
        if (!now.isBefore(since.plus(rhythm.after()))) {
            String much = direction.equals("up") ? "too much" : "too little";
            fire(name, labels, Map.of("summary", service + " has " + much + " to do"), now);
        }
    }

    private AlertGroup group(ReportedAlert alert, Instant at) {
        String key =
                alert.labels().get("alertname") + "/" + alert.labels().getOrDefault("service", "");
        return groups.computeIfAbsent(
                key,
                _ ->
                        new AlertGroup(
                                at.plus(rhythm.groupWait()),
                                rhythm.groupInterval(),
                                rhythm.repeatInterval()));
    }

    private List<String> muting(ReportedAlert alert) {
        return silences.entrySet().stream()
                .filter(silence ->
                        alert.labels().entrySet().containsAll(silence.getValue().entrySet()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static SortedMap<String, String> named(String name, Map<String, String> labels) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.put("alertname", name);
        return all;
    }

    /// Alertmanager's own hash: FNV-1a over sorted names and values, each ended by a byte 255.
    private static String fingerprint(SortedMap<String, String> labels) {
        long hash = 0xcbf29ce484222325L;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            for (String part : List.of(label.getKey(), label.getValue())) {
                for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
                    hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
                }
                hash = (hash ^ 0xff) * 0x100000001b3L;
            }
        }
        return HexFormat.of().toHexDigits(hash);
    }
}

package io.homeostat.scenario;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Sorted;
import io.homeostat.scenario.Step.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a scenario's Alertmanager knows: the alerts that fire, and the silences.
final class FiringAlerts {
    private static final String RECEIVER = "homeostat";

    private final Instant upSince;
    private final SortedMap<String, Signal.ReportedAlert> firing = new TreeMap<>();
    private final List<SortedMap<String, String>> silences = new ArrayList<>();

    FiringAlerts(Instant upSince) {
        this.upSince = upSince;
    }

    /// The webhook that tells of these alerts; of the silenced ones it tells in its list only.
    List<Signal> fire(List<Told> alerts, Instant now) {
        List<Signal.ReportedAlert> told = new ArrayList<>();
        boolean muted = false;
        for (Told each : alerts) {
            String fingerprint = fingerprint(each.labels());
            Signal.ReportedAlert known = firing.get(fingerprint);
            Signal.ReportedAlert alert =
                    new Signal.ReportedAlert(
                            fingerprint,
                            true,
                            known == null ? now : known.startsAt(),
                            null,
                            each.labels(),
                            each.annotations());
            firing.put(fingerprint, alert);
            if (suppressedBy(alert).isEmpty()) {
                told.add(alert);
            } else {
                muted = true;
            }
        }
        List<Signal> signals = new ArrayList<>();
        if (!told.isEmpty()) {
            signals.add(webhook(told, now));
        }
        if (muted) {
            signals.add(list(now));
        }
        return signals;
    }

    /// The webhook that tells of the end of all alerts with these labels.
    List<Signal> resolve(SortedMap<String, String> labels, Instant now) {
        List<Signal.ReportedAlert> ended = new ArrayList<>();
        for (Signal.ReportedAlert alert : List.copyOf(firing.values())) {
            if (has(alert, labels)) {
                firing.remove(alert.fingerprint());
                ended.add(
                        new Signal.ReportedAlert(
                                alert.fingerprint(),
                                false,
                                alert.startsAt(),
                                now,
                                alert.labels(),
                                alert.annotations()));
            }
        }
        if (ended.isEmpty()) {
            throw new IllegalArgumentException("no alert fires that has the labels " + labels);
        }
        return List.of(webhook(ended, now));
    }

    List<Signal> silence(SortedMap<String, String> labels, Instant now) {
        silences.add(labels);
        return List.of(list(now));
    }

    List<Signal> unsilence(Instant now) {
        silences.clear();
        return List.of(list(now));
    }

    private static Signal webhook(List<Signal.ReportedAlert> alerts, Instant now) {
        return new Signal.AlertsReceived(now, RECEIVER, alerts, 0, 0, "");
    }

    private Signal list(Instant now) {
        return new Signal.AlertsListed(
                now,
                upSince,
                firing.values().stream()
                        .map(alert -> new Signal.ListedAlert(alert, suppressedBy(alert)))
                        .toList());
    }

    private List<String> suppressedBy(Signal.ReportedAlert alert) {
        List<String> by = new ArrayList<>();
        for (int i = 0; i < silences.size(); i++) {
            if (has(alert, silences.get(i))) {
                by.add("silence-" + (i + 1));
            }
        }
        return by;
    }

    private static boolean has(Signal.ReportedAlert alert, SortedMap<String, String> labels) {
        return alert.labels().entrySet().containsAll(labels.entrySet());
    }

    /// Alertmanager's own hash: FNV-1a over sorted names and values, each ended by a byte 255.
    private static String fingerprint(SortedMap<String, String> labels) {
        long hash = 0xcbf29ce484222325L;
        for (Map.Entry<String, String> label : Sorted.copy(labels).entrySet()) {
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

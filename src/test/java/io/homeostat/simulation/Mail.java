package io.homeostat.simulation;

import io.homeostat.engine.Signal;
import io.homeostat.engine.Signal.AlertsListed;
import io.homeostat.engine.Signal.AlertsReceived;
import io.homeostat.engine.Signal.ReportedAlert;
import io.homeostat.fact.Watcher;
import io.homeostat.simulated.SimulatedAlertmanager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Alertmanager and the way from it to us: messages that are repeated, overtaken, stale, or lack
/// something, and its own list. A message is sent again until it is accepted.
final class Mail {
    private static final SimulatedAlertmanager.Rhythm RHYTHM =
            new SimulatedAlertmanager.Rhythm(
                    0.9,
                    0.3,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(4),
                    Duration.ofSeconds(30));

    /// Later than this after its `resolved` no message about an occurrence is on its way any more.
    private static final Duration STALE_MOST = Duration.ofSeconds(45);

    final SimulatedAlertmanager manager;
    private final World world;
    private final List<Signal.Volatile> lists = new ArrayList<>();
    private SortedMap<String, Signal.ListedAlert> firing = Collections.emptySortedMap();
    private Instant upSince = Time.BEGINNING.minus(Duration.ofHours(1));

    Mail(World world) {
        this.world = world;
        this.manager = new SimulatedAlertmanager(world.cluster, RHYTHM);
    }

    /// What fires at Alertmanager, as of its newest list.
    SortedMap<String, Signal.ListedAlert> firing() {
        return firing;
    }

    /// Alertmanager is started again; it forgets nothing.
    void restart() {
        upSince = world.time.now();
    }

    List<Signal.Volatile> collect() {
        for (Signal signal : manager.advance(world.time.now())) {
            switch (signal) {
                case AlertsReceived body -> send(body);
                case AlertsListed list -> list(list);
                default -> {}
            }
        }
        List<Signal.Volatile> taken = List.copyOf(lists);
        lists.clear();
        return taken;
    }

    private boolean hits(String name, double rate) {
        boolean hit = world.isRough() && world.chance.happens(rate);
        if (hit) {
            world.tally.count(name);
        }
        return hit;
    }

    // --- messages ---

    private void send(AlertsReceived body) {
        AlertsReceived sent = body;
        if (hits("MESSAGE_TRUNCATED", 0.03)) {
            sent = lacking(body, body.alerts().size() - 1, 1, 0);
        } else if (hits("MESSAGE_UNSOUND", 0.02)) {
            sent = lacking(body, body.alerts().size(), 0, 1);
        }
        Duration delay = world.chance.millis(1, 500);
        if (hits("MESSAGE_OVERTAKEN", 0.06)) {
            delay = world.chance.seconds(1, (int) STALE_MOST.toSeconds());
        }
        AlertsReceived last = sent;
        world.agenda.at(world.time.now().plus(delay), () -> deliver(last));
        if (hits("MESSAGE_REPEATED", 0.10)) {
            world.agenda.at(world.time.now().plus(world.chance.seconds(1, 40)), () -> copy(last));
        }
        for (ReportedAlert alert : body.alerts()) {
            if (!alert.firing() && hits("MESSAGE_STALE", 0.25)) {
                ReportedAlert stale =
                        new ReportedAlert(
                                alert.fingerprint(),
                                true,
                                alert.startsAt(),
                                null,
                                alert.labels(),
                                alert.annotations());
                AlertsReceived late = holding(body, List.of(stale));
                world.agenda.at(
                        world.time
                                .now()
                                .plus(world.chance.seconds(1, (int) STALE_MOST.toSeconds())),
                        () -> copy(late));
            }
        }
    }

    private static AlertsReceived lacking(
            AlertsReceived body, int alerts, int truncated, int unsound) {
        return new AlertsReceived(
                body.receivedAt(),
                body.receiver(),
                body.alerts().subList(0, alerts),
                truncated,
                unsound,
                unsound == 0 ? "" : "{\"labels\":7}");
    }

    private static AlertsReceived holding(AlertsReceived body, List<ReportedAlert> alerts) {
        return new AlertsReceived(body.receivedAt(), body.receiver(), alerts, 0, 0, "");
    }

    private void copy(AlertsReceived body) {
        if (world.homeostat.isUp()) {
            deliver(body);
        }
    }

    private void deliver(AlertsReceived body) {
        if (!world.homeostat.isUp()) {
            world.agenda.at(world.time.now().plusSeconds(5), () -> deliver(body));
            return;
        }
        world.store.accept(
                new AlertsReceived(
                        world.time.wall(),
                        body.receiver(),
                        body.alerts(),
                        body.truncated(),
                        body.unsound(),
                        body.raw()));
    }

    // --- the list ---

    private void list(AlertsListed list) {
        SortedMap<String, Signal.ListedAlert> now = new TreeMap<>();
        list.alerts().forEach(alert -> now.put(alert.alert().fingerprint(), alert));
        firing = now;
        AlertsListed dated =
                new AlertsListed(
                        world.time.wall(list.began()), world.time.wall(upSince), list.alerts());
        if (hits("LIST_FAILED", 0.08)) {
            lists.add(
                    new Signal.WatcherFailed(
                            Watcher.ALERTS, world.time.wall(), "Alertmanager does not answer"));
        } else if (hits("LIST_LATE", 0.05)) {
            world.agenda.at(world.time.now().plus(world.chance.seconds(1, 20)), () -> give(dated));
        } else {
            give(dated);
        }
    }

    private void give(AlertsListed list) {
        lists.add(list);
        lists.add(
                new Signal.WatcherLooked(
                        Watcher.ALERTS, list.began(), RHYTHM.listEvery().multipliedBy(3)));
    }
}

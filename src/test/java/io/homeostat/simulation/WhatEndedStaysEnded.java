package io.homeostat.simulation;

import io.homeostat.engine.Picture;
import io.homeostat.engine.Signal;
import io.homeostat.engine.Signal.ReportedAlert;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An alert whose end was taken in is not acted on again because of a message that was sent before
/// its end.
final class WhatEndedStaysEnded implements Invariant {
    /// When each alert ended that was reported as resolved.
    private final SortedMap<String, Instant> ended = new TreeMap<>();

    private final SortedMap<String, Instant> began = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        for (Turn turn : moment.turns()) {
            for (long id : turn.taken()) {
                if (world.store.signal(id) instanceof Signal.AlertsReceived body) {
                    body.alerts().forEach(this::take);
                }
            }
        }
        ended.keySet().removeAll(world.mail.firing().keySet());
        Picture picture = moment.picture();
        // Which of two messages is the older is told by the clock.
        if (picture == null || !world.time.isSteady()) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        for (Fact fact : picture.facts()) {
            if (fact instanceof Alert alert
                    && alert.isFiring()
                    && ended.containsKey(alert.fingerprint())) {
                faults.add(
                        "%s ended at %s and fires again"
                                .formatted(alert.labels(), ended.get(alert.fingerprint())));
            }
        }
        return faults;
    }

    private void take(ReportedAlert reported) {
        String fingerprint = reported.fingerprint();
        began.merge(
                fingerprint, reported.startsAt(), (one, other) -> one.isAfter(other) ? one : other);
        Instant end = reported.endsAt();
        Instant before = ended.get(fingerprint);
        Instant newest = began.getOrDefault(fingerprint, Instant.EPOCH);
        if (!reported.firing() && end != null && !end.isBefore(newest)) {
            ended.put(fingerprint, end);
        } else if (before != null && newest.isAfter(before)) {
            ended.remove(fingerprint);
        }
    }
}

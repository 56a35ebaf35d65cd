package io.homeostat.simulation;

import io.homeostat.engine.Picture;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A service or node that was known and is still there stays known: an empty or failed answer means
/// nothing.
final class WhatIsThereStaysKnown implements Invariant {
    /// A look from between its removal and its return may come so late.
    private static final Duration AWAY = Duration.ofMinutes(2);

    private SortedSet<Subject> known = new TreeSet<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        SortedSet<Subject> there = new TreeSet<>();
        world.services().keySet().forEach(name -> there.add(Subject.service(name)));
        world.nodes().keySet().forEach(id -> there.add(Subject.node(id)));
        Picture picture = moment.picture();
        if (picture == null) {
            known.retainAll(there);
            return List.of();
        }
        SortedSet<Subject> held = new TreeSet<>();
        for (Fact fact : picture.facts()) {
            if (fact instanceof Service || fact instanceof Node) {
                held.add(fact.subject());
            }
        }
        List<String> faults = new ArrayList<>();
        for (Subject subject : known) {
            // Which of two views is the newer is told by the clock.
            if (there.contains(subject)
                    && !held.contains(subject)
                    && world.time.isSteady()
                    && !world.wasRemovedWithin(subject, AWAY)) {
                faults.add(subject + " is there and is no longer known");
            }
        }
        known = new TreeSet<>(held);
        known.retainAll(there);
        return faults;
    }
}

package io.homeostat.simulation;

import io.homeostat.engine.Picture;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What people tell Homeostat: freezes, requests, and answers to what they are asked.
final class People {
    private final World world;
    private final SortedMap<String, Freeze> freezes = new TreeMap<>();
    private final Set<String> read = new HashSet<>();
    private int said;

    People(World world) {
        this.world = world;
    }

    /// The freezes that were set and not lifted, over or not.
    List<Freeze> freezes() {
        return List.copyOf(freezes.values());
    }

    /// @return false when Homeostat cannot be told, because it is down
    boolean freeze(Freeze.Scope scope, String value, Duration length) {
        if (!world.homeostat.isUp()) {
            return false;
        }
        Instant wall = world.time.wall();
        Freeze freeze =
                new Freeze(
                        "f" + ++said, scope, value, "ann", "maintenance", wall, wall.plus(length));
        freezes.put(freeze.id(), freeze);
        world.store.accept(new Signal.FreezeSet(freeze));
        world.note(freeze.text());
        return true;
    }

    /// Ends the oldest freeze.
    ///
    /// @return false when there is none, or Homeostat cannot be told
    boolean thaw() {
        if (freezes.isEmpty() || !world.homeostat.isUp()) {
            return false;
        }
        Freeze freeze = freezes.pollFirstEntry().getValue();
        world.store.accept(
                new Signal.FreezeLifted(freeze.id(), "ann", "it is done", world.time.wall()));
        world.note("freeze %s is lifted".formatted(freeze.id()));
        return true;
    }

    /// @return false when Homeostat cannot be told, because it is down
    boolean request(String verb, Subject target, SortedMap<String, String> parameters) {
        if (!world.homeostat.isUp()) {
            return false;
        }
        Instant wall = world.time.wall();
        Request request =
                new Request(
                        "r" + ++said,
                        verb,
                        target,
                        Sorted.copy(parameters),
                        "ann",
                        "it is needed",
                        wall,
                        wall.plus(World.LIMITS.requestFor()));
        world.store.accept(new Signal.RequestMade(request));
        world.note("ann requests: %s %s %s".formatted(verb, target, parameters));
        return true;
    }

    // --- what they are asked ---

    /// The questions that are shown and wait for an answer.
    List<Approval> open() {
        Picture picture = world.homeostat.picture();
        return picture == null
                ? List.of()
                : picture.approvals().stream()
                        .map(Picture.Asked::approval)
                        .filter(approval -> approval.state() == Approval.State.ASKED)
                        .toList();
    }

    /// They read what they are asked; each question once.
    void read() {
        for (Approval asked : open()) {
            if (read.add(asked.id())) {
                Answering fate = Answering.any(world.chanceApart);
                world.tally.count("QUESTION " + fate);
                fate.answer(world, asked);
            }
        }
    }

    /// The later decisions that asked the same, as far as they are shown.
    List<String> repeats(Approval asked) {
        return open().stream()
                .filter(each -> each.id().equals(asked.id()))
                .flatMap(each -> each.repeats().stream())
                .toList();
    }

    /// Whoever finds Homeostat down tries again.
    void answer(String decision, boolean granted) {
        if (!world.homeostat.isUp()) {
            world.agenda.at(world.time.now().plusSeconds(5), () -> answer(decision, granted));
            return;
        }
        world.store.accept(
                new Signal.ApprovalAnswered(
                        decision, granted, "ann", "as she sees it", world.time.wall()));
        world.note("ann %s %s".formatted(granted ? "approves" : "rejects", decision));
    }
}

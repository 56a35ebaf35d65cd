package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.PolicyObjection;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.KnownGood;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Place;
import io.homeostat.guard.Situation;
import io.homeostat.guard.Wished;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Memory at one instant, as the guards see it. Actions planned earlier in the same step are
/// already in it.
record Present(
        Memory memory,
        Limits limits,
        Instant now,
        Votes votes,
        List<PolicyObjection> policyObjections)
        implements Situation {
    /// As it is for whoever judges no wish.
    Present(Memory memory, Limits limits, Instant now) {
        this(memory, limits, now, new Votes(memory, limits, now), List.of());
    }

    @Override
    public Place place() {
        return memory.place();
    }

    @Override
    public SortedMap<String, String> hindrances() {
        return memory.hindrances();
    }

    @Override
    public @Nullable Service service(String name) {
        return memory.service(name);
    }

    @Override
    public @Nullable Node node(String id) {
        return memory.node(id);
    }

    @Override
    public SequencedCollection<Node> nodes() {
        return memory.nodes();
    }

    @Override
    public @Nullable Instant downSince(String node) {
        return memory.mark(Marks.down(node));
    }

    @Override
    public @Nullable Instant stormSince() {
        return memory.mark(Marks.STORM);
    }

    @Override
    public @Nullable Instant calmSince() {
        return memory.mark(Marks.CALM);
    }

    @Override
    public List<Task> tasks(String service) {
        return memory.tasks(service);
    }

    @Override
    public List<Task> tasksOn(String node) {
        return memory.tasksOn(node);
    }

    @Override
    public @Nullable Alert alert(String fingerprint) {
        return memory.alert(fingerprint);
    }

    @Override
    public @Nullable Tracking tracking(String service) {
        return memory.tracking(service);
    }

    @Override
    public @Nullable Watcher watcher(String name) {
        return memory.watcher(name);
    }

    @Override
    public Collection<Freeze> freezes() {
        return memory.freezes();
    }

    @Override
    public List<Approval> approvals(String incident) {
        return memory.all(Memo.Asked.class, incident + "/").stream()
                .map(Memo.Asked::approval)
                .toList();
    }

    /// A scaling whose replicas run is no longer in the way, although it is still watched for a
    /// while.
    @Override
    public @Nullable Undertaking unsettled(Subject subject) {
        for (Undertaking undertaking : memory.allUnsettled(subject)) {
            boolean isOnlyWatched =
                    undertaking.action() instanceof Action.ScaleService
                            && undertaking.heldSince() != null;
            if (!isOnlyWatched) {
                return undertaking;
            }
        }
        return null;
    }

    @Override
    public List<Undertaking> underWay() {
        return memory.unsettled().stream()
                .filter(undertaking -> undertaking.action() instanceof Action.OnSwarm)
                .toList();
    }

    @Override
    public List<Instant> actionsSince(Instant since) {
        return memory.actionsSince(since);
    }

    /// Shadowed wishes are recorded once per incident and parameters, so they need no pace of their
    /// own.
    @Override
    public @Nullable Instant lastAction(String rule, Subject subject, boolean inShadow) {
        return inShadow ? null : memory.mark(Marks.acted(rule, subject));
    }

    @Override
    public @Nullable Instant lastScaled(String service) {
        return memory.mark(Marks.scaled(service));
    }

    @Override
    public @Nullable Instant lastEffect(String kind, Subject subject, boolean inShadow) {
        return inShadow ? null : memory.mark(Marks.effect(kind, subject));
    }

    @Override
    public @Nullable Instant confirmedAt(String fingerprint) {
        Memo.AlertMemory remembered = memory.alertMemory(fingerprint);
        return remembered == null ? null : remembered.confirmedAt();
    }

    @Override
    public @Nullable Instant toldAt(Subject fact) {
        return memory.fact(fact) instanceof CustomFact held ? held.at() : null;
    }

    @Override
    public int attempts(String kind, Subject subject) {
        return memory.count(Marks.attempts(kind, subject));
    }

    @Override
    public @Nullable Instant lastAttempt(String kind, Subject subject) {
        return memory.mark(Marks.attempts(kind, subject));
    }

    @Override
    public @Nullable Instant notBefore(String kind, Subject subject) {
        return memory.mark(Marks.notBefore(kind, subject));
    }

    @Override
    public @Nullable Instant changedByHand(Subject subject, Aspect aspect) {
        return memory.mark(Marks.byHand(subject, aspect));
    }

    @Override
    public @Nullable Wished rival(String service, boolean toGrow) {
        return votes.rival(service, toGrow);
    }

    @Override
    public @Nullable Wished highestWish(String service) {
        return votes.highest(service);
    }

    @Override
    public @Nullable KnownGood knownGood(String service) {
        return Proving.wayBack(memory, service, limits.diagnosis().afterChange(), now);
    }

    @Override
    public boolean awaitsSight(Subject subject) {
        return memory.awaitsSight(subject);
    }
}

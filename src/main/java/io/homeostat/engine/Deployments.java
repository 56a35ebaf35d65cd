package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Deployment.State;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.KnownGood;
import io.homeostat.guard.Limits;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows every deployment to its end: it is accepted, begins when the guards let it, is watched
/// when all its tasks run, and is completed when they have run well for the watch time. What speaks
/// against it makes it faulty, and a rule then wishes it back.
///
/// Rules wish and guards judge; nothing is sent from here.
final class Deployments {
    /// More ended ones of one service are not remembered.
    private static final int MOST = 20;

    /// It must have run well within so many watch times.
    private static final int WATCHES = 3;

    private final Memory memory;
    private final Limits limits;
    private final Settling settling;
    private final Telling telling;
    private final DeploymentFaults faults;
    private @Nullable Instant nextChange;

    Deployments(Memory memory, Limits limits, Settling settling, Telling telling) {
        this.memory = memory;
        this.limits = limits;
        this.settling = settling;
        this.telling = telling;
        this.faults = new DeploymentFaults(memory);
    }

    // --- acceptance ---

    /// One that is asked for twice while it is open is one. Another of the same service that has
    /// not begun gives way; for one that has, it waits.
    void asked(Deployment asked, Instant now) {
        for (Deployment other : memory.deployments()) {
            boolean isSame =
                    other.service().equals(asked.service()) && other.image().equals(asked.image());
            if (other.id().equals(asked.id()) || (other.open() && isSame)) {
                return;
            }
        }
        for (Deployment other : memory.deployments()) {
            if (other.service().equals(asked.service())
                    && other.state() == State.ACCEPTED
                    && sent(other) == null) {
                end(other, State.SUPERSEDED, asked.image() + " was asked for after it", now);
            }
        }
        Deployment bad = Quarantine.of(memory.deployments(), asked.service(), asked.image());
        if (bad != null && !asked.forced()) {
            end(asked, State.FAILED, "its image is in quarantine: " + bad.fault(), now);
            return;
        }
        memory.keep(asked);
        line(
                asked,
                "%s asks for %s%s: %s"
                        .formatted(
                                asked.requestedBy(),
                                asked.image(),
                                asked.forced() ? ", although it is in quarantine" : "",
                                asked.reason()));
    }

    // --- how it goes on ---

    void judge(Instant now) {
        nextChange = null;
        for (Deployment deployment : memory.deployments()) {
            if (deployment.open()) {
                judge(deployment, memory.service(deployment.service()), now);
            }
        }
        for (Deployment deployment : memory.deployments()) {
            if (!deployment.open()) {
                remembered(deployment, now);
            }
        }
    }

    private void judge(Deployment deployment, @Nullable Service service, Instant now) {
        if (service == null) {
            Watcher watcher = memory.watcher(Watcher.SERVICES);
            if (watcher != null && watcher.isSeeing()) {
                end(deployment, State.FAILED, "there is no such service any more", now);
            }
            return;
        }
        Undertaking sent = sent(deployment);
        boolean hasEnded = sent != null && sent.isFinal();
        if (memory.awaitsSight(service.subject()) && !hasEnded) {
            return;
        }
        if (deployment.faulty()) {
            leaving(deployment, service, now);
            return;
        }
        switch (deployment.state()) {
            case ACCEPTED -> accepted(deployment, service, now);
            case DEPLOYING -> deploying(deployment, service, now);
            case WATCHING -> watching(deployment, service, now);
            case COMPLETED, TAKEN_BACK, SUPERSEDED, FAILED -> {}
        }
    }

    private void accepted(Deployment deployment, Service service, Instant now) {
        Instant end = deployment.at().plus(limits.safety().deployWithin());
        boolean isOthers =
                memory.deployments().stream()
                        .anyMatch(other ->
                                other.begun() && other.service().equals(deployment.service()));
        if (sent(deployment) != null) {
            Deployment begun = deployment.in(State.DEPLOYING, now, "");
            memory.keep(begun);
            deploying(begun, service, now);
        } else if (!isOthers && service.image().equals(deployment.image())) {
            memory.keep(deployment.in(State.WATCHING, now, "the service has this image already"));
            line(deployment, "the service has this image already, and is watched");
        } else if (!now.isBefore(end)) {
            end(deployment, State.FAILED, "it could not begin" + heldBack(service), now);
        } else {
            due(end);
        }
    }

    /// What was decided last on the wish that it is for.
    private String heldBack(Service service) {
        for (Memo.Standing standing : memory.all(Memo.Standing.class, "deploy ")) {
            if (standing.key().endsWith(service.subject().toString())) {
                return ", held back by " + standing.values().getOrDefault("codes", "");
            }
        }
        return "";
    }

    private void deploying(Deployment deployment, Service service, Instant now) {
        Undertaking sent = sent(deployment);
        Outcome outcome = sent == null ? null : sent.outcome();
        if (sent != null && outcome == null) {
            String fault = faults.alertSince(service);
            if (sent.state() == Undertaking.State.TAKEN && !fault.isEmpty()) {
                settling.end(sent, new Outcome.Ineffective(fault), now);
                faulty(deployment, fault, now);
            }
        } else if (outcome instanceof Outcome.Unknown) {
            end(deployment, State.FAILED, outcome.reason(), now);
        } else if (sent != null && outcome != null && sent.takenAt() == null) {
            memory.keep(deployment.in(State.ACCEPTED, now, outcome.reason()));
        } else if (!service.image().equals(deployment.image())) {
            replaced(deployment, service, now);
        } else if (outcome instanceof Outcome.Ineffective || outcome instanceof Outcome.Worse) {
            faulty(deployment, outcome.reason(), now);
        } else {
            memory.keep(deployment.in(State.WATCHING, now, ""));
            line(deployment, "all its tasks run, and are watched");
        }
    }

    private void watching(Deployment deployment, Service service, Instant now) {
        if (!service.image().equals(deployment.image())) {
            replaced(deployment, service, now);
            return;
        }
        KnownGood good = Proving.knownGood(memory, service.name());
        if (good != null && good.content().equals(service.contentHash())) {
            end(
                    deployment,
                    State.COMPLETED,
                    "all its tasks have run well for " + Spans.text(Proving.watch(service, limits)),
                    now);
            return;
        }
        Instant end = deployment.since().plus(Proving.watch(service, limits).multipliedBy(WATCHES));
        String fault = faults.of(deployment, service);
        if (fault.isEmpty() && !now.isBefore(end)) {
            fault = "it has not run well without a break for long enough";
        }
        if (fault.isEmpty()) {
            due(end);
        } else {
            faulty(deployment, fault, now);
        }
    }

    private void faulty(Deployment deployment, String fault, Instant now) {
        memory.keep(deployment.in(deployment.state(), now, fault).faulty(fault));
        line(deployment, "it is not good: " + fault);
    }

    /// The service has another image now: Swarm went back by itself, or somebody was faster.
    private void replaced(Deployment deployment, Service service, Instant now) {
        boolean isSwarms =
                switch (service.update()) {
                    case ROLLBACK_STARTED, ROLLBACK_PAUSED, ROLLBACK_COMPLETED -> true;
                    case NONE, UPDATING, PAUSED, COMPLETED -> false;
                };
        if (isSwarms) {
            String fault = "Swarm rolled it back";
            end(deployment.faulty(fault), State.TAKEN_BACK, fault, now);
        } else {
            end(
                    deployment,
                    State.SUPERSEDED,
                    "the service has %s now".formatted(service.image()),
                    now);
        }
    }

    /// It is to go away again, by whatever rule wishes that.
    private void leaving(Deployment deployment, Service service, Instant now) {
        String fault = String.valueOf(deployment.fault());
        KnownGood good = Proving.knownGood(memory, service.name());
        Instant end = deployment.since().plus(limits.safety().deployWithin());
        if (good != null && good.content().equals(service.contentHash())) {
            end(deployment, State.TAKEN_BACK, fault + "; back to " + good.image(), now);
        } else if (memory.unsettled(service.subject()) != null) {
            due(end);
        } else if (!service.image().equals(deployment.image())) {
            replaced(deployment, service, now);
        } else if (good == null) {
            end(
                    deployment,
                    State.FAILED,
                    fault + "; and no specification is known to be good, so it stays",
                    now);
        } else if (!now.isBefore(end)) {
            end(deployment, State.FAILED, fault + "; and it could not be taken back", now);
        } else {
            due(end);
        }
    }

    // --- its end ---

    private void end(Deployment deployment, State state, String why, Instant now) {
        forgetSome(deployment.service());
        memory.keep(deployment.in(state, now, why));
        line(deployment, word(state) + ": " + why);
        if (state == State.TAKEN_BACK || state == State.FAILED) {
            telling.inform(
                    "deployment-" + deployment.service(),
                    "the deployment of %s to %s %s: %s"
                            .formatted(deployment.image(), deployment.service(), word(state), why),
                    now);
        }
    }

    /// A pipeline may deploy many times a day: the oldest goes, but not what keeps an image in
    /// quarantine as long as another can go.
    private void forgetSome(String service) {
        List<Deployment> ended =
                memory.deployments().stream()
                        .filter(each -> !each.open() && each.service().equals(service))
                        .sorted(
                                Comparator.comparing((Deployment each) -> each.fault() != null)
                                        .thenComparing(Deployment::since))
                        .toList();
        for (int i = 0; i <= ended.size() - MOST; i++) {
            memory.drop(ended.get(i));
        }
    }

    private static String word(State state) {
        return switch (state) {
            case ACCEPTED -> "was accepted";
            case DEPLOYING -> "has begun";
            case WATCHING -> "is watched";
            case COMPLETED -> "is completed";
            case TAKEN_BACK -> "was taken back";
            case SUPERSEDED -> "was superseded";
            case FAILED -> "has failed";
        };
    }

    private void remembered(Deployment ended, Instant now) {
        Instant end = ended.since().plus(limits.safety().deployMemory());
        if (!now.isBefore(end)) {
            memory.drop(ended);
            return;
        }
        due(end);
        Service service = memory.service(ended.service());
        if (service != null && hasReturned(ended, service)) {
            returned(ended, service, now);
        }
    }

    // --- quarantine ---

    /// An image that was taken back is there again, and nobody asked us for it. What could not be
    /// taken back has never left.
    private boolean hasReturned(Deployment ended, Service service) {
        if (ended.fault() == null
                || ended.state() == State.FAILED
                || !Quarantine.isSame(ended.image(), service.image())
                || !ended.equals(
                        Quarantine.of(memory.deployments(), ended.service(), service.image()))
                || memory.awaitsSight(service.subject())
                || memory.unsettled(service.subject()) != null) {
            return false;
        }
        KnownGood good = Proving.knownGood(memory, service.name());
        boolean isGood = good != null && good.content().equals(service.contentHash());
        return !isGood
                && memory.deployments().stream()
                        .noneMatch(other -> other.open() && other.service().equals(service.name()));
    }

    /// It is taken back once more. When it comes a third time somebody means it: the service is
    /// left alone, and people are told.
    private void returned(Deployment ended, Service service, Instant now) {
        boolean isFirst = !ended.requestedBy().equals(Quarantine.RETURNED);
        String fault =
                isFirst
                        ? "its image is in quarantine: " + ended.fault()
                        : String.valueOf(ended.fault());
        Deployment again =
                new Deployment(
                        "%d-%s".formatted(memory.turn(), service.name()),
                        service.name(),
                        service.image(),
                        Quarantine.RETURNED,
                        "an image in quarantine came back",
                        false,
                        now,
                        State.WATCHING,
                        now,
                        fault,
                        fault);
        memory.keep(again);
        line(again, "%s came back: %s".formatted(service.image(), fault));
        if (!isFirst) {
            Freeze freeze =
                    new Freeze(
                            "quarantine-" + again.id(),
                            Freeze.Scope.SUBJECT,
                            Subject.service(service.name()).toString(),
                            "homeostat",
                            "%s came back after it was taken back twice".formatted(service.image()),
                            now,
                            now.plus(limits.safety().undoFreeze()));
            memory.keep(new Memo.Frozen(freeze));
            line(again, freeze.text());
            end(again, State.FAILED, fault + "; it came back again, so it is left to people", now);
        }
    }

    // --- the rest ---

    /// The newest action that is for it; null when there is none, or its end is known for long.
    private @Nullable Undertaking sent(Deployment deployment) {
        Undertaking newest = null;
        for (Memo.Undertaken memo : memory.all(Memo.Undertaken.class)) {
            Undertaking undertaking = memo.undertaking();
            boolean isMine =
                    undertaking.action() instanceof Action.DeployService deploy
                            && deploy.deployment().equals(deployment.id());
            if (isMine
                    && (newest == null || !undertaking.plannedAt().isBefore(newest.plannedAt()))) {
                newest = undertaking;
            }
        }
        return newest;
    }

    private void line(Deployment deployment, String text) {
        memory.line(
                Subject.service(deployment.service()).toString(),
                "",
                "deployment",
                "deployment %s of %s: %s".formatted(deployment.id(), deployment.image(), text));
    }

    private void due(Instant instant) {
        nextChange = nextChange == null || instant.isBefore(nextChange) ? instant : nextChange;
    }

    /// When the next deployment changes by time alone; null when none does. Valid after [#judge].
    @Nullable Instant nextChange() {
        return nextChange;
    }
}

package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person changed not long ago is left to people: the side that was changed, and no other.
final class HandsOffGuard implements Guard {
    static final String NAME = "hands-off";

    /// A person changed that side of the subject not long ago.
    static final String BY_HAND = "by-hand";

    /// It was changed a moment ago, and it may have been a deployment of the whole stack.
    static final String UNCLEAR = "unclear";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Action action = proposal.action();
        if (action == null || proposal.isRequest()) {
            return Optional.empty();
        }
        Subject subject = proposal.subject();
        Duration length = situation.limits().safety().handsOff();
        return aspects(action).stream()
                .flatMap(aspect -> Change.of(subject, aspect, situation).stream())
                .filter(change -> change.at().plus(length).isAfter(situation.now()))
                .max(Comparator.comparing(Change::at))
                .map(change -> objection(change, subject, length, situation));
    }

    /// The sides of its subject that an action changes.
    ///
    /// A restart changes none: it brings back up the very specification that the person wrote, and
    /// takes nothing of it back.
    private static List<Aspect> aspects(Action action) {
        return switch (action) {
            case Action.ScaleService _ -> List.of(Aspect.REPLICAS);
            case Action.RollbackService _, Action.DeployService _ ->
                    List.of(Aspect.IMAGE, Aspect.CONFIG);
            case Action.SetAvailability _ -> List.of(Aspect.AVAILABILITY);
            case Action.RestartService _, Action.PostNotice _ -> List.of();
        };
    }

    private static Objection objection(
            Change change, Subject subject, Duration length, Situation situation) {
        Instant clear = change.at().plus(situation.limits().safety().burst());
        if (change.aspect() == Aspect.REPLICAS
                && stack(subject, situation) != null
                && clear.isAfter(situation.now())) {
            return Objection.waiting(
                    NAME,
                    UNCLEAR,
                    "the replicas of %s were changed at %s, by a person or by a deployment of the stack %s"
                            .formatted(
                                    subject, Wording.clock(change.at()), stack(subject, situation)),
                    "%s comes, and then it is told by whether the stack's other services were written too"
                            .formatted(Wording.clock(clear)),
                    clear,
                    subject);
        }
        Instant until = change.at().plus(length);
        return new Objection(
                NAME,
                Verdict.ASK,
                BY_HAND,
                "a person changed the %s of %s at %s, and for %s that is left to people"
                        .formatted(
                                change.aspect().word(),
                                subject,
                                Wording.clock(change.at()),
                                Wording.seconds(length)),
                "%s comes, or a person requests it".formatted(Wording.clock(until)),
                until,
                Sorted.copy(List.of(subject)));
    }

    private static @Nullable String stack(Subject subject, Situation situation) {
        Service service = situation.service(subject.name());
        return service == null ? null : service.stack();
    }

    /// A person's last change of one side.
    private record Change(Aspect aspect, Instant at) {
        static Optional<Change> of(Subject subject, Aspect aspect, Situation situation) {
            return Optional.ofNullable(situation.changedByHand(subject, aspect))
                    .map(at -> new Change(aspect, at));
        }
    }
}

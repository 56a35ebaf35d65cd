package io.homeostat.guard;

import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Nobody acts blind: the watchers of what is changed see, and the subject was seen after our last
/// write to it.
///
/// What a wish rests on beside that needs no watcher: an alert is confirmed by Alertmanager, and a
/// custom fact is as fresh as its time to live.
final class KnowledgeGuard implements Guard {
    static final String NAME = "knowledge";

    /// A watcher that is needed does not see.
    static final String BLIND = "blind";

    /// The subject was not seen.
    static final String UNSEEN = "unseen";

    /// The subject was not seen since we wrote to it.
    static final String STALE = "stale";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Subject subject = proposal.subject();
        List<String> blind = new ArrayList<>();
        for (String name : needed(subject)) {
            sightless(name, situation).ifPresent(blind::add);
        }
        if (!blind.isEmpty()) {
            return waiting(
                    BLIND, String.join("; ", blind), "all of them have looked again", subject);
        }
        if (isUnknown(subject, situation)) {
            return waiting(UNSEEN, subject + " is not known", subject + " is seen", subject);
        }
        if (situation.awaitsSight(subject)) {
            return waiting(
                    STALE,
                    subject + " was not seen since we last changed it",
                    subject + " is looked at again",
                    subject);
        }
        return Optional.empty();
    }

    private static Optional<Objection> waiting(
            String code, String reason, String change, Subject subject) {
        return Optional.of(Objection.of(NAME, Verdict.WAIT, code, reason, change, subject));
    }

    private static List<String> needed(Subject subject) {
        return switch (subject.kind()) {
            case SERVICE, TASK -> List.of(Watcher.SERVICES, Watcher.TASKS);
            case NODE -> List.of(Watcher.NODES, Watcher.SERVICES, Watcher.TASKS);
            case ALERT, WATCHER, REQUEST, CUSTOM, TRACKING, CLUSTER, RULE, DEPLOYMENT -> List.of();
        };
    }

    private static Optional<String> sightless(String name, Situation situation) {
        Watcher watcher = situation.watcher(name);
        if (watcher == null) {
            return Optional.of("the watcher of %s has not looked yet".formatted(name));
        }
        if (watcher.isSeeing()) {
            return Optional.empty();
        }
        return Optional.of(
                "the watcher of %s is blind since %s: %s"
                        .formatted(name, Wording.clock(watcher.since()), watcher.reason()));
    }

    private static boolean isUnknown(Subject subject, Situation situation) {
        return switch (subject.kind()) {
            case SERVICE -> situation.service(subject.name()) == null;
            case NODE -> situation.node(subject.name()) == null;
            case TASK, ALERT, WATCHER, REQUEST, CUSTOM, TRACKING, CLUSTER, RULE, DEPLOYMENT ->
                    false;
        };
    }
}

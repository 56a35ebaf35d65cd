package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What people were asked and what they said, as it was committed. What a person said is taken from
/// the inbox, not from what Homeostat made of it.
final class Questions {
    /// What an answer is about. People answer what they read, so the action is its text.
    record About(String incident, String wish, String subject, String action) {
        static About of(Decision decision, String action) {
            return new About(
                    decision.incident(),
                    decision.wish().getClass().getSimpleName(),
                    decision.subject().toString(),
                    action);
        }

        static About of(Approval approval) {
            return new About(
                    approval.incident(),
                    approval.wish().getClass().getSimpleName(),
                    approval.subject().toString(),
                    approval.action().text());
        }

        /// The same, whatever the parameters.
        About kind() {
            return new About(incident, wish, subject, "");
        }
    }

    /// A person's yes that counts.
    ///
    /// @param until how long it is good at most
    record Grant(About about, Instant until) {}

    /// What a turn made of one question.
    ///
    /// @param before as it was; null when it is new
    /// @param after as it is; null when it is over
    /// @param said the first answer in this turn that came in time; null when none did
    record Change(
            @Nullable Approval before,
            @Nullable Approval after,
            Signal.@Nullable ApprovalAnswered said) {}

    /// A time that nobody looked in.
    private record Pause(Instant from, Instant to) {}

    private final SortedMap<String, Approval> standing = new TreeMap<>();
    private final List<Pause> pauses = new ArrayList<>();
    private final Map<About, List<Grant>> grants = new HashMap<>();
    private final Set<About> rejected = new HashSet<>();
    private final Set<String> usedFor = new HashSet<>();
    private List<Change> changes = List.of();
    private Instant last = Time.BEGINNING;

    void seen(Turn turn, WitnessedStore store) {
        if (Duration.between(last, turn.at()).compareTo(World.LIMITS.gap()) > 0) {
            pauses.add(new Pause(last, turn.at()));
        }
        last = turn.at();
        SortedMap<String, Approval> before = new TreeMap<>(standing);
        update(turn);
        SortedMap<String, Signal.ApprovalAnswered> said = said(turn, store, before);
        SortedSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(standing.keySet());
        List<Change> found = new ArrayList<>();
        for (String key : keys) {
            Approval old = before.get(key);
            Approval now = standing.get(key);
            Signal.ApprovalAnswered answer = said.get(key);
            if (old != null && answer != null) {
                count(old, answer, turn.at());
            }
            String undertaking = now == null ? null : now.usedFor();
            if (undertaking != null) {
                usedFor.add(undertaking);
            }
            if (answer != null || old == null || !old.equals(now)) {
                found.add(new Change(old, now, answer));
            }
        }
        changes = found;
    }

    private void update(Turn turn) {
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.Asked(Approval approval)) {
                standing.put(memo.key(), approval);
            }
        }
        for (Turn.Dropped dropped : turn.dropped()) {
            if (dropped.kind() == Memo.Asked.class) {
                standing.remove(dropped.key());
            }
        }
    }

    /// The first answer to each open question that came in time.
    private SortedMap<String, Signal.ApprovalAnswered> said(
            Turn turn, WitnessedStore store, SortedMap<String, Approval> before) {
        SortedMap<String, Signal.ApprovalAnswered> said = new TreeMap<>();
        for (long id : turn.taken()) {
            if (!(store.signal(id) instanceof Signal.ApprovalAnswered answer)) {
                continue;
            }
            before.forEach((key, asked) -> {
                if (asked.state() == Approval.State.ASKED
                        && asked.wasAskedBy(answer.decision())
                        && answer.at().isBefore(latest(asked.expires()))) {
                    said.putIfAbsent(key, answer);
                }
            });
        }
        return said;
    }

    private void count(Approval asked, Signal.ApprovalAnswered answer, Instant at) {
        About about = About.of(asked);
        if (answer.granted()) {
            Instant until = at.plus(World.LIMITS.safety().approvalFor());
            grants.computeIfAbsent(about, _ -> new ArrayList<>()).add(new Grant(about, until));
        } else {
            rejected.add(about.kind());
        }
    }

    // --- what was witnessed ---

    /// What the last turn changed.
    List<Change> changes() {
        return changes;
    }

    /// The questions that are not over.
    List<Approval> standing() {
        return List.copyOf(standing.values());
    }

    List<Grant> grants(About about) {
        return grants.getOrDefault(about, List.of());
    }

    /// True when a person rejected its kind in that incident, in time and before anybody approved.
    boolean isRejected(About about) {
        return rejected.contains(about.kind());
    }

    /// True when what a person approved was recorded as used for that action.
    boolean isUsedFor(Undertaking undertaking) {
        return usedFor.contains(undertaking.id());
    }

    /// What ends in a time that nobody looked in ends that much later.
    Instant latest(Instant due) {
        Instant latest = due;
        for (Pause pause : pauses) {
            if (latest.isAfter(pause.from()) && !latest.isAfter(pause.to())) {
                latest = latest.plus(Duration.between(pause.from(), pause.to()));
            }
        }
        return latest;
    }
}

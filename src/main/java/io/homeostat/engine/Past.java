package io.homeostat.engine;

import io.homeostat.action.Undertaking;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Limits;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// What was recorded, to be gone through again turn by turn in their order. Thread-safe.
public interface Past {
    /// How much can be gone through; empty when no turn was recorded since.
    Optional<Extent> extent(Instant since) throws StoreException;

    /// What was known of the world when this turn had been committed: the newest of each key.
    List<Memo> knownAfter(long turn) throws StoreException;

    /// What was known of the world at this instant.
    List<Memo> knownAt(Instant at) throws StoreException;

    /// Turns after this one in their order, so many at most; none when it was the last.
    List<Recorded> turnsAfter(long turn, int most) throws StoreException;

    /// What was done to the cluster from this turn on, each as it ended, in the order in which it
    /// was planned.
    List<Undertaking> actionsAfter(long turn) throws StoreException;

    /// The incidents that were open at some time since then, oldest first.
    List<Incident> incidentsSince(Instant since) throws StoreException;

    /// What decided beside the rules when Homeostat last ran; empty when that was not recorded.
    Optional<Terms> terms() throws StoreException;

    /// A stretch of history.
    ///
    /// @param before the last turn before it
    /// @param from the instant of its first turn, or from which on all facts are known
    /// @param last the number of its last turn
    /// @param turns how many turns are in it
    record Extent(long before, Instant from, long last, Instant to, long turns) {}

    /// A turn as it was recorded.
    ///
    /// @param looks the kinds of looks that went into it
    /// @param signals the durable signals that it took, in its order
    /// @param kept what was known of the world where that had changed
    /// @param dropped what was no longer known of it
    record Recorded(
            long number,
            Instant at,
            List<String> looks,
            List<Signal.Durable> signals,
            List<Memo> kept,
            List<Turn.Dropped> dropped,
            List<Decision> decisions) {
        public Recorded {
            looks = List.copyOf(looks);
            signals = List.copyOf(signals);
            kept = List.copyOf(kept);
            dropped = List.copyOf(dropped);
            decisions = List.copyOf(decisions);
        }
    }

    /// What decides beside the rules.
    record Terms(
            Limits limits,
            AlertSubjects subjects,
            SortedSet<String> observedSeverities,
            SortedSet<String> observedNames) {
        public Terms {
            observedSeverities = Sorted.copy(observedSeverities);
            observedNames = Sorted.copy(observedNames);
        }
    }

    /// True for what comes of looking at the world, and not of what was concluded from it: facts,
    /// what Alertmanager said of alerts, which specifications have proven good, and what people and
    /// deployments changed.
    static boolean isOfTheWorld(Class<? extends Memo> kind, String key) {
        return kind == Memo.Known.class
                || kind == Memo.AlertMemory.class
                || kind == Memo.Proven.class
                || (kind == Memo.Mark.class && Marks.isOfOthers(key));
    }
}

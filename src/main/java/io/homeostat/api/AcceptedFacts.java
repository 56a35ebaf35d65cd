package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which custom facts there are: those that the engine holds, and those that are on disk and that
/// it has not read yet. Without these, many that come at once would slip past the bound.
/// Thread-safe.
@Singleton
class AcceptedFacts {
    private final EngineLoop loop;
    private final Map<Subject, Instant> unread = new HashMap<>();

    AcceptedFacts(EngineLoop loop) {
        this.loop = loop;
    }

    /// Takes a place for a fact that is going to be accepted.
    ///
    /// @param most how many there may be
    /// @param until when it is forgotten
    /// @return false when there are as many already; its place is then not taken
    synchronized boolean place(Subject fact, int most, Instant until, Instant now) {
        Set<Subject> there = there(now);
        if (!there.contains(fact) && there.size() >= most) {
            return false;
        }
        unread.put(fact, until);
        return true;
    }

    /// True when it is held, or will be as soon as the engine has read it.
    synchronized boolean isThere(Subject fact, Instant now) {
        return there(now).contains(fact);
    }

    /// It was not accepted after all, or is removed.
    synchronized void free(Subject fact) {
        unread.remove(fact);
    }

    private Set<Subject> there(Instant now) {
        Set<Subject> there = new HashSet<>();
        for (Fact fact : loop.picture().facts()) {
            if (fact instanceof CustomFact held) {
                there.add(held.subject());
            }
        }
        unread.entrySet()
                .removeIf(each -> there.contains(each.getKey()) || !now.isBefore(each.getValue()));
        there.addAll(unread.keySet());
        return there;
    }
}

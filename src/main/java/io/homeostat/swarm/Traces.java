package io.homeostat.swarm;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The hashes of specifications that we sent and have not seen arrive. Thread-safe.
///
/// Each counts once: when a person later brings the same specification about, it is theirs.
final class Traces {
    private static final int MOST = 10_000;

    private final SequencedSet<String> waiting = new LinkedHashSet<>();

    synchronized void add(String hash) {
        waiting.addLast(hash);
        if (waiting.size() > MOST) {
            waiting.removeFirst();
        }
    }

    synchronized void addAll(Collection<String> hashes) {
        hashes.forEach(this::add);
    }

    /// What was not sent after all cannot arrive.
    synchronized void forget(String hash) {
        waiting.remove(hash);
    }

    /// True when we sent it, and only for the first asking.
    synchronized boolean arrived(String hash) {
        return waiting.remove(hash);
    }
}

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
    private final SequencedSet<String> settled = new LinkedHashSet<>();

    /// It is about to be sent.
    synchronized void sending(String hash) {
        settled.remove(hash);
        remember(waiting, hash);
    }

    /// They were sent, maybe by a process before this one. Saying it again changes nothing.
    synchronized void recognise(Collection<String> hashes) {
        for (String hash : hashes) {
            if (!settled.contains(hash)) {
                remember(waiting, hash);
            }
        }
    }

    /// It was not taken, so it cannot arrive.
    synchronized void refused(String hash) {
        arrived(hash);
    }

    /// True when we sent it, and only for the first asking.
    synchronized boolean arrived(String hash) {
        remember(settled, hash);
        return waiting.remove(hash);
    }

    private static void remember(SequencedSet<String> hashes, String hash) {
        hashes.addLast(hash);
        if (hashes.size() > MOST) {
            hashes.removeFirst();
        }
    }
}

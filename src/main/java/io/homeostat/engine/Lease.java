package io.homeostat.engine;

import java.time.Duration;
import java.time.Instant;

/// The right to act on a cluster, which one process at a time has: two processes on two sides of a
/// partition must never both write. Thread-safe; asking is cheap and never blocks.
@FunctionalInterface
public interface Lease {
    /// For a cluster that only this process can reach.
    Lease UNSHARED = () -> new Standing.Ours(0, Duration.ofDays(365));

    /// Where the right to act is at this instant, as far as this process can tell.
    Standing standing();

    /// Where the right to act is.
    sealed interface Standing {
        /// It as a person reads it.
        String text();

        /// We have it.
        ///
        /// @param epoch rises by one whenever it passes to another process
        /// @param left how long it is ours from now on, by a clock that nobody can set; afterwards
        ///   another process may have it
        record Ours(long epoch, Duration left) implements Standing {
            @Override
            public String text() {
                return "this process leads (epoch %d)".formatted(epoch);
            }
        }

        /// It cannot be told who has it: it was not asked for yet, or could not be renewed in time.
        /// We go on looking and telling people, and send nothing to the cluster.
        ///
        /// @param reason why, in a sentence
        record Unsure(String reason) implements Standing {
            @Override
            public String text() {
                return "nobody can tell who leads: " + reason;
            }
        }

        /// Another process has it. We take signals in and do nothing else.
        ///
        /// @param holder the other process, as it names itself
        /// @param since since when we know
        record Elsewhere(String holder, Instant since) implements Standing {
            @Override
            public String text() {
                return "%s leads; this process waits since %s".formatted(holder, since);
            }
        }
    }
}

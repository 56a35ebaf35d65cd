package io.homeostat.store;

import io.homeostat.engine.StoreException;
import io.homeostat.engine.StoreState.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether writing fails, since when and why. It is said when it begins, again each minute as long
/// as it lasts, and when it is over: not for each write, for there may be thousands, and not each
/// time when a disk that is nearly full takes the small and refuses the large.
///
/// Told by the writer's thread, read by all.
final class Sickbed {
    private static final System.Logger LOG = System.getLogger(Sickbed.class.getName());
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final InstantSource clock;
    private volatile @Nullable Trouble trouble;
    private Instant saidAt = Instant.MIN;
    private boolean said;
    private long failures;

    Sickbed(InstantSource clock) {
        this.clock = clock;
    }

    Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    boolean isWell() {
        return trouble == null;
    }

    /// The disk refused to write, and nothing of it was confirmed.
    void failed(StoreException why) {
        Instant now = clock.instant();
        Trouble before = trouble;
        Instant since = before == null ? now : before.since();
        String reason = String.valueOf(why.getMessage());
        trouble = new Trouble(since, reason);
        failures++;
        if (!now.isBefore(saidAt.plus(AGAIN))) {
            saidAt = now;
            said = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "nothing can be written since {0}, {1} writes were refused: {2}; alerts are not confirmed and no action is begun until it can",
                    since,
                    failures,
                    reason);
        }
    }

    /// Something was written.
    void succeeded() {
        Trouble before = trouble;
        if (before == null) {
            return;
        }
        trouble = null;
        if (said) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "it can be written again, after {0} s and {1} refused writes",
                    Duration.between(before.since(), clock.instant()).toSeconds(),
                    failures);
        }
        said = false;
        failures = 0;
    }
}

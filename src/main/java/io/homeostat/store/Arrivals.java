package io.homeostat.store;

import io.homeostat.engine.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest signals that are on disk and that no turn has taken yet, so that what has just been
/// written need not be read and parsed again. It only saves work: what is not in here is read from
/// the disk.
///
/// It holds no more than a few megabytes: under a storm the disk is the queue. Thread-safe.
final class Arrivals {
    /// So many characters of JSON all that is held may have.
    private static final long MOST_CHARACTERS = 8 << 20;

    private record Held(Signal.Durable signal, int characters) {}

    /// Asked only for one ID at a time.
    private final Map<Long, Held> held = new HashMap<>();

    private long characters;
    private long lastTaken;

    /// Holds a signal that was just committed, if there is room.
    ///
    /// @param size how long its JSON is, in characters
    synchronized void hold(long id, Signal.Durable signal, int size) {
        // A turn that was quicker may have read it from the disk and taken it already.
        if (id > lastTaken && characters + size <= MOST_CHARACTERS) {
            held.put(id, new Held(signal, size));
            characters += size;
        }
    }

    synchronized Signal.@Nullable Durable get(long id) {
        Held found = held.get(id);
        return found == null ? null : found.signal();
    }

    /// Lets go of what a turn has taken, or what was put aside.
    synchronized void letGo(List<Long> ids) {
        for (long id : ids) {
            Held gone = held.remove(id);
            if (gone != null) {
                characters -= gone.characters();
            }
            lastTaken = Math.max(lastTaken, id);
        }
    }
}

package io.homeostat.standin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// Stops one call to a stand-in, before or after it is carried out, until a test says how it goes
/// on. Later calls pass.
public final class Gate {
    /// Where the call stops.
    public enum Place {
        BEFORE_IT_IS_TAKEN,
        AFTER_IT_WAS_TAKEN
    }

    /// How one call goes past the gate; each asking may wait.
    interface Passage {
        /// False when the call is not to be carried out.
        boolean before();

        /// False when it is not to be answered.
        boolean after();
    }

    private static final Passage FREE =
            new Passage() {
                @Override
                public boolean before() {
                    return true;
                }

                @Override
                public boolean after() {
                    return true;
                }
            };

    private final String text;
    private final Place place;
    private final AtomicBoolean spent;
    private final CompletableFuture<String> reached = new CompletableFuture<>();
    private final CompletableFuture<Boolean> goesOn = new CompletableFuture<>();

    private Gate(String text, Place place, boolean spent) {
        this.text = text;
        this.place = place;
        this.spent = new AtomicBoolean(spent);
    }

    static Gate open() {
        return new Gate("", Place.BEFORE_IT_IS_TAKEN, true);
    }

    /// @param text what the path of the call contains
    static Gate closed(String text, Place place) {
        return new Gate(text, place, false);
    }

    /// True once a call stands before the gate.
    public boolean isReached() {
        return reached.isDone();
    }

    /// Lets the call go on as if nothing had been.
    public void pass() {
        goesOn.complete(true);
    }

    /// Ends the connection. Before the call was taken it never will be.
    public void drop() {
        goesOn.complete(false);
    }

    Passage approach(String path) {
        if (!path.contains(text) || !spent.compareAndSet(false, true)) {
            return FREE;
        }
        return new Passage() {
            @Override
            public boolean before() {
                return place != Place.BEFORE_IT_IS_TAKEN || stop(path);
            }

            @Override
            public boolean after() {
                return place != Place.AFTER_IT_WAS_TAKEN || stop(path);
            }
        };
    }

    private boolean stop(String path) {
        reached.complete(path);
        return goesOn.join();
    }
}

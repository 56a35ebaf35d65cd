package io.homeostat.engine;

import java.util.Collections;
import java.util.SortedSet;

/// Builds engines as the loop does, for tests that play the loop themselves.
public final class Rebuilt {
    private Rebuilt() {}

    /// An engine that goes on from what the store remembers, in a process in which these actions
    /// are still being carried out.
    public static Engine engine(
            Engine.Charter charter, Journal.Recovered recovered, SortedSet<String> inHand) {
        Engine engine = new Engine(charter, recovered, Collections.emptySortedMap());
        engine.continuing(inHand);
        return engine;
    }
}

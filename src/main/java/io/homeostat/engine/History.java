package io.homeostat.engine;

import io.homeostat.action.Undertaking;
import io.homeostat.guard.Decision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was decided and done, for questions that no page of it answers. Thread-safe.
public interface History {
    /// The decision of this ID; null when it is not known, or forgotten.
    @Nullable Decision decision(String id) throws StoreException;

    /// The action of this ID as it was last recorded; null when it is not known, or forgotten.
    @Nullable Undertaking action(String id) throws StoreException;

    /// What would have been done, had it been allowed to act by itself: the most frequent first.
    ///
    /// @param since decisions from this instant on
    List<Shadowed> shadowed(Instant since) throws StoreException;

    /// One action that would have been done, however often its decision was recorded.
    ///
    /// @param rule the rules that wished it, joined by `, `
    /// @param subject what it is about, as text
    /// @param action the action as a person reads it, with its parameters
    /// @param verdict the verdict that would have been
    /// @param incidents in how many incidents
    /// @param first when it was first decided
    /// @param last when it was last decided
    record Shadowed(
            String rule,
            String subject,
            String action,
            String verdict,
            int incidents,
            Instant first,
            Instant last) {}
}

package io.homeostat.engine;

import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How one rulebook takes the place of another while the loop runs: it is prepared on its caller's
/// thread, waits here, and takes over when the engine's thread comes round between two turns.
/// Thread-safe; nobody waits for a lock.
public final class Succession {
    /// @param text what timelines say of it
    /// @param done how long the engine stood still, once it has taken over
    record Next(Candidate candidate, String text, CompletableFuture<Duration> done) {}

    private final Supplier<Picture> picture;
    private final Runnable wake;
    private final AtomicReference<@Nullable Next> waiting = new AtomicReference<>();
    private volatile Engine.Charter charter;
    private volatile String refusal = "";
    private volatile boolean closed;

    /// @param wake has the engine's thread come round soon
    Succession(Engine.Charter charter, Supplier<Picture> picture, Runnable wake) {
        this.charter = charter;
        this.picture = picture;
        this.wake = wake;
    }

    /// The rulebook in force.
    public Rulebook rulebook() {
        return charter.rulebook();
    }

    /// Prepares a rulebook to take over.
    ///
    /// @throws io.homeostat.rules.RuleThrew when a rule that is new or changed throws on the facts
    ///   of now
    public Candidate candidate(Rulebook rulebook) {
        return Candidate.of(rulebook, rulebook(), picture.get(), charter.limits().safety().zone());
    }

    /// Lets a candidate take over between two turns, and in every engine that is built from then
    /// on. Afterwards, whatever came of it, it has to be closed.
    ///
    /// @param text what timelines say of it
    /// @return how long the engine stood still for it
    public CompletableFuture<Duration> adopt(Candidate candidate, String text) {
        Next next = new Next(candidate, text, new CompletableFuture<>());
        refuse(waiting.getAndSet(next), "another rulebook came after it");
        if (closed) {
            close();
        }
        wake.run();
        return next.done();
    }

    /// Takes a candidate back.
    ///
    /// @return false when it does not wait any more: it has taken over, or does so now
    public boolean withdraw(Candidate candidate) {
        Next next = waiting.get();
        return next != null && next.candidate() == candidate && waiting.compareAndSet(next, null);
    }

    /// Has people told that the newest rules are not in force, once for each reason.
    ///
    /// @param reason empty when they are in force
    public void refused(String reason) {
        refusal = reason;
        wake.run();
    }

    Engine.Charter charter() {
        return charter;
    }

    String refusal() {
        return refusal;
    }

    /// Lets the one that waits take over; on the engine's thread, between two turns.
    ///
    /// @return it; null when none waits
    @Nullable Next takeOver(@Nullable Engine engine) {
        Next next = waiting.get() == null ? null : waiting.getAndSet(null);
        if (next == null) {
            return null;
        }
        try {
            if (engine != null) {
                engine.swap(next.candidate(), next.text());
            }
        } catch (RuntimeException broken) {
            // The engine still has its own session, and goes on with it.
            next.done().completeExceptionally(broken);
            return null;
        }
        charter = charter.with(next.candidate().rulebook());
        return next;
    }

    /// Nobody comes round any more.
    void close() {
        closed = true;
        refuse(waiting.getAndSet(null), "Homeostat stops");
    }

    private static void refuse(@Nullable Next next, String reason) {
        if (next != null) {
            next.done().completeExceptionally(new CancellationException(reason));
        }
    }
}

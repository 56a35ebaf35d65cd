package io.homeostat.replay;

import io.homeostat.engine.Past;
import io.homeostat.engine.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Replays beside a running engine: one at a time, on a thread of its own, and not for ever.
public final class Replays {
    private final Past past;
    private final Supplier<SortedMap<String, String>> rules;
    private final Duration longest;
    private final InstantSource clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    /// @param rules the rules that are in use
    /// @param longest what takes longer is ended, and its report says so
    public Replays(
            Past past,
            Supplier<SortedMap<String, String>> rules,
            Duration longest,
            InstantSource clock) {
        this.past = past;
        this.rules = rules;
        this.longest = longest;
        this.clock = clock;
    }

    /// Begins a replay; empty when one is under way.
    ///
    /// @param back how far back from the last turn
    /// @param files the rules; null for those in use
    public Optional<CompletableFuture<ReplayReport>> begin(
            Duration back, @Nullable SortedMap<String, String> files) {
        if (!busy.compareAndSet(false, true)) {
            return Optional.empty();
        }
        CompletableFuture<ReplayReport> report = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("homeostat-replay")
                .start(() -> run(back, files == null ? rules.get() : files, report));
        return Optional.of(report);
    }

    private void run(
            Duration back,
            SortedMap<String, String> files,
            CompletableFuture<ReplayReport> report) {
        Instant end = clock.instant().plus(longest);
        try {
            ReplayReport made =
                    Replay.of(past, files).run(back, (_, _) -> clock.instant().isBefore(end));
            busy.set(false);
            report.complete(made);
        } catch (StoreException | ReplayFault | RuntimeException failed) {
            busy.set(false);
            report.completeExceptionally(failed);
        }
    }
}

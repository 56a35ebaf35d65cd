package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.action.Expectation;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.scenario.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// While nothing can be written, nothing is done.
class UnrecordedStartTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void anActionWhoseStartCannotBeRecordedIsNotSent() throws Exception {
        Effects effects =
                new Effects(
                        this::perform,
                        (_, _) -> new Report.Failed("nobody is told here"),
                        store,
                        new FullJournal(store),
                        new Effects.Gate(Optional::empty, Lease.UNSHARED, Duration.ofSeconds(10)),
                        InstantSource.fixed(NOW),
                        new Silent(),
                        Duration.ofMillis(10));

        effects.release(planned(), () -> Picture.NOTHING, () -> {});

        await().until(() -> !store.unread(1).isEmpty());
        assertThat(store.unread(1).getFirst().signal())
                .isInstanceOfSatisfying(
                        Signal.ActionReported.class,
                        it ->
                                assertThat(it.report())
                                        .isEqualTo(
                                                new Report.Withheld(
                                                        "its start could not be recorded: the disk is full")));
        assertThat(sent).hasValue(0);
        assertThat(effects.close(Duration.ofSeconds(5))).isTrue();
    }

    /// As actuators do it: nothing leaves before it is cleared.
    private Report perform(Action.OnSwarm action, Clearance clearance) throws InterruptedException {
        Optional<String> refusal = clearance.request("trace");
        if (refusal.isPresent()) {
            return new Report.Withheld(refusal.get());
        }
        sent.incrementAndGet();
        return new Report.Lost("sent: " + action.text());
    }

    private static Undertaking planned() {
        return new Undertaking(
                "a1.0",
                "d1.0",
                "i1",
                "Scale up",
                new Action.ScaleService("shop_web", 2, 3),
                null,
                1,
                Undertaking.State.PLANNED,
                NOW,
                NOW.plusSeconds(30),
                new Expectation.Delivered(NOW.plusSeconds(60)),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /// Refuses to record a start.
    private record FullJournal(Journal sound) implements Journal {
        @Override
        public void started(String undertaking, Instant at, String trace) throws StoreException {
            throw new StoreException("the disk is full");
        }

        @Override
        public void commit(Turn turn) throws StoreException {
            sound.commit(turn);
        }

        @Override
        public Recovered recover() throws StoreException {
            return sound.recover();
        }

        @Override
        public void quarantine(long inboxId, String reason, Instant at) throws StoreException {
            sound.quarantine(inboxId, reason, at);
        }

        @Override
        public Page page(
                String kind, Map<String, String> filter, @Nullable String before, int limit)
                throws StoreException {
            return sound.page(kind, filter, before, limit);
        }

        @Override
        public void keepRulebook(String hash, Map<String, String> sources, Instant at)
                throws StoreException {
            sound.keepRulebook(hash, sources, at);
        }
    }

    private static final class Silent implements Observer {
        @Override
        public void turned(Turn turn, int signals, Duration took) {}

        @Override
        public void rebuilt(String reason) {}

        @Override
        public void quarantined(String reason) {}

        @Override
        public void reported(String kind, String report, Duration took) {}
    }
}

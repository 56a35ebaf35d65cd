package io.homeostat.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplaysTest {
    private static final String RULE =
            """
            rule "restart when stuck"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, name == "Stuck", $service : service != null )
            then
                insertLogical( restart( $service ).because( $alert ) );
            end
            """;

    private Recording recording;

    @BeforeEach
    void record() throws Exception {
        recording = new Recording(RULE);
        recording.pass(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() throws Exception {
        recording.close();
    }

    @Test
    void doesOneAtATime() throws Exception {
        CountDownLatch until = new CountDownLatch(1);
        Replays replays =
                new Replays(
                        recording.store.past(),
                        () -> Recording.rules(RULE),
                        Duration.ofMinutes(1),
                        () -> {
                            await(until);
                            return Recording.BEGIN;
                        });

        CompletableFuture<ReplayReport> first =
                replays.begin(Duration.ofDays(1), null).orElseThrow();
        assertThat(replays.begin(Duration.ofDays(1), null)).isEmpty();
        until.countDown();

        assertThat(first.get(30, TimeUnit.SECONDS).turns()).isPositive();
        assertThat(replays.begin(Duration.ofDays(1), null).orElseThrow().get(30, TimeUnit.SECONDS))
                .isEqualTo(first.get());
    }

    @Test
    void endsWhatTakesTooLongAndSaysSo() throws Exception {
        Instant[] now = {Recording.BEGIN};
        Replays replays =
                new Replays(
                        recording.store.past(),
                        () -> Recording.rules(RULE),
                        Duration.ofMillis(1),
                        () -> {
                            now[0] = now[0].plusMillis(1);
                            return now[0];
                        });

        ReplayReport report =
                replays.begin(Duration.ofDays(1), null).orElseThrow().get(30, TimeUnit.SECONDS);

        assertThat(report.turns()).isZero();
        assertThat(report.remarks()).anyMatch(remark -> remark.contains("was ended before"));
    }

    @Test
    void isFreeAgainAfterAFault() throws Exception {
        Replays replays =
                new Replays(
                        recording.store.past(),
                        () -> Recording.rules("rule nonsense"),
                        Duration.ofMinutes(1),
                        () -> Recording.BEGIN);

        assertThatThrownBy(() ->
                        replays.begin(Duration.ofDays(1), null)
                                .orElseThrow()
                                .get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ReplayFault.class);
        assertThat(replays.begin(Duration.ofDays(1), Recording.rules(RULE))).isPresent();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Inbox.Received;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Specifications;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.guard.KnownGood;
import io.homeostat.incident.Incident;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {
    private static final long MEGABYTE = 1L << 20;
    private static final Duration HOUR = Duration.ofHours(1);

    private static final StoreLimits LIMITS =
            new StoreLimits(
                    100,
                    10,
                    Duration.ofDays(30),
                    Duration.ofDays(90),
                    100 * MEGABYTE,
                    HOUR,
                    Duration.ofDays(1),
                    7,
                    Duration.ZERO);

    @TempDir Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Turns.at(0));
    private final InstantSource clock = now::get;
    private SqlStore store;
    private long turn;

    @BeforeEach
    void open() throws StoreException {
        store = SqlStore.open(directory, "test", LIMITS, clock);
    }

    private void reopen(StoreLimits limits) throws StoreException {
        store.close();
        store = SqlStore.open(directory, "test", limits, clock);
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    // --- by age ---

    @Test
    void forgetsWhatIsOlderThanItIsKept() throws Exception {
        for (int i = 0; i < 30; i++) {
            busyTurn();
        }
        pass(Duration.ofDays(29));
        busyTurn();
        assertThat(sweep()).as("nothing is old yet").isZero();

        pass(Duration.ofDays(2));

        assertThat(sweep()).isEqualTo(30 * 4);
        assertThat(count("inbox")).isEqualTo(1);
        assertThat(count("line")).isEqualTo(1);
        assertThat(count("decision")).isEqualTo(1);
        assertThat(count("turn")).isEqualTo(1);
        assertThat(sweep()).isZero();
    }

    @Test
    void neverForgetsTheCurrentStateNorItsPlaceInHistory() throws Exception {
        commit(turn().keeping(new Memo.Count("a", 1)));
        pass(Duration.ofDays(400));

        sweep();

        assertThat(store.recover().turn()).isEqualTo(1);
        assertThat(store.recover().records()).containsExactly(new Memo.Count("a", 1));
        commit(turn());
        long id = store.accept(Turns.signal("a"));
        assertThat(store.unread(9)).extracting(Received::id).containsExactly(id);
    }

    @Test
    void neverForgetsASignalThatNoTurnHasTaken() throws Exception {
        long unread = store.accept(Turns.signal("a"));
        busyTurnTaking(store.accept(Turns.signal("b")));
        pass(Duration.ofDays(400));

        sweep();

        assertThat(store.unread(9)).extracting(Received::id).containsExactly(unread);
        assertThat(count("inbox")).isEqualTo(1);
    }

    @Test
    void keepsWhatWasPutAsideForALongerTime() throws Exception {
        long poison = store.accept(Turns.signal("a"));
        store.quarantine(poison, "it fails", now.get());
        pass(Duration.ofDays(89));
        sweep();
        assertThat(count("inbox")).isEqualTo(1);

        pass(Duration.ofDays(2));
        sweep();

        assertThat(count("inbox")).isZero();
    }

    @Test
    void keepsAnOpenIncidentAndAllThatBelongsToIt() throws Exception {
        commit(
                turn().keeping(new Memo.Open(Turns.incident()))
                        .deciding("dec-1")
                        .undertaking(
                                Turns.planned("act-1", "demo_web")
                                        .ended(now.get(), new Outcome.Healed("fine")))
                        .lineOf("inc-1", "scaled"));
        commit(turn());
        pass(Duration.ofDays(400));

        assertThat(sweep()).isZero();
        Incident resolved = Turns.resolved(now.get());
        commit(turn().keeping(new Memo.Open(resolved)));
        pass(Duration.ofDays(29));
        assertThat(sweep()).as("its story is told as long as it is kept").isEqualTo(1);
        pass(Duration.ofDays(2));

        sweep();

        for (String table : List.of("incident", "decision", "action", "line")) {
            assertThat(count(table)).as(table).isZero();
        }
        assertThat(count("turn")).isEqualTo(1);
    }

    @Test
    void keepsAnActionThatIsNotFinalAndTheDecisionBehindIt() throws Exception {
        commit(
                turn().deciding("dec-1")
                        .deciding("dec-2")
                        .undertaking(Turns.planned("act-1", "demo_web")));
        commit(turn());
        pass(Duration.ofDays(400));

        sweep();

        assertThat(store.page("action", Map.of(), null, 9).items()).hasSize(1);
        assertThat(store.page("decision", Map.of(), null, 9).items())
                .singleElement()
                .asString()
                .contains("dec-1");
        store.started("act-1", now.get(), "hash");
    }

    @Test
    void keepsTheRulebooksThatAKeptTurnNamesAndTheOneInUse() throws Exception {
        store.keepRulebook("old", Map.of("a.drl", "rule"), now.get());
        store.keepRulebook(Turns.RULEBOOK, Map.of("a.drl", "rule"), now.get());
        pass(Duration.ofDays(20));
        commit(turn());
        pass(Duration.ofDays(20));
        store.keepRulebook("new", Map.of("a.drl", "rule"), now.get());

        sweep();
        assertThat(count("rulebook")).isEqualTo(2);
        pass(Duration.ofDays(400));
        sweep();

        assertThat(count("rulebook")).as("the last turn names one").isEqualTo(2);
    }

    @Test
    void forgetsASpecificationThatNothingNamesAnyMore() throws Exception {
        store.keep(
                List.of(
                        new Specifications.Seen("shop_api", "c-old", "{}"),
                        new Specifications.Seen("shop_api", "c-good", "{}"),
                        new Specifications.Seen("shop_api", "c-before", "{}"),
                        new Specifications.Seen("shop_api", "c-now", "{}"),
                        new Specifications.Seen("shop_api", "c-wanted", "{}")),
                now.get());
        commit(
                turn().keeping(
                                new Memo.Proven(
                                        "shop_api",
                                        new KnownGood("c-good", "api:1", now.get()),
                                        new KnownGood("c-before", "api:0", now.get()),
                                        new Memo.Trial(
                                                "c-now", now.get(), null, new TreeSet<>(), null)))
                        .keeping(new Memo.Undertaken(rollingBackTo("c-wanted"))));
        pass(Duration.ofDays(29));
        sweep();
        assertThat(count("specification")).as("nothing is old yet").isEqualTo(5);
        pass(Duration.ofDays(400));
        store.keep(List.of(new Specifications.Seen("shop_web", "c-web", "{}")), now.get());

        sweep();

        assertThat(store.specification("c-old")).isNull();
        for (String named : List.of("c-good", "c-before", "c-now", "c-wanted", "c-web")) {
            assertThat(store.specification(named)).as(named).isNotNull();
        }
    }

    private static Undertaking rollingBackTo(String content) {
        return Turns.planned(
                "act-1", "shop_api", new Action.RollbackService("shop_api", "now", content));
    }

    // --- by size ---

    @Test
    void forgetsTheOldestEarlyWhenTheDatabaseGrowsTooLarge() throws Exception {
        reopen(LIMITS.keeping(Duration.ofDays(30), MEGABYTE, HOUR));
        for (int i = 0; i < 40; i++) {
            largeTurn();
            pass(HOUR);
        }
        long before = store.bytes();
        assertThat(before).isGreaterThan(2 * MEGABYTE);

        assertThat(sweep()).isPositive();

        assertThat(store.bytes()).isLessThanOrEqualTo(MEGABYTE);
        assertThat(store.warning()).isEmpty();
        List<Long> left = turns();
        assertThat(left).as("the youngest stay").contains(40L).doesNotContain(1L);
        assertThat(left).as("no more than needed goes").hasSizeGreaterThan(5);
        assertThat(fileSize()).as("freed pages are given back").isLessThan(before);
    }

    @Test
    void saysThatItCannotShrinkWhenAllIsYoung() throws Exception {
        reopen(LIMITS.keeping(Duration.ofDays(30), MEGABYTE, HOUR));
        for (int i = 0; i < 40; i++) {
            largeTurn();
            pass(Duration.ofMinutes(1));
        }

        assertThat(sweep()).isZero();

        assertThat(store.warning())
                .hasValueSatisfying(text ->
                        assertThat(text).contains("cannot shrink", "homeostat.history.megabytes"));
        pass(Duration.ofHours(2));
        sweep();
        assertThat(store.warning()).isEmpty();
    }

    // --- beside other work ---

    @Test
    void letsOthersWriteBetweenItsSteps() throws Exception {
        for (int i = 0; i < 60; i++) {
            busyTurn();
        }
        pass(Duration.ofDays(31));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> swept = threads.submit((Callable<Long>) this::sweep);
            int accepted = 0;
            do {
                store.accept(Turns.signal("during"));
                accepted++;
            } while (!swept.isDone());

            assertThat(swept.get()).isGreaterThanOrEqualTo(59 * 4);
            assertThat(store.unread(1 + accepted)).hasSize(accepted);
        }
    }

    @Test
    void looksForOldHistoryByItself() throws Exception {
        reopen(
                new StoreLimits(
                        100,
                        10,
                        Duration.ofDays(30),
                        Duration.ofDays(90),
                        100 * MEGABYTE,
                        HOUR,
                        Duration.ofMillis(20),
                        7,
                        Duration.ZERO));
        busyTurn();
        busyTurn();
        pass(Duration.ofDays(31));

        Awaitility.await().until(() -> count("line") == 0);
    }

    // --- what the tests are made of ---

    private Turns turn() {
        return Turns.turn(++turn).at(now.get());
    }

    private void commit(Turns turn) throws StoreException {
        Turn done = turn.done();
        store.commit(done);
    }

    private void busyTurn() throws StoreException {
        busyTurnTaking(store.accept(Turns.signal("a")));
    }

    private void busyTurnTaking(long signal) throws StoreException {
        commit(turn().taking(signal).deciding("dec-" + turn).line("service/a", "seen"));
    }

    private void largeTurn() throws StoreException {
        long signal = store.accept(Turns.signal("x".repeat(50_000)));
        commit(turn().taking(signal).line("service/a", "y".repeat(10_000)));
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private long sweep() throws StoreException, InterruptedException {
        return store.retention().sweep();
    }

    private long count(String table) throws StoreException {
        return store.writes()
                .write("count", session -> session.number("SELECT COUNT(*) FROM " + table));
    }

    private List<Long> turns() throws StoreException {
        return store.writes()
                .write(
                        "turns",
                        session ->
                                session.all(
                                        row -> row.getLong(1),
                                        "SELECT number FROM turn ORDER BY number"));
    }

    /// After what is in the log beside it has come into the database.
    private long fileSize() throws Exception {
        store.close();
        long size = Files.size(directory.resolve(Database.NAME));
        open();
        return size;
    }
}

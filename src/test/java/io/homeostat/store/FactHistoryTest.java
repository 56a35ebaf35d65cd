package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.engine.AlertSubjects;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Limits;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FactHistoryTest {
    @TempDir Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Turns.at(0));
    private SqlStore store;

    @BeforeEach
    void open() throws StoreException {
        store = SqlStore.open(directory, "test", now::get);
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    private static Memo seen(String watcher, long since) {
        return new Memo.Known(new Watcher(watcher, Watcher.Sight.SEEING, Turns.at(since), ""));
    }

    private static Turn.Dropped gone(String watcher) {
        return new Turn.Dropped(Memo.Known.class, "watcher/" + watcher);
    }

    @Test
    void tellsWhatWasKnownAtAnInstant() throws Exception {
        store.commit(Turns.turn(1).keeping(seen("a", 1)).keeping(seen("b", 1)).done());
        store.commit(Turns.turn(2).keeping(seen("a", 2)).done());
        store.commit(Turns.turn(3).dropping(gone("b")).done());

        assertThat(store.past().knownAt(Turns.at(0))).isEmpty();
        assertThat(store.past().knownAt(Turns.at(1))).containsExactly(seen("a", 1), seen("b", 1));
        assertThat(store.past().knownAt(Turns.at(2).plusMillis(1)))
                .containsExactly(seen("a", 2), seen("b", 1));
        assertThat(store.past().knownAt(Turns.at(99))).containsExactly(seen("a", 2));
    }

    @Test
    void tellsTurnByTurnWhatChangedAndWhichSignalsWereTakenInWhichOrder() throws Exception {
        long one = store.accept(Turns.signal("one"));
        long two = store.accept(Turns.signal("two"));
        store.commit(
                Turns.turn(1).taking(two).taking(one).keeping(seen("a", 1)).deciding("d1").done());
        store.commit(Turns.turn(2).dropping(gone("a")).done());
        store.commit(Turns.turn(3).line("", "nothing of the world").done());

        List<Past.Recorded> turns = store.past().turnsAfter(0, 2);

        assertThat(turns).extracting(Past.Recorded::number).containsExactly(1L, 2L);
        assertThat(turns.getFirst().signals())
                .containsExactly(Turns.signal("two"), Turns.signal("one"));
        assertThat(turns.getFirst().kept()).containsExactly(seen("a", 1));
        assertThat(turns.getFirst().decisions()).singleElement().extracting("id").isEqualTo("d1");
        assertThat(turns.getLast().dropped()).containsExactly(gone("a"));
        assertThat(store.past().turnsAfter(2, 9))
                .singleElement()
                .extracting("number")
                .isEqualTo(3L);
        assertThat(store.past().turnsAfter(3, 9)).isEmpty();
    }

    @Test
    void writesManyChangesOfOneTurn() throws Exception {
        Turns turn = Turns.turn(1);
        for (int i = 100; i < 150; i++) {
            turn.keeping(seen("w" + i, 1));
        }
        store.commit(turn.done());

        assertThat(store.past().knownAfter(1)).hasSize(50).isEqualTo(turn.done().kept());
    }

    @Test
    void keepsOfOldHistoryWhatIsStillKnown() throws Exception {
        store.commit(
                Turns.turn(1)
                        .keeping(seen("steady", 1))
                        .keeping(seen("moved", 1))
                        .keeping(seen("gone", 1))
                        .done());
        store.commit(Turns.turn(2).keeping(seen("moved", 2)).dropping(gone("gone")).done());
        Instant late = Turns.at(0).plus(Duration.ofDays(40));
        store.commit(Turns.turn(3).at(late).line("", "still there").done());
        now.set(late);

        store.retention().sweep();

        assertThat(store.past().knownAt(late)).containsExactly(seen("moved", 2), seen("steady", 1));
        assertThat(rows()).isEqualTo(2);
        assertThat(store.retention().sweep()).as("nothing is left to forget").isZero();
        assertThatThrownBy(() -> store.past().knownAt(Turns.at(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is forgotten");
        assertThat(store.past().extent(Instant.EPOCH).orElseThrow().from()).isEqualTo(late);
    }

    @Test
    void knowsWhatHasNotChangedSinceTurnsThatAreForgotten() throws Exception {
        store.commit(Turns.turn(1).keeping(seen("steady", 1)).done());
        store.commit(Turns.turn(2).line("", "nothing changes").done());
        Instant late = Turns.at(0).plus(Duration.ofDays(40));
        store.commit(Turns.turn(3).at(late).line("", "still there").done());
        now.set(late);

        store.retention().sweep();

        Past.Extent extent = store.past().extent(Instant.EPOCH).orElseThrow();
        assertThat(extent.turns()).isEqualTo(1);
        assertThat(store.past().knownAfter(extent.before())).containsExactly(seen("steady", 1));
    }

    @Test
    void beginsWithWhatIsKnownWhenADatabaseIsBroughtUpToDate() throws Exception {
        store.close();
        Path older = directory.resolve("older");
        older.toFile().mkdirs();
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + older.resolve(Database.NAME), null, null)
                .locations("classpath:db/migration")
                .target("3")
                .load()
                .migrate();
        Json json = new Json();
        sql(
                older,
                "INSERT INTO turn (cluster, number, at, wall_at, rulebook, code, taken, journalled)"
                        + " VALUES ('test', 7, %1$d, %1$d, 'r', 'c', '[]', '[]')"
                                .formatted(Micros.of(Turns.at(7))));
        for (Memo memo : List.of(seen("a", 1), seen("b", 1), new Memo.Count("c", 1))) {
            sql(
                    older,
                    "INSERT INTO memo (cluster, kind, key, version, body, turn) VALUES ('test',"
                            + " '%s', '%s', 2, '%s', 3)"
                                    .formatted(
                                            memo.getClass().getSimpleName(),
                                            memo.key(),
                                            json.write(memo)));
        }

        store = SqlStore.open(older, "test", now::get);
        store.commit(Turns.turn(8).dropping(gone("a")).done());

        assertThat(store.past().knownAt(Turns.at(7))).containsExactly(seen("a", 1), seen("b", 1));
        assertThat(store.past().knownAt(Turns.at(8))).containsExactly(seen("b", 1));
        assertThatThrownBy(() -> store.past().knownAt(Turns.at(6)))
                .isInstanceOf(StoreException.class);
        Past.Extent extent = store.past().extent(Instant.EPOCH).orElseThrow();
        assertThat(extent.before()).isEqualTo(7);
        assertThat(extent.turns()).isEqualTo(1);
    }

    @Test
    void isReadBesideAStoreInUseAndFromABackup() throws Exception {
        store.commit(Turns.turn(1).keeping(seen("a", 1)).done());
        Path copy = directory.resolve("copy.db");
        Backup.of(directory).write(copy, false);

        try (SqlPast beside = SqlPast.of(directory, "");
                SqlPast backup = SqlPast.of("jdbc:sqlite:" + copy, "")) {
            assertThat(beside.knownAfter(1)).containsExactly(seen("a", 1));
            assertThat(backup.knownAfter(1)).containsExactly(seen("a", 1));
        }
    }

    @Test
    void remembersTheLimitsThatDecided() throws Exception {
        Past.Terms terms =
                new Past.Terms(
                        Limits.DEFAULT,
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info")),
                        Sorted.copy(List.of("Watchdog")));

        assertThat(store.past().terms()).isEmpty();
        store.keepTerms(terms, Turns.at(1));

        assertThat(store.past().terms()).contains(terms);
    }

    @Test
    void refusesLimitsThatMissAPart() throws Exception {
        sql(
                directory,
                "INSERT INTO terms (cluster, at, version, body) VALUES ('test', 0, 2, '{}')");

        assertThatThrownBy(() -> store.past().terms())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("start this one on the data directory once");
    }

    private long rows() throws StoreException {
        return store.writes()
                .write("rows", session -> session.number("SELECT COUNT(*) FROM fact_change"));
    }

    private static void sql(Path directory, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve(Database.NAME));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

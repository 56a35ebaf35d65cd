package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.History;
import io.homeostat.engine.History.Shadowed;
import io.homeostat.engine.Journal;
import io.homeostat.engine.StoreException;
import io.homeostat.scenario.MemoryStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store answers about the past.
final class HistoryTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");

    private final SqlStore sql;
    private final MemoryStore memory = new MemoryStore();

    enum Kept {
        ON_DISK,
        IN_MEMORY
    }

    HistoryTest() throws StoreException {
        sql = SqlStore.inMemory("test");
    }

    @AfterEach
    void close() throws StoreException {
        sql.close();
    }

    @ParameterizedTest
    @EnumSource
    void findsDecisionsAndActionsByTheirIds(Kept kept) throws Exception {
        commit(kept, Turns.turn(1).deciding("d1").undertaking(Turns.planned("a1", "demo_web")));

        assertThat(history(kept).decision("d1")).isNotNull();
        assertThat(history(kept).action("a1")).isEqualTo(Turns.planned("a1", "demo_web"));
        assertThat(history(kept).decision("a1")).isNull();
        assertThat(history(kept).action("d1")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatWouldHaveBeenDoneOnceForEachIncidentAndItsParameters(Kept kept)
            throws Exception {
        commit(kept, Turns.turn(1).at(MONDAY).shadowing("d1", "i1", 2));
        commit(kept, Turns.turn(2).at(MONDAY.plusSeconds(60)).shadowing("d2", "i1", 2));
        commit(kept, Turns.turn(3).at(MONDAY.plusSeconds(120)).shadowing("d3", "i2", 2));
        commit(kept, Turns.turn(4).at(MONDAY.plusSeconds(180)).shadowing("d4", "i2", 3));
        commit(kept, Turns.turn(5).at(MONDAY.plusSeconds(240)).deciding("d5"));

        assertThat(history(kept).shadowed(MONDAY))
                .containsExactly(
                        would("scale service/demo_web from 2 to 3", 2, 0, 120),
                        would("scale service/demo_web from 3 to 4", 1, 180, 180));
    }

    @ParameterizedTest
    @EnumSource
    void countsOnlyWhatWasDecidedSince(Kept kept) throws Exception {
        commit(kept, Turns.turn(1).at(MONDAY).shadowing("d1", "i1", 2));
        commit(kept, Turns.turn(2).at(MONDAY.plusSeconds(60)).shadowing("d2", "i2", 2));

        assertThat(history(kept).shadowed(MONDAY.plusSeconds(60)))
                .extracting(Shadowed::incidents)
                .containsExactly(1);
        assertThat(history(kept).shadowed(MONDAY.plusSeconds(61))).isEmpty();
    }

    @Test
    void countsDecisionsOfOlderProgramsByTheirWish() throws Exception {
        commit(Kept.ON_DISK, Turns.turn(1).at(MONDAY).shadowing("d1", "i1", 2));
        commit(Kept.ON_DISK, Turns.turn(2).at(MONDAY).shadowing("d2", "i1", 3));
        sql.writes()
                .write("as before", session -> session.change("UPDATE decision SET action = NULL"));

        assertThat(sql.shadowed(MONDAY))
                .isEqualTo(List.of(would("scale up service/demo_web", 1, 0, 0)));
    }

    private History history(Kept kept) {
        return switch (kept) {
            case ON_DISK -> sql;
            case IN_MEMORY -> memory;
        };
    }

    private void commit(Kept kept, Turns turn) throws StoreException {
        Journal journal =
                switch (kept) {
                    case ON_DISK -> sql;
                    case IN_MEMORY -> memory;
                };
        journal.commit(turn.done());
    }

    private static Shadowed would(String action, int incidents, int first, int last) {
        return new Shadowed(
                "Scale up",
                "service/demo_web",
                action,
                "allow",
                incidents,
                MONDAY.plusSeconds(first),
                MONDAY.plusSeconds(last));
    }
}

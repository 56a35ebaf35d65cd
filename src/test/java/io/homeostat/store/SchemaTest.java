package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SchemaTest {
    @TempDir Path directory;

    private SqlStore open() throws StoreException {
        return SqlStore.open(directory, "test", InstantSource.system());
    }

    @Test
    void bringsTheTablesOfTheFirstVersionUpToDateWithAllThatIsInThem() throws Exception {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + directory.resolve(Database.NAME), null, null)
                .locations("classpath:db/migration")
                .target("1")
                .load()
                .migrate();
        Undertaking planned = Turns.planned("act-1", "demo_web");
        Json json = new Json();
        for (String id : List.of("act-0", "act-1")) {
            sql(
                    ("INSERT INTO action (cluster, id, turn, place, decision, incident, subject,"
                                    + " kind, rule, attempt, state, planned_at, version, body) VALUES"
                                    + " ('test', '%s', 1, 0, 'd', 'inc-1', 'service/demo_web', 'scale',"
                                    + " 'r', 1, 'planned', 0, 1, '%s')")
                            .formatted(id, json.write(planned)));
        }
        sql(
                ("INSERT INTO memo (cluster, kind, key, version, body, turn) VALUES ('test',"
                                + " 'Undertaken', 'act-1', 1, '%s', 1)")
                        .formatted(json.write(new Memo.Undertaken(planned))));

        try (SqlStore store = open()) {
            List<String> keys =
                    store.writes()
                            .write(
                                    "keys",
                                    session ->
                                            session.all(
                                                    row -> row.getString(1),
                                                    "SELECT key FROM action ORDER BY id"));
            assertThat(keys).as("of actions from before").containsExactly("act-0", "act-1");
            assertThat(store.recover().records()).containsExactly(new Memo.Undertaken(planned));
            store.started("act-1", Samples.AT, "hash");
            store.commit(Turns.turn(2).undertaking(planned).done());
        }
    }

    @Test
    void refusesADatabaseOfANewerProgram() throws Exception {
        open().close();
        sql(
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                        + " script, installed_by, execution_time, success)"
                        + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, 1)");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was written by a newer Homeostat (its version is 99");
    }

    @Test
    void knowsEveryMigrationThatIsBundled() throws Exception {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .containsExactlyInAnyOrderElementsOf(Schema.MIGRATIONS);
        }
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("homeostat.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

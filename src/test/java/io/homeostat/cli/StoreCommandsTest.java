package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.store.SqlStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new TreeMap<>();

    @TempDir private Path directory;

    @Test
    void backsUpARunningHomeostatAndSaysHowMuch() throws Exception {
        try (SqlStore store = open("data")) {
            assertThat(store.waiting()).isZero();

            assertThat(run("backup", "monday.db")).isZero();
        }
        assertThat(out.toString()).contains(" written to monday.db: 0 turns");
        assertThat(directory.resolve("monday.db")).exists();

        assertThat(run("backup", "monday.db")).isEqualTo(1);
        assertThat(err.toString()).contains("monday.db exists and is left as it is", "--overwrite");
        assertThat(run("backup", "monday.db", "--overwrite", "--json")).isZero();
        assertThat(out.toString()).contains("\"bytes\"");
    }

    @Test
    void restoresAStoppedHomeostatAndSaysWhatToDoNext() throws Exception {
        open("data").close();
        run("backup", "monday.db");

        assertThat(run("restore", "monday.db")).isZero();

        assertThat(out.toString())
                .contains("restored from monday.db", "is kept as", "homeostat.db.replaced-")
                .contains("FREEZE");
    }

    @Test
    void refusesToRestoreUnderARunningHomeostat() throws Exception {
        try (SqlStore store = open("data")) {
            run("backup", "monday.db");

            assertThat(run("restore", "monday.db")).isEqualTo(1);
            assertThat(store.unread()).isZero();
        }
        assertThat(err.toString()).contains("Another Homeostat uses the data directory");
    }

    @Test
    void findsTheDatabaseWhereTheServerWouldFindIt() throws Exception {
        open("elsewhere").close();
        environment.put("HOMEOSTAT_DATA", "elsewhere");
        assertThat(run("backup", "a.db")).isZero();

        environment.put("HOMEOSTAT_DATA", "nowhere");
        assertThat(run("backup", "b.db")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no database");

        environment.put(
                "HOMEOSTAT_STORE", "jdbc:sqlite:" + directory.resolve("elsewhere/homeostat.db"));
        assertThat(run("backup", "b.db")).isZero();
        assertThat(run("backup", "c.db", "--data", "nowhere")).isEqualTo(1);
    }

    private SqlStore open(String name) throws Exception {
        return SqlStore.open(directory.resolve(name), "test", InstantSource.system());
    }

    private int run(String... arguments) {
        return Homeostat.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), ZoneOffset.UTC),
                new Home(directory, directory),
                environment,
                "ann",
                arguments);
    }
}

package io.homeostat.store;

import io.homeostat.engine.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/// The tables, brought to the version that this program knows.
final class Schema {
    /// Named one by one, because finding them depends on how the program is packaged.
    static final List<String> MIGRATIONS =
            List.of(
                    "V1__store.sql",
                    "V2__once_and_retention.sql",
                    "V3__shadow.sql",
                    "V4__fact_history.sql",
                    "V5__specifications.sql");

    private Schema() {}

    static void migrate(Database database) throws StoreException {
        try {
            database.prepare();
            Flyway flyway = flyway(database);
            refuseNewer(database, flyway);
            flyway.migrate();
        } catch (SQLException e) {
            throw database.failure("the tables could not be made", e);
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(database.file(), e), e);
        } catch (FlywayException e) {
            throw new StoreException(
                    "the tables of %s could not be brought up to date: %s"
                            .formatted(database.file(), e.getMessage()),
                    e);
        }
    }

    private static Flyway flyway(Database database) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database.url(), null, null)
                .resourceProvider(new Bundled())
                .javaMigrationClassProvider(List::of)
                .load();
    }

    private static void refuseNewer(Database database, Flyway flyway) throws StoreException {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (applied.getState().isResolved()) {
                continue;
            }
            throw newer(database.file(), String.valueOf(applied.getVersion()));
        }
    }

    static StoreException newer(Path file, String version) {
        return new StoreException(
                "the database %s was written by a newer Homeostat (its version is %s, this one knows %d); start that one, or put a backup in its place"
                        .formatted(file, version, MIGRATIONS.size()));
    }

    private static final class Bundled implements ResourceProvider {
        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return MIGRATIONS.stream()
                    .filter(name -> name.startsWith(prefix))
                    .<LoadableResource>map(Script::new)
                    .toList();
        }

        @Override
        @SuppressWarnings("NullAway") // Flyway asks for optional files this way
        public LoadableResource getResource(String name) {
            return MIGRATIONS.contains(name) ? new Script(name) : null;
        }
    }

    private static final class Script extends LoadableResource {
        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            String path = "/db/migration/" + name;
            InputStream stream = Schema.class.getResourceAsStream(path);
            if (stream == null) {
                throw new UncheckedIOException(
                        new IOException("the program is incomplete: it has no " + path));
            }
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return "db/migration/" + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}

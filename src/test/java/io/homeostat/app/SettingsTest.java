package io.homeostat.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.guard.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void everythingHasADefaultAndTheyAreTheDesigns() {
        SettingsTable table = table(Map.of());

        Settings settings = Settings.read(table);

        assertThat(table.faults()).isEmpty();
        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void wrongValuesAreAllSaidAtOnceWithTheirNamesAndWhatWouldBeRight() {
        SettingsTable table =
                table(
                        Map.of(
                                "homeostat.autonomy", "full",
                                "homeostat.scale.every", "soon",
                                "homeostat.http.port", "70000",
                                "homeostat.scope", "mine"));

        Settings.read(table);

        assertThat(table.faults())
                .hasSize(4)
                .anySatisfy(fault ->
                        assertThat(fault).contains("homeostat.autonomy", "shadow, ask, auto"))
                .anySatisfy(fault -> assertThat(fault).contains("homeostat.scale.every", "30s"))
                .anySatisfy(
                        fault -> assertThat(fault).contains("homeostat.http.port", "0 to 65535"))
                .anySatisfy(fault -> assertThat(fault).contains("homeostat.scope", "stack:a,b"));
    }

    @Test
    void severalDockersMayBeNamedAndEachMustBeAnAddress() {
        SettingsTable right =
                table(
                        Map.of(
                                "homeostat.docker.host",
                                "unix:///var/run/docker.sock, tcp://node2:2375,tcp://[::1]:2375"));
        assertThat(Settings.read(right).cluster().dockerHosts())
                .extracting(Object::toString)
                .containsExactly(
                        "unix:///var/run/docker.sock", "tcp://node2:2375", "tcp://[::1]:2375");
        assertThat(right.faults()).isEmpty();

        for (String wrong : List.of("node2", "tcp://node2", "http://node2:2375", "unix://", " ")) {
            SettingsTable table = table(Map.of("homeostat.docker.host", wrong));
            Settings.read(table);
            assertThat(table.faults())
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .contains("homeostat.docker.host", "unix:///var/run/docker.sock");
        }
    }

    @Test
    void aLeaseUnderWhichNothingCouldBeSentIsRefused() {
        SettingsTable table =
                table(Map.of("homeostat.lease.for", "10s", "homeostat.docker.timeout", "6s"));

        Settings.read(table);

        assertThat(table.faults())
                .singleElement()
                .asString()
                .contains("homeostat.lease.for is 10s", "homeostat.docker.timeout is 6s", "twice");
    }

    @Test
    void aCallThatOutlastsTheTimeAfterWhichItIsBelievedLostIsRefused() {
        SettingsTable table =
                table(
                        Map.of(
                                "homeostat.action.arrives-by",
                                "5s",
                                "homeostat.docker.timeout",
                                "6s"));

        Settings.read(table);

        assertThat(table.faults())
                .singleElement()
                .asString()
                .contains(
                        "homeostat.action.arrives-by is 5s",
                        "homeostat.docker.timeout is 6s",
                        "twice");
    }

    @Test
    void timesAreWrittenAsPeopleWriteThem() {
        assertThat(SettingsTable.span("1h30m")).contains(Duration.ofMinutes(90));
        assertThat(SettingsTable.span("500ms")).contains(Duration.ofMillis(500));
        assertThat(SettingsTable.span("2")).isEmpty();
        assertThat(SettingsTable.span("")).isEmpty();
        assertThat(SettingsTable.text(Duration.ofSeconds(90))).isEqualTo("1m30s");
    }

    @Test
    void theDocumentationListsEverySettingAsItIs() throws IOException {
        SettingsTable table = table(Map.of());
        Settings.read(table);
        StringBuilder expected =
                new StringBuilder("| setting | default | bounds | meaning |\n|---|---|---|---|\n");
        for (SettingsTable.Row row : table.rows()) {
            expected.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(
                                    row.name(),
                                    row.standard(),
                                    row.bounds().replace("|", "\\|"),
                                    row.meaning()));
        }

        assertThat(Files.readString(Path.of("docs/configuration.md")))
                .contains(expected.toString());
    }

    private static SettingsTable table(Map<String, String> given) {
        return new SettingsTable(name -> Optional.ofNullable(given.get(name)));
    }
}

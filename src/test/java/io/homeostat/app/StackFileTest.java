package io.homeostat.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `deploy/homeostat.yml` agrees with the program; that it works, an end-to-end test shows.
class StackFileTest {
    private static final Path STACK_FILE = Path.of("deploy/homeostat.yml");

    /// What the commands read, beside the settings of the program.
    private static final List<String> OF_COMMANDS =
            List.of("HOMEOSTAT_URL", "HOMEOSTAT_TOKEN_FILE");

    private final SettingsTable table = new SettingsTable(_ -> Optional.empty());
    private final Settings settings = Settings.read(table);

    @Test
    void runsTheVersionThatThisIs() throws IOException {
        String version = found("(?m)^  <version>(.*)</version>$", Path.of("pom.xml"));

        assertThat(service().path("image").asText()).isEqualTo("${IMAGE:-homeostat:%s}", version);
    }

    @Test
    void namesOnlySettingsThatThereAre() throws IOException {
        SortedSet<String> known = new TreeSet<>(OF_COMMANDS);
        table.names()
                .forEach(name -> known.add(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")));

        assertThat(
                        Pattern.compile("HOMEOSTAT_[A-Z_]+")
                                .matcher(Files.readString(STACK_FILE))
                                .results())
                .map(name -> name.group())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void leavesTimeToStop() throws IOException {
        Duration requests =
                span(
                        found(
                                "(?m)^quarkus.shutdown.timeout=(.*)$",
                                Path.of("src/main/resources/application.properties")));

        assertThat(span(service().path("stop_grace_period").asText()))
                .isGreaterThan(requests.plus(settings.loop().stop()));
    }

    @Test
    void onlyWatchesUntilTold() throws IOException {
        assertThat(service().path("environment").path("HOMEOSTAT_AUTONOMY").asText())
                .isEqualTo("${HOMEOSTAT_AUTONOMY:-shadow}");
    }

    @Test
    void neverRunsTwiceOnPurpose() throws IOException {
        JsonNode deploy = service().path("deploy");

        assertThat(deploy.path("replicas").asInt()).isEqualTo(1);
        assertThat(deploy.path("update_config").path("order").asText()).isEqualTo("stop-first");
        assertThat(deploy.path("rollback_config").path("order").asText()).isEqualTo("stop-first");
    }

    private static JsonNode service() throws IOException {
        return new YAMLMapper().readTree(STACK_FILE.toFile()).path("services").path("homeostat");
    }

    private static Duration span(String text) {
        return SettingsTable.span(text).orElseThrow();
    }

    private static String found(String pattern, Path file) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(matcher.find()).as(pattern + " in " + file).isTrue();
        return matcher.group(1);
    }
}

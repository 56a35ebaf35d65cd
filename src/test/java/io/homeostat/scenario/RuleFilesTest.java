package io.homeostat.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
    @Test
    void bundlesTheRulesOfTheHouse() throws IOException {
        assertThat(RuleFiles.bundled()).isEqualTo(RuleFiles.read(Path.of("rules"))).isNotEmpty();
    }

    @Test
    void readsDrlFilesBelowTheDirectoryAndNothingElse(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("services/.hidden"));
        Files.writeString(directory.resolve("a.drl"), "// a");
        Files.writeString(directory.resolve("services/b.drl"), "// b");
        Files.writeString(directory.resolve("services/.hidden/c.drl"), "// c");
        Files.writeString(directory.resolve("read.me"), "no rules");

        assertThat(RuleFiles.read(directory))
                .containsOnlyKeys("a.drl", "services/b.drl")
                .containsEntry("services/b.drl", "// b");
    }

    @Test
    void readsWhatIsNotUtf8SoThatTheCheckCanNameIt(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve("a.drl"), new byte[] {(byte) 0xff, 'x'});

        assertThat(RuleFiles.read(directory)).containsEntry("a.drl", "\uFFFDx");
    }

    @Test
    void saysWhichDirectoryIsMissing(@TempDir Path directory) {
        assertThatThrownBy(() -> RuleFiles.read(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none");
    }
}

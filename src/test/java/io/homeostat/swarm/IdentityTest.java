package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
    @TempDir private Path folder;

    @Test
    void theNextProcessOnADirectoryIsTheSame() throws IOException {
        assertThat(id(folder.resolve("data"))).isEqualTo(id(folder.resolve("data")));
    }

    @Test
    void anotherDirectoryIsSomebodyElse() throws IOException {
        assertThat(id(folder.resolve("data"))).isNotEqualTo(id(folder.resolve("other")));
    }

    @Test
    void aCopyOfTheDirectoryIsSomebodyElse() throws IOException {
        String original = id(folder.resolve("data"));
        Files.createDirectory(folder.resolve("copy"));
        Files.copy(
                folder.resolve("data/homeostat.identity"),
                folder.resolve("copy/homeostat.identity"));

        assertThat(id(folder.resolve("copy"))).isNotEqualTo(original);
    }

    @Test
    void aFileThatWasNotWrittenWholeIsWrittenAnew() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/homeostat.identity"), "4f2a");

        String fresh = id(folder.resolve("data"));

        assertThat(id(folder.resolve("data"))).isEqualTo(fresh);
    }

    @Test
    void onlyOneCanLiveAtATime() throws IOException {
        try (Identity first = Identity.of(folder)) {
            assertThat(first.name()).contains(first.id());
            assertThatThrownBy(() -> Identity.of(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another Homeostat holds " + folder);
        }
    }

    @Test
    void aDirectoryThatCannotBeIsSaidInASentence() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Identity.of(folder.resolve("file")))
                .hasMessageContaining("make the directory writable");
    }

    private static String id(Path directory) throws IOException {
        try (Identity identity = Identity.of(directory)) {
            return identity.id();
        }
    }
}

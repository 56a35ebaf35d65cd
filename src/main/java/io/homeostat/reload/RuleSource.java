package io.homeostat.reload;

import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Where rules are read from: a directory, or the program itself.
///
/// @param directory empty for the bundled rules, which never change
/// @param settle files count as whole when two readings so far apart are the same
public record RuleSource(Optional<Path> directory, Duration settle) {
    private static final int READINGS = 10;

    /// How somebody waits between two readings.
    @FunctionalInterface
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    /// The rule files, once nobody writes them any more.
    SortedMap<String, String> read(Pause pause) throws IOException, InterruptedException, Refused {
        if (directory.isEmpty()) {
            return RuleFiles.bundled();
        }
        SortedMap<String, String> before = RuleFiles.read(directory.get());
        for (int reading = 1; reading < READINGS; reading++) {
            pause.of(settle);
            SortedMap<String, String> now = RuleFiles.read(directory.get());
            if (Rulebook.hashOf(now).equals(Rulebook.hashOf(before))) {
                return now;
            }
            before = now;
        }
        throw new Refused(
                "the files in %s change faster than they can be read; reload when they are written"
                        .formatted(directory.get()),
                java.util.List.of());
    }

    /// What tells whether files changed without reading them: their names, lengths and times.
    String traces() {
        if (directory.isEmpty()) {
            return "";
        }
        try (Stream<Path> walk = Files.walk(directory.get())) {
            SortedSet<String> traces = new TreeSet<>();
            for (Path file : (Iterable<Path>) walk::iterator) {
                if (file.toString().endsWith(".drl")) {
                    BasicFileAttributes seen =
                            Files.readAttributes(file, BasicFileAttributes.class);
                    traces.add("%s %d %s".formatted(file, seen.size(), seen.lastModifiedTime()));
                }
            }
            return String.join("\n", traces);
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return "unreadable: " + unreadable.getMessage();
        }
    }

    String text() {
        return directory.map(Path::toString).orElse("the program itself");
    }
}

package io.homeostat.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Samples of rules below `src/test/resources`; in a file they stand between lines of `// ---`.
final class Corpus {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private Corpus() {}

    /// @param name the file and the sample's number in it
    record Sample(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> below(String directory) {
        List<Sample> samples = new ArrayList<>();
        for (Path file : files(RESOURCES.resolve(directory))) {
            String[] texts = read(file).split("(?m)^// ---.*\\R", -1);
            for (int i = 0; i < texts.length; i++) {
                samples.add(new Sample(file.getFileName() + " " + (i + 1), texts[i]));
            }
        }
        return samples;
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".drl")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.homeostat.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The texts of rule files, by their names relative to the directory of rules, with `/` between the
/// parts: `services/self-adaptation.drl`.
///
/// A file that is not UTF-8 is read all the same, with replacement characters: the check of rules
/// names it then, and the others are not taken down with it.
public final class RuleFiles {
    private static final String ENDING = ".drl";
    private static final String BUNDLED = "rules/";

    /// A file that is always bundled; where it is, the others are.
    private static final String LANDMARK = BUNDLED + "escalation.drl";

    private RuleFiles() {}

    /// The rule files in a directory and below. Names that begin with a dot are passed over.
    ///
    /// @throws NoSuchFileException when there is no such directory
    public static SortedMap<String, String> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(
                    directory.toString(), null, "there is no such directory of rules");
        }
        SortedMap<String, String> sources = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = directory.relativize(file).toString().replace('\\', '/');
            if (name.endsWith(ENDING) && !("/" + name).contains("/.")) {
                sources.put(name, text(Files.readAllBytes(file)));
            }
        }
        return sources;
    }

    /// The rule files that are part of the program itself.
    public static SortedMap<String, String> bundled() throws IOException {
        URL landmark = RuleFiles.class.getClassLoader().getResource(LANDMARK);
        if (landmark == null) {
            throw new IOException(
                    "The program's own rules are missing from its class path: "
                            + LANDMARK
                            + ". Build or install it again.");
        }
        String address = landmark.toString();
        if (address.startsWith("jar:")) {
            return inJar(Path.of(URI.create(address.substring(4, address.indexOf("!/")))));
        }
        Path escalation = Path.of(URI.create(address));
        return read(escalation.resolveSibling(".").normalize());
    }

    private static SortedMap<String, String> inJar(Path jar) throws IOException {
        SortedMap<String, String> sources = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                String name = entry.getName();
                if (name.startsWith(BUNDLED) && name.endsWith(ENDING)) {
                    try (InputStream stream = file.getInputStream(entry)) {
                        sources.put(name.substring(BUNDLED.length()), text(stream.readAllBytes()));
                    }
                }
            }
        }
        return sources;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

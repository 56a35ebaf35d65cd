package io.homeostat.scenario;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The scenarios of files and directories, and what is wrong with those that cannot be read.
public record Scenarios(List<Scenario> sound, List<ScenarioFault> faults) {
    public Scenarios {
        sound = List.copyOf(sound);
        faults = List.copyOf(faults);
    }

    /// Reads a file, or all `*.yaml` files in a directory and below.
    ///
    /// @throws NoSuchFileException when there is neither
    public static Scenarios read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file");
        }
        List<Scenario> sound = new ArrayList<>();
        List<ScenarioFault> faults = new ArrayList<>();
        for (Path file : files(path)) {
            try {
                Path directory = file.toAbsolutePath().getParent();
                sound.addAll(
                        ScenarioReader.read(
                                file.toString(),
                                Files.readString(file),
                                directory == null ? file.toAbsolutePath() : directory));
            } catch (BadScenario bad) {
                faults.add(bad.fault());
            } catch (CharacterCodingException bad) {
                faults.add(new ScenarioFault(file.toString(), 1, 1, "this is not UTF-8"));
            }
        }
        return new Scenarios(sound, faults);
    }

    private static List<Path> files(Path path) throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> file.equals(path) || file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}

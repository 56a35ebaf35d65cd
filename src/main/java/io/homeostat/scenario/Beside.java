package io.homeostat.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads files that a scenario names: they are beside it, or below.
final class Beside {
    private Beside() {}

    static byte[] read(Yaml name, Path directory) throws BadScenario {
        Path file = directory.resolve(name.text()).normalize();
        if (!file.startsWith(directory.normalize())) {
            throw name.fault("the file must be beside the scenario or below");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            throw name.fault("the file %s cannot be read".formatted(file));
        }
    }
}

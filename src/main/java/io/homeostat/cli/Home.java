package io.homeostat.cli;

import io.homeostat.scenario.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where rules and scenarios are when nobody says: in the directory of the caller, else where
/// Homeostat is installed.
///
/// @param here the directory of the caller
/// @param installed where Homeostat is installed
record Home(Path here, Path installed) {
    /// Rules and where they were read.
    ///
    /// @param prefix what precedes their names to be a path that an editor opens
    record Rules(String prefix, SortedMap<String, String> sources) {}

    Path directory(String name) {
        Path own = here.resolve(name);
        if (Files.isDirectory(own)) {
            return here.relativize(own);
        }
        return installed.resolve(name);
    }

    /// The rules of the default directory, or those that are part of the program.
    Rules rules() throws IOException {
        Path directory = directory("rules");
        return Files.isDirectory(here.resolve(directory))
                ? rules(directory)
                : new Rules("(bundled) ", RuleFiles.bundled());
    }

    /// The rules of a file, or of a directory and below.
    Rules rules(Path path) throws IOException {
        Path found = here.resolve(path);
        if (Files.isDirectory(found)) {
            return new Rules(path + "/", RuleFiles.read(found));
        }
        Path name = found.getFileName();
        if (name == null || !Files.isRegularFile(found)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file");
        }
        SortedMap<String, String> sources = new TreeMap<>();
        sources.put(name.toString(), Files.readString(found));
        Path parent = path.getParent();
        return new Rules(parent == null ? "" : parent + "/", sources);
    }
}

package io.homeostat.simulation;

import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.RuleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;

/// The bundled rules, and some more that make Homeostat act a great deal. Compiled once: a rulebook
/// never changes, and worlds may share it.
final class Rules {
    private static final Path UNRULY = Path.of("src/test/resources/simulation/rules");
    private static final Rulebook BOOK = compile();

    private Rules() {}

    static Rulebook book() {
        return BOOK;
    }

    private static Rulebook compile() {
        try {
            SortedMap<String, String> sources = RuleFiles.bundled();
            RuleFiles.read(UNRULY).forEach((file, text) -> sources.put("simulation/" + file, text));
            Rulebook book = Rulebook.compile(sources);
            if (!book.faults().isEmpty()) {
                throw new IllegalStateException("rules that are not sound: " + book.faults());
            }
            return book;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.homeostat.rules;

import java.util.Optional;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/// The rule engine's own parser, so that nothing is read here in another way than there.
final class EngineParser {
    static final LanguageLevelOption LANGUAGE = LanguageLevelOption.DRL6;

    private EngineParser() {}

    /// The rules of a text; empty when they cannot be read. The compiler meets the same, and says
    /// it with its place.
    static Optional<PackageDescr> parse(String text) {
        return OwnClasses.during(() -> {
            DrlParser parser = new DrlParser(LANGUAGE);
            try {
                PackageDescr rules = parser.parse(false, text);
                return parser.hasErrors() ? Optional.empty() : Optional.ofNullable(rules);
            } catch (DroolsParserException | RuntimeException unreadable) {
                return Optional.empty();
            }
        });
    }
}

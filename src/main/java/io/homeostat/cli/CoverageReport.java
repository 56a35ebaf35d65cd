package io.homeostat.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.scenario.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the scenarios do not show of the rules, for people and for machines.
final class CoverageReport {
    private CoverageReport() {}

    /// @param prefix what precedes the names of the rules' files to be a path
    static List<String> lines(Coverage coverage, String prefix) {
        List<String> lines = new ArrayList<>();
        for (Coverage.Gap gap : coverage.gaps()) {
            lines.add(
                    "%s%s:%d:%d: %s"
                            .formatted(
                                    prefix, gap.file(), gap.line(), gap.column(), gap.sentence()));
        }
        lines.add(
                "coverage: %d of %d rules fired, %d of %d patterns reached, %d of %d conditions seen to hold a rule back alone"
                        .formatted(
                                coverage.fired().size(),
                                coverage.rules(),
                                coverage.patternsReached(),
                                coverage.patterns(),
                                coverage.boundariesShown(),
                                coverage.boundaries()));
        return lines;
    }

    static void json(Coverage coverage, String prefix, ObjectNode into) {
        into.put("rules", coverage.rules())
                .put("patterns", coverage.patterns())
                .put("patternsReached", coverage.patternsReached())
                .put("conditions", coverage.boundaries())
                .put("conditionsShown", coverage.boundariesShown());
        coverage.fired().forEach(into.putArray("fired")::add);
        ArrayNode gaps = into.putArray("gaps");
        for (Coverage.Gap gap : coverage.gaps()) {
            gaps.addObject()
                    .put("kind", gap.kind().name().toLowerCase(Locale.ROOT))
                    .put("rule", gap.rule())
                    .put("file", prefix + gap.file())
                    .put("line", gap.line())
                    .put("column", gap.column())
                    .put("text", gap.text());
        }
    }
}

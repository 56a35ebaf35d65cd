package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rules.DeprecatedNames.Replacement;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each finding, by rules in which it must be found and by rules that only look like it.
class CheckCorpusTest {
    private static final Set<String> REACHED =
            IntStream.range(1, 16).mapToObj(i -> "reached " + i).collect(Collectors.toSet());

    private static final Map<String, String> PRETENDED =
            Map.of(
                    "Alert.headline", "name",
                    "Service.forceUpdate", "version",
                    "Watcher.TASKS", "\"tasks\"",
                    "Node.hostname", "id",
                    "Verbs.rollback", "restart");

    private static final List<Finding> FINDINGS =
            List.of(
                    new NeverFires(),
                    new OpposedWishes(),
                    new SlowJoins(),
                    new NamesTwice(),
                    new Unowned(),
                    new Unreasoned(),
                    new Untested(REACHED),
                    new DeprecatedNames(CheckCorpusTest::replacement));

    /// An error that every check says, so there is nothing more to look for.
    private static final class NamesTwice implements Finding {
        @Override
        public String name() {
            return UsedTwice.NAME;
        }

        @Override
        public Found in(List<RuleTree> rules) {
            return new Found(List.of(), 0);
        }
    }

    private static Optional<Replacement> replacement(AnnotatedElement declaration) {
        Member member = (Member) declaration;
        String name = member.getDeclaringClass().getSimpleName() + "." + member.getName();
        return Optional.ofNullable(PRETENDED.get(name)).map(to -> new Replacement("0.2", to));
    }

    private static Stream<Arguments> samples(String directory) {
        return FINDINGS.stream()
                .flatMap(finding ->
                        Corpus.below("check-corpus/" + finding.name() + "/" + directory).stream()
                                .map(sample -> Arguments.of(finding, finding.name(), sample)));
    }

    static Stream<Arguments> found() {
        return samples("found");
    }

    static Stream<Arguments> nearMisses() {
        return samples("near-misses");
    }

    private static List<RuleFault> faults(Finding finding, Corpus.Sample sample) {
        return RuleReview.of(new TreeMap<>(Map.of("a.drl", sample.text())), List.of(finding))
                .faults();
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource
    void found(Finding finding, String name, Corpus.Sample sample) {
        assertThat(faults(finding, sample))
                .as(sample.text())
                .extracting(RuleFault::finding)
                .contains(name);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource
    void nearMisses(Finding finding, String name, Corpus.Sample sample) {
        assertThat(faults(finding, sample)).as(sample.text()).isEmpty();
    }

    @Test
    void hasFifteenOfEachAtLeast() {
        assertThat(FINDINGS)
                .allSatisfy(finding -> {
                    String directory = "check-corpus/" + finding.name();
                    assertThat(Corpus.below(directory + "/found")).hasSizeGreaterThanOrEqualTo(15);
                    assertThat(Corpus.below(directory + "/near-misses"))
                            .hasSizeGreaterThanOrEqualTo(15);
                });
    }
}

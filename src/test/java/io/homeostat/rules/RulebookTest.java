package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Intent;
import io.homeostat.fact.Autonomy;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RulebookTest {
    private static final String GOOD =
            """
            rule "good" @autonomy( "auto" ) @cooldown( "5m30s" ) @owner( "platform" )
            when
                $alert : Alert( firing, $service : service != null )
            then
                insertLogical( scaleUp( $service ).because( $alert ) );
            end
            """;

    private static Rulebook book(String... filesAndTexts) {
        SortedMap<String, String> sources = new TreeMap<>();
        for (int i = 0; i < filesAndTexts.length; i += 2) {
            sources.put(filesAndTexts[i], filesAndTexts[i + 1]);
        }
        return Rulebook.compile(sources);
    }

    private static String rule(String name, String constraints, String wish) {
        return """
        rule "%s"
        when
            $alert : Alert( %s )
        then
            insertLogical( %s );
        end
        """
                .formatted(name, constraints, wish);
    }

    @Test
    void readsWhatARuleSaysOfItself() {
        Rulebook book = book("a.drl", "// by us\n\n" + GOOD);

        assertThat(book.rules())
                .containsExactly(
                        Map.entry(
                                "good",
                                new RuleNotes(
                                        "good",
                                        "a.drl",
                                        3,
                                        Autonomy.AUTO,
                                        Duration.ofSeconds(330),
                                        "platform",
                                        false)));
    }

    @Test
    void asksWhenARuleDoesNotSayHowFarItMayGoAndOnlyWatchesWhenItWasLearned() {
        String plain = rule("plain", "firing", "restart( $alert.service() )");
        Rulebook book = book("a.drl", plain, "learned/b.drl", plain.replace("plain", "learned"));

        assertThat(book.rules().get("plain"))
                .isEqualTo(new RuleNotes("plain", "a.drl", 1, Autonomy.ASK, null, "", false));
        assertThat(book.rules().get("learned"))
                .isEqualTo(
                        new RuleNotes(
                                "learned", "learned/b.drl", 1, Autonomy.SHADOW, null, "", true));
    }

    @Test
    void compilesNoRulesAtAll() {
        Rulebook book = book();

        assertThat(book.faults()).isEmpty();
        assertThat(book.rules()).isEmpty();
        try (RuleSession session = new RuleSession(book)) {
            assertThat(session.consult()).isEmpty();
        }
    }

    @Test
    void bearsPackageAndImportsThatAreGivenAnyway() {
        String text =
"""
                package my.rules;
                import io.homeostat.fact.*
                import io.homeostat.action.Intent;
                import static io.homeostat.action.Verbs.*;
                import function io.homeostat.action.Verbs.scaleUp
import java.time.Duration;
""";

        Rulebook book = book("a.drl", text + GOOD, "b.drl", GOOD.replace("\"good\"", "\"other\""));

        assertThat(book.faults()).isEmpty();
        assertThat(book.rules()).containsOnlyKeys("good", "other");
        assertThat(book.rules().values()).extracting(RuleNotes::line).contains(7);
    }

    @Test
    void bearsWindowsLineEnds() {
        assertThat(book("a.drl", GOOD.replace("\n", "\r\n")).faults()).isEmpty();
    }

    @Test
    void keepsTheGoodFilesWhenOthersAreBad() {
        Rulebook book =
                book(
                        "a-syntax.drl", rule("syntax", "firing, name == ", "scaleUp( $x )"),
                        "b-type.drl",
                                rule("type", "firing, startsAt > 3", "restart( $alert.service() )"),
                        "c-words.drl",
                                rule("words", "System.exit( 1 )", "restart( $alert.service() )"),
                        "d-good.drl", GOOD,
                        "e-argument.drl", rule("argument", "firing", "scaleUp( $alert )"));

        assertThat(book.rules()).containsOnlyKeys("good");
        assertThat(book.faults())
                .extracting(RuleFault::file)
                .contains("a-syntax.drl", "b-type.drl", "c-words.drl", "e-argument.drl")
                .doesNotContain("d-good.drl");
        try (RuleSession session = new RuleSession(book)) {
            session.put(Facts.alert("X", Facts.service("web", Map.of()), Map.of()));
            assertThat(session.consult()).extracting(Intent::rule).containsExactly("good");
        }
    }

    @Test
    void saysWhereAConditionCannotBeRead() {
        List<RuleFault> faults =
                book("a.drl", GOOD + rule("bad", "firing, name == ", "restart( $alert.service() )"))
                        .faults();

        assertThat(faults).isNotEmpty();
        assertThat(faults.getFirst().line()).isEqualTo(9);
        assertThat(faults.getFirst().column()).isEqualTo(38);
    }

    @Test
    void saysWhereATypeDoesNotFit() {
        assertThat(
                        book("a.drl", rule("bad", "startsAt > 3", "restart( $alert.service() )"))
                                .faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(3);
                    assertThat(fault.column()).isEqualTo(21);
                    assertThat(fault.message())
                            .isEqualTo(
                                    "Unable to Analyse Expression startsAt > 3: Comparison"
                                            + " operation requires compatible types. Found class"
                                            + " java.time.Instant and class java.lang.Integer.");
                });
    }

    @Test
    void saysWhereAVerbIsGivenTheWrongThing() {
        assertThat(book("a.drl", rule("bad", "firing", "scaleUp( $alert )")).faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(5);
                    assertThat(fault.column()).isEqualTo(20);
                    assertThat(fault.message()).contains("scaleUp").contains("Alert");
                });
    }

    @Test
    void countsColumnsOfTheFirstLineWithoutTheImportsGiven() {
        String line = "rule \"a\" when Alert( name == ) then insertLogical( scaleUp( null ) ); end";

        RuleFault fault = book("a.drl", line).faults().getFirst();

        assertThat(fault.line()).isEqualTo(1);
        assertThat(fault.column()).isEqualTo(line.indexOf(") then") + 1);
    }

    @Test
    void leavesOutASecondFileThatUsesARulesNameAgain() {
        Rulebook book = book("a.drl", GOOD, "b.drl", "\n" + GOOD);

        assertThat(book.rules().values()).extracting(RuleNotes::file).containsExactly("a.drl");
        assertThat(book.faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.file()).isEqualTo("b.drl");
                    assertThat(fault.line()).isEqualTo(2);
                    assertThat(fault.column()).isEqualTo(6);
                    assertThat(fault.message()).contains("a.drl");
                });
    }

    @Test
    void hasOneHashForOneSetOfTexts() {
        Rulebook one = book("a.drl", GOOD);

        assertThat(one.hash()).isEqualTo(book("a.drl", GOOD).hash()).hasSize(64);
        assertThat(book("b.drl", GOOD).hash()).isNotEqualTo(one.hash());
        assertThat(book("a.drl", GOOD + " ").hash()).isNotEqualTo(one.hash());
    }

    @Test
    void hasTheSameHashOnEveryMachine() {
        assertThat(book("a.drl", "// nothing\n").hash())
                .isEqualTo("6e1e41bca33d8d213722d5892a619b39eb66fb8049c4ed495fc212d676d241b8");
    }

    @Test
    void writesAFaultAsCompilersDo() {
        RuleFault fault =
                new RuleFault(
                        "services/web.drl",
                        7,
                        12,
                        RuleFault.Severity.ERROR,
                        "It is odd.",
                        "Mend it.",
                        "");

        assertThat(fault.text()).isEqualTo("services/web.drl:7:12: error: It is odd. Mend it.");
    }

    @Test
    void isForgottenWhenNobodyHoldsItAnyMore() {
        var forgotten = new WeakReference<>(book("a.drl", GOOD).without(Set.of()));

        for (int i = 0; i < 50 && forgotten.get() != null; i++) {
            System.gc();
        }

        assertThat(forgotten.get()).isNull();
    }

    @Test
    void needsNothingOfTheThreadThatCompilesIt() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try (RuleSession session = new RuleSession(book("a.drl", GOOD))) {
            session.put(Facts.alert("X", Facts.service("web", Map.of()), Map.of()));

            assertThat(session.consult()).hasSize(1);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}

package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to a rule that got past the check of words.
class FenceTest {
    private static Compilation.Result compiled(String consequence) {
        String text = "rule \"a\" when $alert : Alert( firing ) then " + consequence + " end";
        return Compilation.of(Map.of(), new TreeMap<>(Map.of("a.drl", text)));
    }

    @Test
    void letsWishesThrough() {
        assertThat(compiled("insertLogical( scaleUp( $alert.service() ) );").base()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit( 0 );",
                "java.lang.Runtime.getRuntime().exit( 0 );",
                "new Thread().start();",
                "new java.io.File( \"x\" ).delete();",
                "new ProcessBuilder( \"id\" ).inheritIO();",
                "java.nio.file.Path.of( \"x\" ).toAbsolutePath();",
                "java.net.URI.create( \"http://x\" ).toURL();",
                "java.time.Clock.systemUTC().instant();",
                "io.homeostat.engine.Memory m = null;",
                "Alert.class.getDeclaredMethods()[ 0 ].setAccessible( true );",
            })
    void hidesWhatIsNotForRules(String statement) {
        assertThat(compiled(statement).base()).isNull();
    }

    /// These need no other class, so the class loader cannot stop them: the check alone does.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kcontext.getKieRuntime().halt();",
                "drools.halt();",
                "while ( $alert != null ) { }",
                "var text = \"x\".repeat( 1000 );",
                "var now = java.time.Instant.now();",
                "insert( \"x\" );",
            })
    void doesNotStopWhatOnlyTheCheckStops(String statement) {
        assertThat(compiled(statement).base()).isNotNull();

        String text = "rule \"a\" when $alert : Alert( firing ) then " + statement + " end";
        Scan scan = Scan.of("a.drl", text);
        assertThat(RuleCheck.read(scan, FileShape.of(scan))).isNotEmpty();
    }
}

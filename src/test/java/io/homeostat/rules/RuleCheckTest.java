package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCheckTest {
    private static final String WISH = "insertLogical( scaleUp( $alert.service() ) );";
    private static final String PATTERN = "$alert : Alert( firing )";

    private static List<RuleFault> check(String text) {
        return RuleCheck.check(new TreeMap<>(Map.of("a.drl", text)));
    }

    private static String rule(String when, String then) {
        return "rule \"a\"\nwhen\n    " + when + "\nthen\n    " + then + "\nend\n";
    }

    @Test
    void letsHonestRulesPass() {
        String text =
                """
                /* A comment with "quotes", `ticks` and System.exit( 0 ) in it. */
                rule "zwölf" // and umlauts
                    @owner( "Zoë" )
                when
                    $alert : Alert( firing, name matches "High.*" || name in ( "A", "B" ),
                        startsAt < $service.updatedAt, label("team") != "it's" )
                    $service : Service( name == $alert.service.name, replicas > 1, !updating,
                        mode == Service.Mode.REPLICATED, labels["tier"] == 'front' )
                    not Task( service == $service.name, !running )
                    exists Watcher( name == Watcher.TASKS, seeing )
                    Number( intValue >= 2 ) from accumulate(
                        $t : Task( service == $service.name ), count( $t ) )
                then
                    int wanted = Math.min( $service.replicas() + 1, 5 );
                    insertLogical( scaleTo( $service, wanted ).because( $alert, $service ) );
                end
                """;

        assertThat(check(text.replace("startsAt < $service.updatedAt, ", ""))).isEmpty();
    }

    @Test
    void aRuleAboutWishesMayObject() {
        assertThat(
                        check(
                                rule(
                                        "$intent : Intent( kind == \"restart\" )",
                                        "insertLogical( objection( $intent, \"not now\" ).ask() );")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eval( true ) Alert( firing )",
                "$alert : Alert( System.exit( 1 ) == null )",
                "$alert : Alert( java.lang.System.exit( 1 ) == null )",
                "$alert : Alert( name.getClass().forName( \"java.lang.Runtime\" ) != null )",
                "$alert : Alert( name.class.name == \"x\" )",
                "$alert : Alert( this[ \"class\" ] != null )",
                "$alert : Alert( new java.io.File( \"/etc/passwd\" ).exists() )",
                "$alert : Alert( new String( \"x\" ) == name )",
                "$alert : Alert( Runtime.getRuntime() != null )",
                "$alert : Alert( Thread.currentThread() != null )",
                "$alert : Alert( \\u0053ystem.exit( 0 ) == null )",
                "$alert : Alert( name == \"\\u0022 + System.exit( 0 ) + \\u0022\" )",
                "$alert : Alert( name == `System` )",
                "$alert : Alert( Instant.now() > startsAt )",
                "$alert : Alert( firing ) Task( this after[ 0s, 5m ] $alert )",
                "$alert : Alert( firing ) over window:time( 5m )",
                "$alert : Alert( firing ) from entry-point \"other\"",
                "$alert : Alert( firing ) $x : Object() from kcontext.getKieRuntime().getObjects()",
                "$alert : Alert( firing ) String() from java.util.List.of( \"x\" )",
                "$alert : Alert( scaleUp( service ) != null )",
                "$alert : Alert( FIRING != null )",
                "$alert : Alert( firing ) Intent()",
                "$alert : Alert( Integer.getInteger( \"secret\" ) != null )",
                "$alert : Alert( name.toString().intern().describeConstable() != null )",
                "$alert : Alert( ({ System.exit( 0 ); }) )",
                "$alert : Alert( (def f() { 1 }; f()) == 1 )",
                "$alert : Alert( name soundslike \"x\", org.mvel2.MVEL.eval( \"1\" ) != null )",
                "$alert : Alert( annotations[ \"x\" ].chars().map( c -> c ) != null )",
                "$alert : Alert( Subject::parse != null )",
                "System : Alert( System.out != null )",
                "$alert : Alert( firing )@watch( * )",
                "/alerts[ firing ]",
                "$alert : Alert( firing ) /* unclosed",
                "$alert : Alert( name == \"unclosed )",
            })
    void refusesConditionsThatReachFurtherThanFacts(String conditions) {
        assertRefused(rule(conditions, WISH), 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit( 0 );",
                "Runtime.getRuntime().exec( \"id\" );",
                "java.lang.Runtime.getRuntime().exec( \"id\" );",
                "new Thread().start();",
                "\\u0053ystem.exit( 0 );",
                "drools.halt();",
                "kcontext.getKieRuntime().halt();",
                "modify( $alert ) { name() };",
                "update( $alert );",
                "delete( $alert );",
                "retract( $alert );",
                "insert( scaleUp( $alert.service() ) );",
                "insertLogical( $alert );",
                "insertLogical( \"x\" );",
                "insertLogical( new Object() );",
                "insertLogical( scaleUp( $alert.service() ), System.getenv() );",
                "scaleUp( $alert.service() );",
                "$alert.getClass();",
                "Class c = $alert.getClass();",
                "var c = $alert.getClass();",
                "var c = Class.forName( \"x\" );",
                "while ( true ) { }",
                "for ( ; ; ) ;",
                "if ( true ) insertLogical( scaleUp( $alert.service() ) );",
                "try { } finally { }",
                "throw null;",
                "Runnable r = () -> drools.halt();",
                "var s = \"\"\"\n x\"\"\";",
                "var now = Instant.now();",
                "var s = \"a\\u0022; System.exit( 0 ); //\";",
                "var f = FIRING.get();",
                "int[] a = new int[ 1000000000 ];",
                "String s = \"x\".repeat( 1000000000 );",
                "// \\u000a System.exit( 0 );\n System.exit( 0 );",
                "var x = 0x1p3;",
            })
    void refusesConsequencesThatDoMoreThanWish(String statement) {
        assertRefused(rule(PATTERN, WISH + "\n    " + statement), 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "global java.util.List list\n",
                "dialect \"mvel\"\n",
                "import java.lang.Runtime;\n",
                "import java.io.*;\n",
                "import function java.lang.System.exit;\n",
                "import static java.lang.Runtime.getRuntime;\n",
                "function void f() { }\n",
                "declare Trap name : String end\n",
                "query \"q\" Alert() end\n",
                "unit Trap;\n",
                "expander trap.dsl\n",
                "#/ a comment of old\n",
                "\uFEFF",
                "\u0130mport java.io.*;",
                "\u0007",
                "\r",
                "rule \"b\" salience 10 when Alert() then insertLogical( restart( null ) ); end\n",
                "rule \"b\" salience ( System.exit( 0 ) ) when Alert() then end\n",
                "rule \"b\" timer( int: 5m ) when Alert() then end\n",
                "rule \"b\" no-loop when Alert() then end\n",
                "rule \"b\" dialect \"mvel\" when Alert() then end\n",
                "rule \"b\" extends \"a\" when Alert() then end\n",
                "rule \"b\" @autonomy( \"fast\" ) when Alert() then end\n",
                "rule \"b\" @autonomy( auto ) when Alert() then end\n",
                "rule \"b\" @cooldown( \"soon\" ) when Alert() then end\n",
                "rule \"b\" @cooldown( \"0s\" ) when Alert() then end\n",
                "rule \"b\" @Propagation( \"IMMEDIATE\" ) when Alert() then end\n",
                "rule b when Alert() then end\n",
                "rule \"b\" then end\n",
                "rule \"b\" when then insertLogical( restart( null ) ); end\n",
                "rule \"b\" when true then insertLogical( restart( null ) ); end\n",
                "rule \"b\" when Alert() then end\n",
                "rule \"b\" when Alert() then[x] insertLogical( restart( null ) ); end\n",
                "rule \"a\" when Alert() then insertLogical( restart( null ) ); end\n",
            })
    void refusesFilesThatAreMoreThanRules(String before) {
        List<RuleFault> faults = check(before + rule(PATTERN, WISH));

        assertThat(faults).isNotEmpty();
        assertThat(faults).allSatisfy(fault -> assertThat(fault.text()).startsWith("a.drl:"));
        assertThat(
                        Rulebook.compile(
                                        new TreeMap<>(
                                                Map.of("a.drl", before + rule(PATTERN, WISH))))
                                .rules())
                .isEmpty();
    }

    @Test
    void saysWhichKnownWordIsMuchLikeAnUnknownOne() {
        assertThat(check(rule("$alert : Alart( firing, nmae == \"x\" )", WISH)))
                .extracting(RuleFault::text)
                .anySatisfy(text ->
                        assertThat(text)
                                .isEqualTo(
                                        "a.drl:3:14: error: 'Alart' is not known to rules."
                                                + " Did you mean Alert?"));
    }

    @Test
    void saysWhatToDoInsteadOfWhatIsRefused() {
        assertThat(check(rule("$alert : Alert( firing )", WISH + " modify( $alert );")))
                .extracting(RuleFault::advice)
                .contains(
                        "A rule only wishes: insertLogical( verb( $subject ).because( $alert ) );");
    }

    private static void assertRefused(String text, int line) {
        List<RuleFault> faults = check(text);
        assertThat(faults).isNotEmpty();
        assertThat(faults)
                .anySatisfy(fault -> {
                    assertThat(fault.line()).isGreaterThanOrEqualTo(line);
                    assertThat(fault.column()).isPositive();
                    assertThat(fault.advice()).isNotEmpty();
                });
        // The word is refused before Drools sees it, not by luck of its compiler.
        Scan scan = Scan.of("a.drl", text);
        assertThat(RuleCheck.read(scan, FileShape.of(scan))).isNotEmpty();
    }
}

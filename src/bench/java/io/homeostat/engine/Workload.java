package io.homeostat.engine;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Which rules meet which cluster. Each alert matches one rule, and is about one of 100 services,
/// however many there are.
public enum Workload {
    SIMPLE_100("1 rule, 100 services", Kind.SIMPLE, 1, 100),
    SIMPLE("1 rule, 1,000 services", Kind.SIMPLE, 1, 1_000),
    SIMPLE_10000("1 rule, 10,000 services", Kind.SIMPLE, 1, 10_000),
    RULES_10("10 rules, 1,000 services", Kind.SIMPLE, 10, 1_000),
    RULES_100("100 rules, 1,000 services", Kind.SIMPLE, 100, 1_000),
    RULES_1000("1,000 rules, 1,000 services", Kind.SIMPLE, 1_000, 1_000),
    FACTJOIN("alert with 1 of 1,000 services", Kind.JOIN, 1, 1_000),
    FACTJOIN_10000("alert with 1 of 10,000 services", Kind.JOIN, 1, 10_000);

    private enum Kind {
        SIMPLE(
                """
                rule "rule %1$d" when
                    $alert : Alert( firing, name == "Alert%1$d", $service : service != null )
                then
                    insertLogical( scaleUp( $service ).because( $alert ) );
                end
                """,
                """
                rule "rule %1$d" when
                    $alert : Raw( alertname == "Alert%1$d", status == "firing" )
                then
                    out.add( $alert );
                end
                """),
        JOIN(
                """
                rule "rule %1$d" when
                    $alert : Alert( firing, name == "Alert%1$d", $about : service != null )
                    $service : Service( name == $about.name )
                then
                    insertLogical( scaleUp( $service ).because( $alert ) );
                end
                """,
                """
                rule "rule %1$d" when
                    $alert : Raw( alertname == "Alert%1$d", status == "firing" )
                    $service : RawService( name == $alert.service )
                then
                    out.add( $service );
                end
                """);

        private final String ours;
        private final String raw;

        Kind(String ours, String raw) {
            this.ours = ours;
            this.raw = raw;
        }
    }

    private static final int ABOUT = 100;

    private final String text;
    private final Kind kind;
    private final int rules;
    private final int services;

    Workload(String text, Kind kind, int rules, int services) {
        this.text = text;
        this.kind = kind;
        this.rules = rules;
        this.services = services;
    }

    String text() {
        return text;
    }

    BenchCluster cluster() {
        return new BenchCluster(services);
    }

    String rules() {
        return repeated(kind.ours);
    }

    String rawRules() {
        return """
        package bench
        import io.homeostat.engine.BenchAlert.Raw
        import io.homeostat.engine.RawBench.RawService
        global java.util.List out
        """
                + repeated(kind.raw);
    }

    private String repeated(String rule) {
        return IntStream.range(0, rules)
                .mapToObj(rule::formatted)
                .collect(Collectors.joining("\n"));
    }

    int services() {
        return services;
    }

    BenchAlert alert(long number) {
        int about = (int) (number % ABOUT) * (services / ABOUT);
        return new BenchAlert(number, "Alert" + number % rules, BenchCluster.name(about));
    }
}

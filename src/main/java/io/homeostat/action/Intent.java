package io.homeostat.action;

import io.homeostat.fact.Fact;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/// A rule's standing wish. It lives exactly as long as the facts that made the rule fire.
///
/// @param rule the rule that wishes
/// @param wish what it wishes
/// @param evidence the subjects of the facts that it wishes it because of
public record Intent(String rule, Wish wish, SortedSet<Subject> evidence)
        implements Comparable<Intent> {
    private static final Comparator<Intent> ORDER =
            Comparator.comparing(Intent::wish)
                    .thenComparing(Intent::rule)
                    .thenComparing(intent -> intent.evidence().toString());

    public Intent {
        evidence = Sorted.copy(evidence);
    }

    /// The same intent, resting on these facts as well; in rules: `scaleUp( $service ).because(
    /// $alert )`.
    public Intent because(Fact... facts) {
        SortedSet<Subject> more = new TreeSet<>(evidence);
        for (Fact fact : facts) {
            more.add(fact.subject());
        }
        return new Intent(rule, wish, more);
    }

    /// The kind of action that is wished; in rules: `Intent( kind == "restart" )`.
    public String getKind() {
        return wish.kind();
    }

    /// The name of the service that it is about; empty when it is about none.
    public String getServiceName() {
        Subject subject = wish.subject();
        return subject.kind() == Subject.Kind.SERVICE ? subject.name() : "";
    }

    /// The ID of the node that it is about; empty when it is about none.
    public String getNodeId() {
        Subject subject = wish.subject();
        return subject.kind() == Subject.Kind.NODE ? subject.name() : "";
    }

    @Override
    public int compareTo(Intent other) {
        return ORDER.compare(this, other);
    }
}

package io.homeostat.reload;

import io.homeostat.action.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What other rules would wish on the facts of now.
///
/// @param come what nobody wishes yet
/// @param go what nobody would wish any more
/// @param change what would be wished for the same subject in another way: more or less of it, by
///   another rule, or for other reasons
public record Difference(List<Wished> come, List<Wished> go, List<Change> change) {
    static final Difference NONE = new Difference(List.of(), List.of(), List.of());

    /// @param because the subjects that it is wished because of
    public record Wished(String rule, String subject, String wish, List<String> because) {
        static Wished of(Intent intent) {
            return new Wished(
                    intent.rule(),
                    intent.wish().subject().toString(),
                    intent.wish().text(),
                    intent.evidence().stream().map(Object::toString).toList());
        }

        private String text() {
            return "%s (rule \"%s\")".formatted(wish, rule);
        }
    }

    public record Change(Wished from, Wished to) {}

    public Difference {
        come = List.copyOf(come);
        go = List.copyOf(go);
        change = List.copyOf(change);
    }

    /// Intents are the same when rule, wish and evidence are.
    static Difference between(SortedSet<Intent> before, SortedSet<Intent> after) {
        SortedSet<Intent> gone = new TreeSet<>(before);
        gone.removeAll(after);
        SortedSet<Intent> come = new TreeSet<>(after);
        come.removeAll(before);
        List<Change> change = new ArrayList<>();
        List<Wished> go = new ArrayList<>();
        for (Intent old : gone) {
            Intent other =
                    come.stream().filter(each -> isAlike(old, each)).findFirst().orElse(null);
            if (other == null) {
                go.add(Wished.of(old));
            } else {
                come.remove(other);
                change.add(new Change(Wished.of(old), Wished.of(other)));
            }
        }
        return new Difference(come.stream().map(Wished::of).toList(), go, change);
    }

    private static boolean isAlike(Intent one, Intent other) {
        return one.wish().subject().equals(other.wish().subject())
                && one.wish().kind().equals(other.wish().kind());
    }

    /// It in sentences, none when there is none.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        come.forEach(each -> lines.add("would be wished: " + each.text()));
        go.forEach(each -> lines.add("would not be wished any more: " + each.text()));
        change.forEach(each ->
                lines.add(
                        "would be wished otherwise: %s instead of %s"
                                .formatted(each.to().text(), each.from().text())));
        return lines;
    }
}

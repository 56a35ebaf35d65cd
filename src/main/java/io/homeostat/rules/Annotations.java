package io.homeostat.rules;

import io.homeostat.fact.Autonomy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a rule's annotations say.
final class Annotations {
    private static final String LEARNED = "learned/";

    private Annotations() {}

    /// Adds the faults of a rule's annotations. A value that cannot be read is never guessed.
    static void check(Scan scan, RuleShape rule, List<RuleFault> faults) {
        Set<String> seen = new TreeSet<>();
        for (RuleShape.Note note : rule.notes()) {
            String word = note.word().text();
            String advice = seen.add(word) ? wrong(word, note.value().unquoted()) : "Say it once.";
            if (advice != null) {
                faults.add(
                        RuleFault.error(
                                scan.file(),
                                scan.place(note.word()),
                                "@%s( %s ) cannot be read.".formatted(word, note.value().text()),
                                advice));
            }
        }
    }

    private static @Nullable String wrong(String word, String value) {
        return switch (word) {
            case "autonomy" ->
                    Autonomy.named(value).isPresent()
                            ? null
                            : "Say \"shadow\", \"ask\" or \"auto\".";
            case "cooldown" ->
                    Spoken.duration(value).isPresent()
                            ? null
                            : "Say how long: \"30s\", \"2m\", \"1h\", \"5m30s\".";
            case "owner" -> value.isBlank() ? "Say who looks after the rule." : null;
            default -> "Known are @autonomy, @cooldown and @owner.";
        };
    }

    /// What a rule without faults says of itself.
    static RuleNotes notes(Scan scan, RuleShape rule) {
        boolean learned = scan.file().startsWith(LEARNED);
        Autonomy autonomy = learned ? Autonomy.SHADOW : Autonomy.ASK;
        Duration cooldown = null;
        String owner = "";
        for (RuleShape.Note note : rule.notes()) {
            String value = note.value().unquoted();
            switch (note.word().text()) {
                case "autonomy" -> autonomy = Autonomy.named(value).orElseThrow();
                case "cooldown" -> cooldown = Spoken.duration(value).orElseThrow();
                case "owner" -> owner = value;
                default -> throw new IllegalStateException("unchecked " + note);
            }
        }
        int line = Place.of(scan.text(), rule.begin()).line();
        return new RuleNotes(
                rule.name().unquoted(), scan.file(), line, autonomy, cooldown, owner, learned);
    }
}

package io.homeostat.rules;

import io.homeostat.rules.RuleParts.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kie.api.KieBase;

/// Rules beside the real ones, in the same session, that say which parts of those are met. They
/// share the real rules' nodes, so that they mean what those mean; and they wish nothing.
///
/// Each pattern with those before it is one, and so is each whole rule with one of its conditions
/// inverted.
final class Probes {
    /// Sorts behind all files of rules: what cannot be placed is blamed on the last file.
    private static final String FOLDER = "~probes/";

    private final SortedMap<String, FileShape> sound;
    private final SortedMap<String, String> sources;
    private final Set<String> taken = new TreeSet<>();
    private final SortedMap<String, RuleProbe> byFile = new TreeMap<>();
    private final SortedMap<String, RuleProbe> byName = new TreeMap<>();

    /// @param base the real rules and their probes, compiled
    /// @param byName the probes by the names of the rules that stand for them
    record Compiled(KieBase base, SortedMap<String, RuleProbe> byName) {}

    private Probes(SortedMap<String, FileShape> sound, SortedMap<String, String> sources) {
        this.sound = sound;
        this.sources = new TreeMap<>(sources);
        for (FileShape shape : sound.values()) {
            shape.rules().forEach(rule -> taken.add(rule.name().unquoted()));
        }
    }

    /// @param sources the real rules' texts to compile
    static Compiled compile(SortedMap<String, FileShape> sound, SortedMap<String, String> sources) {
        Probes probes = new Probes(sound, sources);
        sound.forEach((file, shape) -> shape.rules().forEach(rule -> probes.of(shape, rule)));
        return probes.compile();
    }

    /// A probe that does not compile, since its condition cannot be inverted, is left out.
    private Compiled compile() {
        Compilation.Result result = Compilation.of(sound, sources);
        while (result.base() == null) {
            boolean fewer = false;
            for (RuleFault fault : result.faults()) {
                fewer |= byFile.containsKey(fault.file());
                sources.remove(fault.file());
                byFile.remove(fault.file());
            }
            if (!fewer) {
                result.orThrow();
            }
            result = Compilation.of(sound, sources);
        }
        byName.values().retainAll(byFile.values());
        return new Compiled(result.base(), byName);
    }

    private void of(FileShape shape, RuleShape rule) {
        List<RuleParts> parts = RuleParts.of(shape, rule.name().unquoted());
        List<String> before = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            RuleParts part = parts.get(i);
            List<RuleParts> after = parts.subList(i + 1, parts.size());
            String through = lines(before) + part.text();
            add(shape, rule, RuleProbe.Kind.PATTERN, part.offset(), part.text(), through);
            if (part.inverted().isPresent()) {
                String inverted = lines(before) + part.inverted().get() + "\n" + texts(after);
                add(shape, rule, RuleProbe.Kind.MISSING, part.offset(), part.text(), inverted);
            }
            for (Constraint each : part.constraints()) {
                if (!each.onlyBinds()) {
                    String missing = lines(before) + part.without(each) + "\n";
                    add(
                            shape,
                            rule,
                            RuleProbe.Kind.MISSING,
                            each.offset(),
                            each.asked(),
                            missing + texts(after, each));
                }
            }
            before.add(part.text());
        }
    }

    private void add(
            FileShape shape,
            RuleShape rule,
            RuleProbe.Kind kind,
            int offset,
            String text,
            String when) {
        String name = name(rule.name().unquoted());
        Place place = Place.of(shape.scan().text(), offset);
        RuleProbe probe =
                new RuleProbe(
                        kind,
                        rule.name().unquoted(),
                        shape.scan().file(),
                        place.line(),
                        place.column(),
                        RuleParts.inOneLine(text));
        String file = "%s%06d".formatted(FOLDER, byFile.size());
        byName.put(name, probe);
        byFile.put(file, probe);
        sources.put(file, "rule \"%s\"\nwhen\n%s\nthen\nend\n".formatted(name, when));
    }

    /// A name that says in messages which rule it is about, and that no rule has.
    private String name(String rule) {
        String name = "%s, part %d".formatted(rule, byName.size() + 1);
        while (taken.contains(name)) {
            name = name + "+";
        }
        return name;
    }

    private static String lines(List<String> texts) {
        return texts.isEmpty() ? "" : String.join("\n", texts) + "\n";
    }

    private static String texts(List<RuleParts> parts) {
        return lines(parts.stream().map(RuleParts::text).toList());
    }

    private static String texts(List<RuleParts> parts, Constraint missing) {
        return lines(
                parts.stream().map(part -> part.after(missing)).flatMap(Optional::stream).toList());
    }
}

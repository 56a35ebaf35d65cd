package io.homeostat.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/// All rule files, checked and compiled. One bad file never takes the others down: what it says is
/// left out, and why is in [#faults()].
///
/// It never changes, holds nothing that must be closed, and may be shared by threads.
public final class Rulebook {
    private static final int VERSION_LENGTH = 12;

    private final SortedMap<String, String> sources;
    private final String hash;
    private final List<RuleFault> faults;
    private final SortedMap<String, RuleNotes> rules;
    private final SortedMap<String, FileShape> sound;
    private final SortedMap<String, String> versions;
    private final KieBase base;
    private final SortedMap<String, RuleProbe> probes;
    private final @Nullable RuleObserver observer;
    private final RuleBudget budget;

    private Rulebook(
            SortedMap<String, String> sources,
            List<RuleFault> faults,
            SortedMap<String, RuleNotes> rules,
            SortedMap<String, FileShape> sound,
            KieBase base) {
        this.sources = sources;
        this.hash = hashOf(sources);
        this.faults = faults;
        this.rules = rules;
        this.sound = sound;
        this.versions = versionsOf(sound);
        this.base = base;
        this.probes = Collections.emptySortedMap();
        this.observer = null;
        this.budget = RuleBudget.DEFAULT;
    }

    private Rulebook(
            Rulebook same,
            KieBase base,
            SortedMap<String, RuleProbe> probes,
            @Nullable RuleObserver observer,
            RuleBudget budget) {
        this.sources = same.sources;
        this.hash = same.hash;
        this.faults = same.faults;
        this.rules = same.rules;
        this.sound = same.sound;
        this.versions = same.versions;
        this.base = base;
        this.probes = probes;
        this.observer = observer;
        this.budget = budget;
    }

    /// Checks and compiles rules.
    ///
    /// @param sources file names, relative to the directory of rules, and their texts
    public static Rulebook compile(SortedMap<String, String> sources) {
        SortedMap<String, String> kept = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        Reading reading = new Reading();
        kept.forEach(reading::take);
        KieBase base = reading.compile();
        Collections.sort(reading.faults);
        return new Rulebook(
                kept,
                List.copyOf(reading.faults),
                Collections.unmodifiableSortedMap(reading.notes()),
                reading.sound,
                base);
    }

    /// What is wrong, by file and place.
    public List<RuleFault> faults() {
        return faults;
    }

    /// The rules that are heard, by name.
    public SortedMap<String, RuleNotes> rules() {
        return rules;
    }

    /// What it was compiled from, also the files that are not heard.
    public SortedMap<String, String> sources() {
        return sources;
    }

    /// The SHA-256 of names and texts of all files: equal hashes are equal rulebooks.
    public String hash() {
        return hash;
    }

    /// The versions of the rules that are heard, by name: equal versions say the same, wherever and
    /// in whichever layout.
    public SortedMap<String, String> versions() {
        return versions;
    }

    /// True when some files are not heard.
    public boolean isFaulty() {
        return faults.stream().anyMatch(fault -> fault.severity() == RuleFault.Severity.ERROR);
    }

    private static SortedMap<String, String> versionsOf(SortedMap<String, FileShape> sound) {
        SortedMap<String, String> versions = new TreeMap<>();
        for (FileShape shape : sound.values()) {
            for (RuleShape rule : shape.rules()) {
                String name = rule.name().unquoted();
                String version = hashOf(new TreeMap<>(Map.of(name, rule.essence())));
                versions.put(name, version.substring(0, VERSION_LENGTH));
            }
        }
        return Collections.unmodifiableSortedMap(versions);
    }

    /// The same rules, with probes beside them that say which parts of them are met. It takes as
    /// long as compiling some rules for each rule, and is meant for tests of rules.
    public Rulebook probed() {
        Probes.Compiled compiled = Probes.compile(sound, bare(sound, Set.of()));
        return new Rulebook(this, compiled.base(), compiled.byName(), observer, budget);
    }

    /// What [#probed()] can say of its rules; empty without.
    public SortedSet<RuleProbe> probes() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(probes.values()));
    }

    /// The same rules, with somebody who hears what they do in every session.
    public Rulebook observedBy(RuleObserver other) {
        return new Rulebook(this, base, probes, other, budget);
    }

    /// The same rules, which may do so much in one consultation.
    public Rulebook within(RuleBudget other) {
        return new Rulebook(this, base, probes, observer, other);
    }

    /// What its rules may do in one consultation; [RuleBudget#DEFAULT] unless said otherwise.
    public RuleBudget budget() {
        return budget;
    }

    Optional<Observed> listener() {
        return Optional.ofNullable(observer).map(hears -> new Observed(hears, probes));
    }

    /// The SHA-256 of names and texts of files: equal hashes are equal rulebooks.
    public static String hashOf(SortedMap<String, String> sources) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            sources.forEach((file, text) -> {
                digest.update(file.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256; this one has not.", missing);
        }
    }

    /// The compiled rules except some.
    ///
    /// They are compiled anew, as even the conditions of a rule that is put aside must not be
    /// evaluated: it may be they that threw.
    KieBase without(Set<String> putAside) {
        if (Collections.disjoint(rules.keySet(), putAside)) {
            return base;
        }
        return Compilation.of(sound, bare(sound, putAside)).orThrow();
    }

    /// The files that are heard, taken apart.
    SortedMap<String, FileShape> sound() {
        return sound;
    }

    private static SortedMap<String, String> bare(
            SortedMap<String, FileShape> shapes, Set<String> putAside) {
        SortedMap<String, String> bare = new TreeMap<>();
        shapes.forEach((file, shape) -> bare.put(file, shape.bare(putAside)));
        return bare;
    }

    /// The files as they are taken in one after the other.
    private static final class Reading {
        private final List<RuleFault> faults = new ArrayList<>();
        private final SortedMap<String, FileShape> sound = new TreeMap<>();
        private final Map<String, String> fileOfRule = new TreeMap<>();

        void take(String file, String text) {
            Scan scan = Scan.of(file, text);
            FileShape shape = FileShape.of(scan);
            List<RuleFault> found = new ArrayList<>(RuleCheck.read(scan, shape));
            for (RuleShape rule : shape.rules()) {
                String name = rule.name().unquoted();
                String other = fileOfRule.get(name);
                if (other != null) {
                    found.add(
                            RuleFault.error(
                                            file,
                                            scan.place(rule.name()),
                                            "A rule \"%s\" is in %s already."
                                                    .formatted(name, other),
                                            "Rules are known by name; give this one another.")
                                    .found(UsedTwice.NAME));
                }
            }
            if (found.isEmpty()) {
                sound.put(file, shape);
                shape.rules().forEach(rule -> fileOfRule.put(rule.name().unquoted(), file));
            } else {
                found.addAll(Compilation.restOf(shape, found));
            }
            faults.addAll(found);
        }

        /// Compiles all sound files together; if that fails, each alone, to leave out the bad ones.
        KieBase compile() {
            Compilation.Result together = Compilation.of(sound, bare(sound, Set.of()));
            if (together.base() != null) {
                return together.base();
            }
            for (FileShape shape : List.copyOf(sound.values())) {
                String file = shape.scan().file();
                SortedMap<String, FileShape> alone = new TreeMap<>(Map.of(file, shape));
                List<RuleFault> found = Compilation.of(alone, bare(alone, Set.of())).faults();
                leaveOut(found);
                faults.addAll(Compilation.restOf(shape, found));
            }
            Compilation.Result rest = Compilation.of(sound, bare(sound, Set.of()));
            while (rest.base() == null) {
                leaveOut(rest.faults());
                rest = Compilation.of(sound, bare(sound, Set.of()));
            }
            return rest.base();
        }

        private void leaveOut(List<RuleFault> found) {
            faults.addAll(found);
            found.forEach(fault -> sound.remove(fault.file()));
        }

        SortedMap<String, RuleNotes> notes() {
            SortedMap<String, RuleNotes> notes = new TreeMap<>();
            sound.forEach((file, shape) -> {
                for (RuleShape rule : shape.rules()) {
                    notes.put(rule.name().unquoted(), Annotations.notes(shape.scan(), rule));
                }
            });
            return notes;
        }
    }
}

package io.homeostat.rules;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderError;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.io.ResourceFactory;

/// Compiles rule files that have passed [RuleCheck].
///
/// It uses the knowledge builder rather than Drools' modules: those are kept in a repository of the
/// process until somebody removes them, and read their settings from system properties.
final class Compilation {
    /// Above 17 it has to be said; it is the language of consequences only.
    private static final String LANGUAGE_LEVEL = "drools.dialect.java.compiler.lnglevel";

    /// What Drools' messages quote, most telling first.
    private static final List<Pattern> QUOTED =
            List.of(
                    Pattern.compile("Unable to resolve ObjectType '([\\w.]+)'"),
                    Pattern.compile("strict-mode: [\\w.]+\\.(\\w+)"),
                    Pattern.compile("[Tt]he method (\\w+)\\("),
                    Pattern.compile("Analyse Expression (\\w+)"),
                    Pattern.compile("^Rule Compilation error (\\w+|\\$\\w+) cannot be resolved"));

    private static final Pattern PLACE = Pattern.compile("Line (\\d+):(\\d+)\\s*");

    /// Lines of a message that draw the place, in a text that the rule's author never wrote.
    private static final Pattern DRAWING =
            Pattern.compile("\\[Near|\\^|\\[Line|In EvaluationContext");

    private final Map<String, FileShape> shapes;

    private Compilation(Map<String, FileShape> shapes) {
        this.shapes = shapes;
    }

    /// A compiled set of files, or what is wrong with it.
    record Result(@Nullable KieBase base, List<RuleFault> faults) {
        KieBase orThrow() {
            if (base == null) {
                throw new IllegalStateException("Rules that compiled do not any more: " + faults);
            }
            return base;
        }
    }

    /// Compiles files together, all or nothing.
    ///
    /// @param shapes the files' shapes, for places and names
    /// @param sources the texts to compile, without imports
    static Result of(Map<String, FileShape> shapes, SortedMap<String, String> sources) {
        return OwnClasses.during(() -> new Compilation(shapes).run(sources));
    }

    /// What is wrong with the other rules of a file in which some have faults already: a reader of
    /// faults wants all of them at once.
    static List<RuleFault> restOf(FileShape shape, List<RuleFault> known) {
        String file = shape.scan().file();
        List<RuleFault> more = new ArrayList<>();
        List<RuleFault> all = new ArrayList<>(known);
        Set<String> broken = shape.broken(all);
        boolean isProgress = !known.isEmpty() && shape.scan().faults().isEmpty();
        while (isProgress && broken.size() < shape.rules().size()) {
            SortedMap<String, String> rest = new TreeMap<>(Map.of(file, shape.bare(broken)));
            List<RuleFault> found = of(Map.of(file, shape), rest).faults();
            more.addAll(found);
            all.addAll(found);
            Set<String> now = shape.broken(all);
            isProgress = now.size() > broken.size();
            broken = now;
        }
        return more;
    }

    private Result run(SortedMap<String, String> sources) {
        ClassLoader fence = new Fence(Compilation.class.getClassLoader());
        Properties settings = new Properties();
        settings.setProperty(LANGUAGE_LEVEL, "21");
        KnowledgeBuilder builder =
                KnowledgeBuilderFactory.newKnowledgeBuilder(
                        KnowledgeBuilderFactory.newKnowledgeBuilderConfiguration(settings, fence));
        try {
            sources.forEach((file, text) -> {
                Resource resource =
                        ResourceFactory.newReaderResource(
                                new StringReader(Vocabulary.preamble() + text));
                resource.setSourcePath(file);
                builder.add(resource, ResourceType.DRL);
            });
        } catch (RuntimeException broken) {
            return new Result(null, List.of(unreadable(sources, broken)));
        }
        List<RuleFault> faults = new ArrayList<>();
        for (KnowledgeBuilderError error : builder.getErrors()) {
            String file = error.getResource() == null ? "" : name(error.getResource());
            fault(sources.containsKey(file) ? file : sources.lastKey(), error)
                    .ifPresent(faults::add);
        }
        if (builder.hasErrors()) {
            return new Result(null, faults);
        }
        return new Result(base(builder, fence), List.of());
    }

    /// The builder's own way would link the rules by the thread's class loader, whichever that is.
    private static KieBase base(KnowledgeBuilder builder, ClassLoader fence) {
        InternalKnowledgeBase base =
                KnowledgeBaseFactory.newKnowledgeBase(
                        RuleBaseFactory.newKnowledgeBaseConfiguration(new Properties(), fence));
        base.addPackages(builder.getKnowledgePackages());
        return base;
    }

    private static String name(Resource resource) {
        return String.valueOf(resource.getSourcePath());
    }

    private static RuleFault unreadable(
            SortedMap<String, String> sources, RuntimeException broken) {
        return RuleFault.error(
                sources.lastKey(),
                Place.WHOLE_FILE,
                "The rule engine cannot compile it: " + broken + ".",
                "Take its rules out one by one until it compiles.");
    }

    private Optional<RuleFault> fault(String file, KnowledgeBuilderError error) {
        String message = error.getMessage().strip();
        if (message.equals("Parser returned a null Package")) {
            return Optional.empty();
        }
        int line = error.getLines().length == 0 ? 0 : Math.max(0, error.getLines()[0]);
        Matcher place = PLACE.matcher(message);
        if (place.find()) {
            Place where =
                    shifted(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
            return Optional.of(
                    RuleFault.error(
                            file,
                            where,
                            sentence(message.substring(place.end())),
                            "Before that place something is missing, or one too many."));
        }
        return Optional.of(
                RuleFault.error(
                        file,
                        find(file, line, message),
                        sentence(message),
                        CompileAdvice.on(message)));
    }

    /// The first line of a file has the imports before it, which its author does not see.
    private static Place shifted(int line, int column) {
        int before = line == 1 ? Vocabulary.preamble().length() : 0;
        return new Place(line, Math.max(0, column + 1 - before));
    }

    /// Drools gives a line at best: look for the word it quotes, from there on.
    private Place find(String file, int line, String message) {
        FileShape shape = shapes.get(file);
        if (shape != null) {
            for (Pattern pattern : QUOTED) {
                Matcher quoted = pattern.matcher(message);
                if (quoted.find()) {
                    Optional<Place> place = shape.find(quoted.group(1), line);
                    if (place.isPresent()) {
                        return place.get();
                    }
                }
            }
        }
        return new Place(line, 0);
    }

    /// Drools' message in one sentence, without the drawing of the place.
    private static String sentence(String message) {
        String words =
                message.lines()
                        .map(String::strip)
                        .filter(line -> !DRAWING.matcher(line).lookingAt())
                        .map(line -> line.replaceAll("^\\[Error: (.*)]$", "$1"))
                        .collect(Collectors.joining(" "))
                        .replace("Rule Compilation error ", "");
        return words.endsWith(".") ? words : words + ".";
    }
}

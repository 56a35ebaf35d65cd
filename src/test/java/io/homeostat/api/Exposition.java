package io.homeostat.api;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What /q/metrics answered, in Prometheus' text format.
record Exposition(List<Family> all, List<Sample> samples) {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) ?(.*)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? (\\S+).*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /// @param labels without those that Prometheus makes of a histogram
    record Family(String name, String type, String help, SortedSet<String> labels) {}

    record Sample(String name, SortedMap<String, String> labels, double value) {
        String label(String label) {
            return labels.getOrDefault(label, "");
        }
    }

    static Exposition read(String text) {
        SortedMap<String, String> helps = new TreeMap<>();
        SortedMap<String, String> types = new TreeMap<>();
        List<Sample> samples = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches()) {
                (comment.group(1).equals("HELP") ? helps : types)
                        .put(comment.group(2), comment.group(3).strip());
            } else if (sample.matches()) {
                samples.add(sample(sample));
            }
        }
        List<Family> families = new ArrayList<>();
        types.forEach((name, type) -> {
            String help = helps.getOrDefault(name, "");
            // OpenMetrics names a counter without the ending that its samples have.
            boolean bare = type.equals("counter") && !name.endsWith("_total");
            String full = bare ? name + "_total" : name;
            families.add(new Family(full, type, help, labels(full, type, samples)));
        });
        return new Exposition(families, samples);
    }

    private static Sample sample(Matcher line) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (line.group(2) != null) {
            LABEL.matcher(line.group(2))
                    .results()
                    .forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        String value = line.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
        return new Sample(line.group(1), labels, Double.parseDouble(value));
    }

    private static SortedSet<String> labels(String family, String type, List<Sample> samples) {
        SortedSet<String> names = new TreeSet<>();
        boolean parts = type.equals("histogram") || type.equals("summary");
        for (Sample sample : samples) {
            String suffix = sample.name().replaceFirst("^" + family, "");
            if (suffix.isEmpty() || (parts && suffix.matches("_(count|sum|bucket)"))) {
                names.addAll(sample.labels().keySet());
            }
        }
        names.remove("le");
        return names;
    }

    List<Family> families(String prefix) {
        return all.stream().filter(family -> family.name().startsWith(prefix)).toList();
    }

    List<Sample> of(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }
}

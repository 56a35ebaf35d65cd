package io.homeostat.fact;

import java.util.SortedSet;
import java.util.TreeSet;

/// The sides of a service or a node that a change can touch.
public enum Aspect {
    REPLICAS("replicas"),
    IMAGE("image"),
    CONFIG("configuration"),
    LABELS("labels"),
    OTHER("other settings"),
    /// Whether a node may have tasks: the only side of a node that people and we both change.
    AVAILABILITY("availability");

    private static final String CONTAINER = "TaskTemplate.ContainerSpec";

    private final String word;

    Aspect(String word) {
        this.word = word;
    }

    /// What people call it.
    public String word() {
        return word;
    }

    /// The sides of a service that are touched at these paths of Docker's `Spec`.
    public static SortedSet<Aspect> of(SortedSet<String> paths) {
        SortedSet<Aspect> aspects = new TreeSet<>();
        for (String path : paths) {
            aspects.add(of(path));
        }
        return aspects;
    }

    /// Everything of the container but its image counts as configuration.
    private static Aspect of(String path) {
        if (path.startsWith("Mode.Replicated")) {
            return REPLICAS;
        }
        if (path.equals(CONTAINER + ".Image")) {
            return IMAGE;
        }
        if (path.startsWith(CONTAINER + ".") || path.startsWith("TaskTemplate.PluginSpec")) {
            return CONFIG;
        }
        if (path.equals("Labels") || path.startsWith("Labels.")) {
            return LABELS;
        }
        return OTHER;
    }
}

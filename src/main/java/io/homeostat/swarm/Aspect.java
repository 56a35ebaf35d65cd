package io.homeostat.swarm;

import java.util.SortedSet;
import java.util.TreeSet;

/// The sides of a service that a change can touch.
enum Aspect {
    REPLICAS,
    IMAGE,
    CONFIG,
    LABELS,
    OTHER;

    private static final String CONTAINER = "TaskTemplate.ContainerSpec";

    static SortedSet<Aspect> of(SortedSet<String> paths) {
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

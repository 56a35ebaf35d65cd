package io.homeostat.standin;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What goes wrong with requests, by a text that their paths contain.
final class Faults {
    /// Exactly one of the fields counts.
    record Fault(int status, String message, boolean breakOffAfter, boolean hang) {}

    private final Map<String, Fault> faults = new TreeMap<>();
    private @Nullable String spared;

    synchronized void put(String text, Fault fault) {
        faults.put(text, fault);
    }

    synchronized void spare(String text) {
        spared = text;
    }

    synchronized void clear() {
        faults.clear();
    }

    synchronized @Nullable Fault at(String target) {
        if (spared != null && target.contains(spared)) {
            return null;
        }
        for (Map.Entry<String, Fault> fault : faults.entrySet()) {
            if (target.contains(fault.getKey())) {
                return fault.getValue();
            }
        }
        return null;
    }
}

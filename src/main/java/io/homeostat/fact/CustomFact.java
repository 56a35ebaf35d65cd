package io.homeostat.fact;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What somebody outside tells us of the world, such as the depth of a queue. It holds until its
/// time is over or it is removed: no watcher looks after it.
///
/// @param kind what sort of thing it is about, in the words of whoever tells it: `queue`
/// @param key which one of that sort: `orders`
/// @param values what is told of it, texts by name; a number is written as text
/// @param since when these values were first told without a break
/// @param at when they were last told
/// @param until when it is forgotten unless it is told again
/// @param by who told these values
/// @param why the reason given
public record CustomFact(
        String kind,
        String key,
        SortedMap<String, String> values,
        Instant since,
        Instant at,
        Instant until,
        String by,
        String why)
        implements Fact {
    public CustomFact {
        values = Sorted.copy(values);
    }

    @Override
    public Subject subject() {
        return Subject.custom(kind, key);
    }

    /// The value of that name, null when none is told.
    public @Nullable String value(String name) {
        return values.get(name);
    }

    /// The value of that name as a number, null when none is told or when it is no number. A
    /// comparison with null is false, whichever way it is written.
    public @Nullable Double number(String name) {
        String text = values.get(name);
        if (text == null || !isNumber(text)) {
            return null;
        }
        return new BigDecimal(text).doubleValue();
    }

    /// True when it can be read as a number: `12`, `-0.5`, `1e6`.
    private static boolean isNumber(String text) {
        return text.length() <= 64
                && text.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    }
}

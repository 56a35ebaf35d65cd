package io.homeostat.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values that stand in rules, and of which type a field can have them.
final class Values {
    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, long.class, Integer.class, Long.class);

    private Values() {}

    static boolean isWhole(Class<?> type) {
        return WHOLE.contains(type);
    }

    static boolean isNumber(Class<?> type) {
        return isWhole(type) || type == double.class || Number.class.isAssignableFrom(type);
    }

    /// The value as such a field would have it; null when a comparison of the two is not reckoned
    /// with.
    static @Nullable Object fitting(Class<?> type, Object value) {
        return switch (value) {
            case BigDecimal number -> isNumber(type) ? number.stripTrailingZeros() : null;
            case Boolean _ -> type == boolean.class || type == Boolean.class ? value : null;
            case String text ->
                    type == String.class
                            ? text
                            : constants(type).stream()
                                    .filter(each -> each.toString().equals(text))
                                    .findFirst()
                                    .orElse(null);
            case Object _ -> type.isInstance(value) ? value : null;
        };
    }

    /// All values that such a field can have; empty when they are too many to list.
    static List<Object> constants(Class<?> type) {
        if (type == boolean.class) {
            return List.of(true, false);
        }
        return type.isEnum() ? List.of((Object[]) type.getEnumConstants()) : List.of();
    }

    /// `Service.Mode.GLOBAL`, `Watcher.TASKS`.
    static Optional<Object> constant(Term.Path path) {
        Optional<Class<?>> type = Types.named(path.first().name());
        for (int i = 1; i < path.steps().size() && type.isPresent(); i++) {
            Term.Step step = path.steps().get(i);
            if (step.kind() != Term.Step.Kind.NAME) {
                return Optional.empty();
            }
            if (i == path.steps().size() - 1) {
                return Types.constant(type.get(), step.name());
            }
            type = Types.nested(type.get(), step.name());
        }
        return Optional.empty();
    }
}

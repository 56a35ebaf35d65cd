package io.homeostat.store;

import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes sample values of any record by looking at its components, so that no new record is
/// forgotten.
final class Samples {
    static final Instant AT = Instant.parse("2026-11-23T01:02:03.123456789Z");

    private Samples() {}

    /// All records of a family: a record itself, or every permitted one below an interface.
    static List<Class<?>> records(Class<?> type) {
        if (type == Fact.class) {
            return new ArrayList<>(Json.FACTS);
        }
        if (type.isRecord()) {
            return List.of(type);
        }
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted == null) {
            throw new IllegalStateException(type + " is neither a record nor sealed");
        }
        List<Class<?>> found = new ArrayList<>();
        Arrays.stream(permitted).forEach(one -> found.addAll(records(one)));
        return found;
    }

    /// One value with everything filled in, and one with null wherever that is allowed.
    static List<Object> of(Class<?> record) throws ReflectiveOperationException {
        return List.of(make(record, false), make(record, true));
    }

    private static Object make(Class<?> record, boolean sparse)
            throws ReflectiveOperationException {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] =
                    sparse && nullable
                            ? null
                            : value(components[i].getGenericType(), i + 3, sparse);
        }
        Constructor<?> constructor = record.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object value(Type type, int number, boolean sparse)
            throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return container(generic, number, sparse);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return "text " + number + " \"quoted\" é";
        }
        if (plain == int.class || plain == Integer.class) {
            return number;
        }
        if (plain == long.class || plain == Long.class) {
            return (long) number << 40;
        }
        if (plain == boolean.class) {
            return true;
        }
        if (plain == Instant.class) {
            return AT.plusSeconds(number);
        }
        if (plain == Duration.class) {
            return Duration.ofMillis(1234).plusSeconds(number);
        }
        if (plain == Subject.class) {
            return Subject.service("shop_api");
        }
        if (plain.isEnum()) {
            // The last: an objection cannot be the first verdict, allow.
            return plain.getEnumConstants()[plain.getEnumConstants().length - 1];
        }
        return make(records(plain).getFirst(), sparse);
    }

    private static Object container(ParameterizedType type, int number, boolean sparse)
            throws ReflectiveOperationException {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == List.class) {
            return List.of(value(arguments[0], number, sparse));
        }
        if (raw == SortedSet.class) {
            return new TreeSet<>(List.of(value(arguments[0], number, sparse)));
        }
        if (raw == SortedMap.class || raw == Map.class) {
            return new TreeMap<>(Map.of("key", value(arguments[1], number, sparse)));
        }
        throw new IllegalStateException("no sample for " + type);
    }
}

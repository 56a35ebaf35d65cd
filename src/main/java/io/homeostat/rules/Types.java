package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.action.PolicyObjection;
import io.homeostat.action.Verbs;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The types that rules know, and their members, by their declaration.
final class Types {
    private static final Set<String> HIDDEN =
            Set.of("getClass", "hashCode", "wait", "notify", "notifyAll", "class");

    /// Of these, the rule engine knows more members than they declare, or their type says too
    /// little.
    private static final List<Class<?>> OPEN =
            List.of(Object.class, Number.class, Comparable.class);

    private Types() {}

    /// A member: what it gives, whether that may be null, and what declares it.
    record Member(Type type, boolean isNullable, AnnotatedElement declaration, String name) {
        Class<?> raw() {
            return Types.raw(type);
        }
    }

    static Optional<Class<?>> named(String word) {
        return Stream.of(
                        Vocabulary.OURS,
                        Vocabulary.JAVAS_IMPORTED,
                        List.of(
                                Intent.class,
                                PolicyObjection.class,
                                Object.class,
                                String.class,
                                Boolean.class,
                                Integer.class,
                                Long.class,
                                Double.class,
                                Number.class,
                                Math.class))
                .flatMap(List::stream)
                .filter(type -> type.getSimpleName().equals(word))
                .<Class<?>>map(type -> type)
                .findFirst();
    }

    /// True when what a type declares is all that it has.
    static boolean isClosed(Class<?> type) {
        return !OPEN.contains(type)
                && !type.isPrimitive()
                && !Map.class.isAssignableFrom(type)
                && !Collection.class.isAssignableFrom(type);
    }

    /// What stands after a dot, of a value.
    static Optional<Member> member(Class<?> type, Term.Step step) {
        return methods(type)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> fits(method, step))
                .findFirst()
                .map(Types::member);
    }

    /// What stands after a dot, of a type.
    static Optional<Member> ofType(Class<?> type, Term.Step step) {
        if (step.kind() == Term.Step.Kind.CALL) {
            return methods(type)
                    .filter(method -> Modifier.isStatic(method.getModifiers()))
                    .filter(method -> fits(method, step))
                    .findFirst()
                    .map(Types::member);
        }
        return Stream.of(type.getFields())
                .filter(field -> field.getName().equals(step.name()))
                .findFirst()
                .map(field -> new Member(field.getGenericType(), false, field, step.name()));
    }

    static Optional<Class<?>> nested(Class<?> type, String name) {
        return Stream.of(type.getDeclaredClasses())
                .filter(inner -> Modifier.isPublic(inner.getModifiers()))
                .filter(inner -> inner.getSimpleName().equals(name))
                .<Class<?>>map(inner -> inner)
                .findFirst();
    }

    /// The value of a constant, such as `Service.Mode.GLOBAL` or `Watcher.TASKS`.
    static Optional<Object> constant(Class<?> type, String name) {
        for (Field field : type.getFields()) {
            boolean isConstant =
                    Modifier.isStatic(field.getModifiers())
                            && Modifier.isFinal(field.getModifiers())
                            && field.getName().equals(name);
            if (isConstant) {
                try {
                    return Optional.ofNullable(field.get(null));
                } catch (IllegalAccessException hidden) {
                    throw new IllegalStateException("a public constant is readable", hidden);
                }
            }
        }
        return Optional.empty();
    }

    static Stream<Method> verbs(String name) {
        return Stream.of(Verbs.class.getMethods()).filter(method -> method.getName().equals(name));
    }

    /// The names by which a value's members may be read, for people.
    static SortedSet<String> fields(Class<?> type, boolean isCalled) {
        TreeSet<String> fields = new TreeSet<>();
        methods(type)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> isCalled || method.getParameterCount() == 0)
                .filter(method -> !Set.of("equals", "toString").contains(method.getName()))
                .filter(method -> Vocabulary.asMember(method.getName()))
                .forEach(method -> fields.add(isCalled ? method.getName() : property(method)));
        return fields;
    }

    static SortedSet<String> ofTypeNames(Class<?> type) {
        TreeSet<String> names = new TreeSet<>();
        Stream.of(type.getFields()).map(Field::getName).forEach(names::add);
        Stream.of(type.getDeclaredClasses()).map(Class::getSimpleName).forEach(names::add);
        return names;
    }

    static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> raw(generic.getRawType());
            case null -> Object.class;
            case Type _ -> Object.class;
        };
    }

    /// What a map gives for a key.
    static Type valueOf(Type map) {
        boolean isMap = map instanceof ParameterizedType && Map.class.isAssignableFrom(raw(map));
        return isMap ? ((ParameterizedType) map).getActualTypeArguments()[1] : Object.class;
    }

    private static Stream<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>(List.of(type.getMethods()));
        methods.removeIf(method -> HIDDEN.contains(method.getName()) || method.isBridge());
        return methods.stream();
    }

    private static boolean fits(Method method, Term.Step step) {
        if (step.kind() == Term.Step.Kind.CALL) {
            int given = step.arguments().size();
            return method.getName().equals(step.name())
                    && (method.isVarArgs()
                            ? given >= method.getParameterCount() - 1
                            : given == method.getParameterCount());
        }
        return method.getParameterCount() == 0
                && (method.getName().equals(step.name()) || property(method).equals(step.name()));
    }

    private static Member member(Method method) {
        boolean isNullable =
                method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class)
                        || !method.getDeclaringClass().getPackageName().startsWith("io.homeostat");
        return new Member(method.getGenericReturnType(), isNullable, method, property(method));
    }

    /// `isFiring` is read as `firing`, and `getKind` as `kind`.
    private static String property(Method method) {
        String name = method.getName();
        int prefix = name.matches("is[A-Z].*") ? 2 : name.matches("get[A-Z].*") ? 3 : 0;
        return prefix == 0
                ? name
                : Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
    }
}

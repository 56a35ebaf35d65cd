package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.action.PolicyObjection;
import io.homeostat.action.Verbs;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What operators' rules may use, as the code has it: types with their members, and verbs.
final class RulesApi {
    /// Every object has them, and no rule needs them.
    private static final Set<String> OF_ALL_OBJECTS =
            Set.of("equals", "hashCode", "toString", "compareTo", "values", "valueOf");

    private RulesApi() {}

    /// A member of a type, or a verb.
    ///
    /// @param owner the type as rules write it: `Alert`, `Alert.Status`; empty for a verb
    /// @param name as rules write it: `firing`
    /// @param method its name in Java: `isFiring`
    /// @param parameters the types of what it takes; null for what takes none and is no verb
    /// @param type what it gives
    /// @param nullable true when it may give null
    record Member(
            String owner,
            String name,
            String method,
            @Nullable List<String> parameters,
            String type,
            boolean nullable,
            boolean deprecated) {
        String signature() {
            return parameters == null
                    ? name
                    : name
                            + (parameters.isEmpty()
                                    ? "()"
                                    : "( " + String.join(", ", parameters) + " )");
        }

        /// One line of the description that is compared with the last release.
        String line() {
            return (owner.isEmpty() ? "verb " : owner + ".")
                    + signature()
                    + " : "
                    + type
                    + (nullable ? "?" : "")
                    + (deprecated ? " deprecated" : "");
        }
    }

    /// The types that rules may name, in the order of their names.
    static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>(Vocabulary.OURS);
        types.add(Intent.class);
        types.add(PolicyObjection.class);
        types.sort(Comparator.comparing(Class::getSimpleName));
        return types;
    }

    /// The types within a type, such as `Alert.Status`.
    static List<Class<?>> within(Class<?> type) {
        return Arrays.stream(type.getDeclaredClasses())
                .filter(each -> Modifier.isPublic(each.getModifiers()))
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

    /// A type's members: a record's components in their order, then the others by name.
    static List<Member> members(Class<?> type) {
        List<String> components =
                type.isRecord()
                        ? Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getName)
                                .toList()
                        : List.of();
        List<Member> members = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (isForRules(method) && !OF_ALL_OBJECTS.contains(method.getName())) {
                members.add(member(type, method));
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                members.add(constant(type, field));
            }
        }
        members.sort(
                Comparator.comparingInt((Member member) -> place(components, member))
                        .thenComparing(Member::line));
        return members;
    }

    private static int place(List<String> components, Member member) {
        int place = member.parameters() == null ? components.indexOf(member.name()) : -1;
        return place < 0 ? components.size() : place;
    }

    static List<Member> verbs() {
        List<Member> verbs = new ArrayList<>();
        for (Method method : Verbs.class.getDeclaredMethods()) {
            if (isForRules(method) && Vocabulary.VERBS.contains(method.getName())) {
                verbs.add(
                        new Member(
                                "",
                                method.getName(),
                                method.getName(),
                                parameters(method),
                                name(method.getReturnType()),
                                false,
                                isDeprecated(method)));
            }
        }
        verbs.sort(Comparator.comparing(Member::line));
        return verbs;
    }

    /// The description that is compared with the last release, in the order of its lines.
    static SortedSet<String> lines() {
        SortedSet<String> lines = new TreeSet<>();
        for (Class<?> type : types()) {
            addLines(type, lines);
            within(type).forEach(each -> addLines(each, lines));
        }
        verbs().forEach(verb -> lines.add(verb.line()));
        return lines;
    }

    private static void addLines(Class<?> type, SortedSet<String> lines) {
        lines.add("type " + name(type) + (isDeprecated(type) ? " deprecated" : ""));
        members(type).forEach(member -> lines.add(member.line()));
    }

    /// What a rule could not call, for want of a word for what it takes or gives, is not for rules.
    private static boolean isForRules(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && isKnown(method.getReturnType())
                && Arrays.stream(method.getParameterTypes()).allMatch(RulesApi::isKnown);
    }

    private static boolean isKnown(Class<?> type) {
        Class<?> whole = type.isArray() ? type.getComponentType() : type;
        Class<?> outermost = whole.getEnclosingClass() == null ? whole : whole.getEnclosingClass();
        return (whole.isPrimitive() && whole != void.class)
                || types().contains(outermost)
                || Vocabulary.isType(whole.getSimpleName());
    }

    private static Member member(Class<?> type, Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        boolean isProperty = method.getParameterCount() == 0 && !isStatic;
        return new Member(
                name(type),
                isProperty ? property(method.getName()) : method.getName(),
                method.getName(),
                isProperty ? null : parameters(method),
                name(method.getGenericReturnType()),
                method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class),
                isDeprecated(method));
    }

    private static Member constant(Class<?> type, Field field) {
        return new Member(
                name(type),
                field.getName(),
                field.getName(),
                null,
                name(field.getType()),
                false,
                isDeprecated(field));
    }

    private static boolean isDeprecated(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class);
    }

    /// Drools reads `isFiring` as `firing` and `getKind` as `kind`.
    private static String property(String method) {
        String bare = method.replaceFirst("^(is|get)(?=[A-Z])", "");
        return bare.equals(method)
                ? method
                : Character.toLowerCase(bare.charAt(0)) + bare.substring(1);
    }

    private static List<String> parameters(Method method) {
        List<String> names = new ArrayList<>();
        for (Type type : method.getGenericParameterTypes()) {
            names.add(name(type));
        }
        if (method.isVarArgs()) {
            names.add(names.removeLast().replace("[]", "…"));
        }
        return names;
    }

    static String name(Type type) {
        return switch (type) {
            case ParameterizedType generic ->
                    name(generic.getRawType())
                            + Arrays.stream(generic.getActualTypeArguments())
                                    .map(RulesApi::name)
                                    .collect(Collectors.joining(", ", "<", ">"));
            case Class<?> plain when plain.getEnclosingClass() != null ->
                    plain.getEnclosingClass().getSimpleName() + "." + plain.getSimpleName();
            case Class<?> plain -> plain.getSimpleName();
            default -> throw new IllegalStateException("rules see no " + type);
        };
    }
}

package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.action.PolicyObjection;
import io.homeostat.action.Verbs;
import io.homeostat.fact.Alert;
import io.homeostat.fact.AlertedNode;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Calendar;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Request;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Unsolved;
import io.homeostat.fact.Watcher;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Every word that a rule may use. What is not here does not exist for rules: a rule is code in the
/// process that holds the cluster's keys.
///
/// The members of our own types are all allowed; those of Java's types are listed one by one, since
/// some of them read the clock, the environment, or classes.
final class Vocabulary {
    /// The types of our own that rules may name. A new fact is added here, and so is what it
    /// consists of.
    static final List<Class<?>> OURS =
            List.of(
                    Alert.class,
                    AlertedNode.class,
                    AlertedService.class,
                    Autonomy.class,
                    Calendar.class,
                    CustomFact.class,
                    Deployment.class,
                    Fact.class,
                    Node.class,
                    Request.class,
                    ScaleBounds.class,
                    Service.class,
                    Subject.class,
                    Task.class,
                    Tracking.class,
                    Unsolved.class,
                    Watcher.class);

    static final List<Class<?>> JAVAS_IMPORTED =
            List.of(
                    Duration.class,
                    Instant.class,
                    Collection.class,
                    List.class,
                    Map.class,
                    Objects.class,
                    Set.class,
                    SortedMap.class,
                    SortedSet.class);

    /// What the verbs make, for a rule to state.
    private static final List<Class<?>> STATED = List.of(Intent.class, PolicyObjection.class);

    private static final Set<String> JAVA_LANG =
            Set.of("Boolean", "Double", "Integer", "Long", "Math", "Number", "String");

    private static final Set<String> JAVAS_MEMBERS =
            words(
                    """
                    isEmpty empty isBlank length contains startsWith endsWith equals equalsIgnoreCase
                    toLowerCase toUpperCase strip trim indexOf substring replace compareTo toString
                    size get getOrDefault containsKey containsValue keySet values entrySet key value
                    getKey getValue first last getFirst getLast firstKey lastKey of name
                    parseInt parseLong parseDouble valueOf intValue longValue doubleValue
                    min max abs ceil floor round floorDiv isNull nonNull requireNonNullElse
                    ofDays ofHours ofMinutes ofSeconds ofMillis between toDays toHours toMinutes
                    toSeconds toMillis plus minus multipliedBy isZero isNegative ZERO
                    parse isBefore isAfter plusSeconds minusSeconds EPOCH
                    """);

    private static final Set<String> CONDITION_WORDS =
            words(
                    """
                    not exists forall or and accumulate acc collect from contains excludes memberOf
                    matches in this null true false instanceof
                    count sum min max average collectList collectSet
                    """);

    private static final Set<String> CONSEQUENCE_WORDS =
            words("insertLogical null true false var final int long double boolean instanceof");

    private static final Set<String> OWN_MEMBERS = members(OURS);
    private static final Set<String> OWN_CONSTANTS = constants(OURS);
    private static final Set<String> INTENT_MEMBERS =
            members(List.of(Intent.class, PolicyObjection.class));
    private static final Set<String> NESTED_TYPES =
            OURS.stream()
                    .flatMap(type -> List.of(type.getDeclaredClasses()).stream())
                    .map(Class::getSimpleName)
                    .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> TYPES = types();
    static final Set<String> VERBS = verbs();

    /// The verb that wishes nothing.
    static final String OBJECTION = "objection";

    private Vocabulary() {}

    /// What is put before a rule file's own text, in its first line.
    static String preamble() {
        StringBuilder text = new StringBuilder("package rulebook; ");
        for (Class<?> type : OURS) {
            text.append("import ").append(type.getName()).append("; ");
        }
        for (Class<?> type : JAVAS_IMPORTED) {
            text.append("import ").append(type.getName()).append("; ");
        }
        text.append("import ").append(Intent.class.getName()).append("; ");
        for (String verb : VERBS) {
            text.append("import static ").append(Verbs.class.getName());
            text.append('.').append(verb).append("; ");
        }
        return text.toString();
    }

    static boolean mayImport(String name, boolean ofFunctions) {
        if (ofFunctions) {
            String verbs = Verbs.class.getName() + ".";
            return name.startsWith(verbs)
                    && (name.equals(verbs + "*") || VERBS.contains(name.substring(verbs.length())));
        }
        return Set.of("io.homeostat.fact.*", "java.util.*", "java.time.*").contains(name)
                || name.equals(Intent.class.getName())
                || OURS.stream().anyMatch(type -> type.getName().equals(name))
                || JAVAS_IMPORTED.stream().anyMatch(type -> type.getName().equals(name));
    }

    static boolean isType(String word) {
        return TYPES.contains(word);
    }

    /// May it stand by itself among the conditions?
    static boolean inConditions(String word) {
        return TYPES.contains(word)
                || CONDITION_WORDS.contains(word)
                || OWN_MEMBERS.contains(word)
                || INTENT_MEMBERS.contains(word)
                || Set.of("key", "value", "intValue", "longValue", "doubleValue", "size", "empty")
                        .contains(word);
    }

    /// May it stand by itself in the consequence?
    static boolean inConsequence(String word) {
        return TYPES.contains(word) || CONSEQUENCE_WORDS.contains(word) || VERBS.contains(word);
    }

    /// May it stand after a dot?
    static boolean asMember(String word) {
        return OWN_MEMBERS.contains(word)
                || OWN_CONSTANTS.contains(word)
                || INTENT_MEMBERS.contains(word)
                || NESTED_TYPES.contains(word)
                || JAVAS_MEMBERS.contains(word);
    }

    /// A known word that looks much the same.
    static Optional<String> like(String word) {
        Set<String> known = new TreeSet<>(TYPES);
        known.addAll(OWN_MEMBERS);
        known.addAll(VERBS);
        known.add("insertLogical");
        return known.stream().filter(other -> near(word, other)).findFirst();
    }

    static boolean near(String word, String other) {
        if (word.length() < 4 || Math.abs(word.length() - other.length()) > 1) {
            return word.equalsIgnoreCase(other);
        }
        String a = word.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int head = 0;
        while (head < Math.min(a.length(), b.length()) && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(a.length(), b.length()) - head
                && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
            tail++;
        }
        String left = a.substring(head, a.length() - tail);
        String right = b.substring(head, b.length() - tail);
        boolean swapped =
                left.length() == 2 && left.contentEquals(new StringBuilder(right).reverse());
        return swapped || Math.max(left.length(), right.length()) <= 1;
    }

    private static Set<String> types() {
        Set<String> types = new TreeSet<>(JAVA_LANG);
        types.add(Intent.class.getSimpleName());
        OURS.forEach(type -> types.add(type.getSimpleName()));
        JAVAS_IMPORTED.forEach(type -> types.add(type.getSimpleName()));
        return Set.copyOf(types);
    }

    private static Set<String> verbs() {
        Set<String> verbs = new TreeSet<>();
        for (Method method : Verbs.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && STATED.contains(method.getReturnType())) {
                verbs.add(method.getName());
            }
        }
        return Collections.unmodifiableSet(verbs);
    }

    private static Set<String> members(List<Class<?>> types) {
        Set<String> members = new TreeSet<>();
        for (Class<?> type : types) {
            addMembers(type, members);
            for (Class<?> nested : type.getDeclaredClasses()) {
                addMembers(nested, members);
            }
        }
        members.removeAll(Set.of("hashCode", "getClass", "class"));
        return Set.copyOf(members);
    }

    private static void addMembers(Class<?> type, Set<String> members) {
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                members.add(method.getName());
                property(method.getName()).ifPresent(members::add);
            }
        }
    }

    private static Set<String> constants(List<Class<?>> types) {
        Set<String> constants = new TreeSet<>();
        for (Class<?> type : types) {
            addConstants(type, constants);
            for (Class<?> nested : type.getDeclaredClasses()) {
                addConstants(nested, constants);
            }
        }
        return Set.copyOf(constants);
    }

    private static void addConstants(Class<?> type, Set<String> constants) {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                constants.add(field.getName());
            }
        }
    }

    private static Optional<String> property(String method) {
        for (String prefix : List.of("is", "get")) {
            if (method.length() > prefix.length()
                    && method.startsWith(prefix)
                    && Character.isUpperCase(method.charAt(prefix.length()))) {
                char first = Character.toLowerCase(method.charAt(prefix.length()));
                return Optional.of(first + method.substring(prefix.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}

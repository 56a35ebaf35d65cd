package io.homeostat.rules;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What to write instead, where the compiler's message does not say it.
final class CompileAdvice {
    private static final Pattern READ_LIKE_A_FIELD =
            Pattern.compile("The field \\w+\\.(\\w+) is not visible");
    private static final Pattern OTHER_PARAMETERS =
            Pattern.compile("strict-mode: [\\w.$]+?\\.([A-Z]\\w*)\\.(\\w+)\\(");

    private CompileAdvice() {}

    /// The advice on a message of the compiler; empty when there is none.
    static String on(String message) {
        Matcher field = READ_LIKE_A_FIELD.matcher(message);
        if (field.find()) {
            return "After 'then' it is called, .%1$s(); or give it a name in the pattern: $%1$s : %1$s."
                    .formatted(field.group(1));
        }
        Matcher call = OTHER_PARAMETERS.matcher(message);
        if (call.find()) {
            SortedSet<String> taken = taken(call.group(1), call.group(2));
            if (!taken.isEmpty()) {
                return "It is %s%s."
                        .formatted(
                                String.join(" or ", taken),
                                taken.toString().contains("Duration")
                                        ? "; a length of time is Duration.ofMinutes( 5 )"
                                        : "");
            }
        }
        return "";
    }

    /// The forms in which one of our own types has a method of that name.
    private static SortedSet<String> taken(String type, String method) {
        SortedSet<String> forms = new TreeSet<>();
        for (Class<?> each : Vocabulary.OURS) {
            if (each.getSimpleName().equals(type)) {
                for (Method one : each.getDeclaredMethods()) {
                    if (one.getName().equals(method) && !one.isSynthetic()) {
                        forms.add(form(one));
                    }
                }
            }
        }
        return forms;
    }

    private static String form(Method method) {
        if (method.getParameterCount() == 0) {
            return method.getName() + "()";
        }
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "( ", " )"));
    }
}

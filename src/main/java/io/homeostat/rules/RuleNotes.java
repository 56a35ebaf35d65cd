package io.homeostat.rules;

import io.homeostat.fact.Autonomy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a rule says of itself: `@autonomy( "auto" ) @cooldown( "2m" ) @owner( "platform" )`.
///
/// @param name the rule's name, one of its kind in the whole rulebook
/// @param file where it is written, relative to the directory of rules
/// @param line where it begins, from 1
/// @param autonomy how far it may go by itself; when it does not say: ask, and shadow for learned
///   rules
/// @param cooldown how long it rests after an action; null when it does not say
/// @param owner who looks after it; empty when it does not say
/// @param learned true for the files in `learned/`
public record RuleNotes(
        String name,
        String file,
        int line,
        Autonomy autonomy,
        @Nullable Duration cooldown,
        String owner,
        boolean learned) {}

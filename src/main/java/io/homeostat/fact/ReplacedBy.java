package io.homeostat.fact;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A name that rules should not use any more, and what to write instead; the check of rules says
/// it. It goes with `@Deprecated`, and the name goes one release later.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.FIELD})
public @interface ReplacedBy {
    /// What to write instead.
    String value();

    /// The release since when.
    String since();
}

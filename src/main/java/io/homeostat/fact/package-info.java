/// What we hold to be true now: immutable records about subjects, which the rules match.
///
/// May depend on: nothing of ours.
@NullMarked
package io.homeostat.fact;

import org.jspecify.annotations.NullMarked;

/// The loop: signals in, turns out. One thread owns memory and session; the step is a function.
///
/// May depend on: `fact`, `action`, `rules`, `guard`, `incident`.
@NullMarked
package io.homeostat.engine;

import org.jspecify.annotations.NullMarked;

/// Kills the packaged program at every edge of its store and its actuators and at random, and holds
/// against what it did what it promised.
///
/// Begin with `CrashIT`. An [Edge] says where a life ends, a [Round] lives through one such end, an
/// [Invariant] is one promise, and the package `agent` is what reaches the edges.
@NullMarked
package io.homeostat.crash;

import org.jspecify.annotations.NullMarked;

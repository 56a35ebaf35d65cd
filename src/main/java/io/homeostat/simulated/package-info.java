/// A Swarm and an Alertmanager that need no other software: they schedule, converge in time and
/// fail on request, behind the ports of the real ones. No threads, no chance: the same calls, the
/// same run.
///
/// May depend on: any room of the core but `rules`.
@NullMarked
package io.homeostat.simulated;

import org.jspecify.annotations.NullMarked;

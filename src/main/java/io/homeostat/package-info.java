/// Homeostat keeps a Docker Swarm healthy: it watches, decides by rules, acts within guards, and
/// tells people. The packages below this one are its rooms; `docs/map.md` says who may know whom.
@NullMarked
package io.homeostat;

import org.jspecify.annotations.NullMarked;

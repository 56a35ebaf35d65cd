/// Docker Swarm: what is seen in it, whose change it was, and the writes, each of exactly one path.
///
/// May depend on: `fact`, `action`, `guard`, `engine`. docker-java is the transport and nothing
/// else: objects stay JSON trees, because its model loses fields on write.
@NullMarked
package io.homeostat.swarm;

import org.jspecify.annotations.NullMarked;

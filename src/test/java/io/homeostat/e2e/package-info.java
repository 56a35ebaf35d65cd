/// A real Swarm, a real Prometheus, a real Alertmanager, and the packaged program.
@NullMarked
package io.homeostat.e2e;

import org.jspecify.annotations.NullMarked;

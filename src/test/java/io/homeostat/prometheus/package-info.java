/// Tests of what Prometheus tells us, on a real HTTP server.
@NullMarked
package io.homeostat.prometheus;

import org.jspecify.annotations.NullMarked;

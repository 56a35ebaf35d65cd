@NullMarked
package io.homeostat.swarm;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.homeostat.simulated;

import org.jspecify.annotations.NullMarked;

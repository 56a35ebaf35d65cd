@NullMarked
package io.homeostat.guard;

import org.jspecify.annotations.NullMarked;

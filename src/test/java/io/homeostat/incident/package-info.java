@NullMarked
package io.homeostat.incident;

import org.jspecify.annotations.NullMarked;

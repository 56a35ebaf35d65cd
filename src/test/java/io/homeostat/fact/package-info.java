@NullMarked
package io.homeostat.fact;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.homeostat.reload;

import org.jspecify.annotations.NullMarked;

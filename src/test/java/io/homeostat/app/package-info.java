@NullMarked
package io.homeostat.app;

import org.jspecify.annotations.NullMarked;

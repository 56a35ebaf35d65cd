@NullMarked
package io.homeostat.diagnosis;

import org.jspecify.annotations.NullMarked;

/// Proves that work ends: by itself, by cancel, by deadline, by closing.
@NullMarked
package io.lakebaseops.framework.work;

import org.jspecify.annotations.NullMarked;

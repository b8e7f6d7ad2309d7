/// Tests of the guard over typed statements.
@NullMarked
package io.lakebaseops.guard;

import org.jspecify.annotations.NullMarked;

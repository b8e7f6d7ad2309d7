/// The cost screen: the bill by day, whose it is, the suspend timeout and the capacity.
@NullMarked
package io.lakebaseops.console.cost;

import org.jspecify.annotations.NullMarked;

/// The history of everything measured and done: which Delta tables there are, and how to append,
/// read and tidy them.
@NullMarked
package io.lakebaseops.lakehouse;

import org.jspecify.annotations.NullMarked;

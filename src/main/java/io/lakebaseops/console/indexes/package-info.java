/// The Indexes screen: what indexes waste, which are missing, and all of one table side by side.
@NullMarked
package io.lakebaseops.console.indexes;

import org.jspecify.annotations.NullMarked;

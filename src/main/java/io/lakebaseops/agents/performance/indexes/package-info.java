/// Which indexes are too many, which are missing.
@NullMarked
package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.NullMarked;

/// What capacity will be needed, and until when it lasts.
@NullMarked
package io.lakebaseops.agents.performance.optimization;

import org.jspecify.annotations.NullMarked;

/// Tools that explain why statements are slow and when a server becomes too small.
@NullMarked
package io.lakebaseops.agents.performance.optimization;

import org.jspecify.annotations.NullMarked;

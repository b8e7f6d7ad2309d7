/// Sessions: who is connected, who blocks, who idles.
@NullMarked
package io.lakebaseops.agents.health.connections;

import org.jspecify.annotations.NullMarked;

/// Is anything wrong, what did the agents do, what waits for me?
@NullMarked
package io.lakebaseops.console.overview;

import org.jspecify.annotations.NullMarked;

/// Connections: found, entered, tested, kept; and the first start.
@NullMarked
package io.lakebaseops.console.connect;

import org.jspecify.annotations.NullMarked;

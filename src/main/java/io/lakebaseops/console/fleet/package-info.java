/// Overview's mode for many servers: one card a server and branch, worst first.
@NullMarked
package io.lakebaseops.console.fleet;

import org.jspecify.annotations.NullMarked;

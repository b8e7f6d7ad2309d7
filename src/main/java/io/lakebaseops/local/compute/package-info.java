/// Data directories and postmasters: initdb, start, stop, copy, sizes, roles.
@NullMarked
package io.lakebaseops.local.compute;

import org.jspecify.annotations.NullMarked;

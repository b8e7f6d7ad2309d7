/// The SQL warehouse of Local Lakebase.
@NullMarked
package io.lakebaseops.local.warehouse;

import org.jspecify.annotations.NullMarked;

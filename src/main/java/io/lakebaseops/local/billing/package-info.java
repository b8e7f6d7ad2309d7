/// Metering and bills of Local Lakebase.
@NullMarked
package io.lakebaseops.local.billing;

import org.jspecify.annotations.NullMarked;

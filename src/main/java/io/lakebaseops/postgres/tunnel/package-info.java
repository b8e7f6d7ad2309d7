/// SSH tunnels to database servers that cannot be reached directly.
@NullMarked
package io.lakebaseops.postgres.tunnel;

import org.jspecify.annotations.NullMarked;

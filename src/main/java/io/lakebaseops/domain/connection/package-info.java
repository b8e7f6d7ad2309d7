/// What the test of a connection found out.
@NullMarked
package io.lakebaseops.domain.connection;

import org.jspecify.annotations.NullMarked;

/// Sessions, library and named queries against a real server.
@NullMarked
package io.lakebaseops.postgres;

import org.jspecify.annotations.NullMarked;

/// What the tests share: one real PostgreSQL 17 per JVM, small proxies and random names.
@NullMarked
package io.lakebaseops.testing;

import org.jspecify.annotations.NullMarked;

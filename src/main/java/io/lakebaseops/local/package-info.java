/// Local Lakebase: a loopback control plane whose computes are real PostgreSQL 17 processes.
/// Knows nothing of the rest of the product.
@NullMarked
package io.lakebaseops.local;

import org.jspecify.annotations.NullMarked;

/// The demo shop: schema, data, load generator and its planted mistakes.
@NullMarked
package io.lakebaseops.local.demo;

import org.jspecify.annotations.NullMarked;

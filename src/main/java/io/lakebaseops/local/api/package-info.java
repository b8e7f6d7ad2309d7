/// The REST control plane: routes, resources, rules, long-running operations.
@NullMarked
package io.lakebaseops.local.api;

import org.jspecify.annotations.NullMarked;

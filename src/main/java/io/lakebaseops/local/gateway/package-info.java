/// One loopback port per endpoint: start-up phase, password check, wake on connect, faults.
@NullMarked
package io.lakebaseops.local.gateway;

import org.jspecify.annotations.NullMarked;

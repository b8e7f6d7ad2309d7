/// Proves the framework's promises with fakes built from its contracts.
@NullMarked
package io.lakebaseops.framework;

import org.jspecify.annotations.NullMarked;

/// The same functions without a window.
@NullMarked
package io.lakebaseops.cli;

import org.jspecify.annotations.NullMarked;

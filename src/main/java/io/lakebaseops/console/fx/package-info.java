/// The one place that crosses to the JavaFX thread.
@NullMarked
package io.lakebaseops.console.fx;

import org.jspecify.annotations.NullMarked;

/// What the product watches for, who is told, what people decided, and what it costs by itself.
@NullMarked
package io.lakebaseops.console.settings;

import org.jspecify.annotations.NullMarked;

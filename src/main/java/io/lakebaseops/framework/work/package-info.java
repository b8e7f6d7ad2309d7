/// The owner of all threads: work items with progress, deadline and cancel.
@NullMarked
package io.lakebaseops.framework.work;

import org.jspecify.annotations.NullMarked;

/// The archive screen: cold rows by age, archivals that run and that are done, and the way back.
@NullMarked
package io.lakebaseops.console.archive;

import org.jspecify.annotations.NullMarked;

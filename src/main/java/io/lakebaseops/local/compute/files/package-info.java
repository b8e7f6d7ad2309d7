/// Copying and comparing directory trees.
@NullMarked
package io.lakebaseops.local.compute.files;

import org.jspecify.annotations.NullMarked;

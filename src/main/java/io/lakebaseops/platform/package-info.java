/// What differs by operating system, each with its Unix and its Windows way: where files lie and
/// who may read them, how servers of our own are started, reached, stopped and found again.
@NullMarked
package io.lakebaseops.platform;

import org.jspecify.annotations.NullMarked;

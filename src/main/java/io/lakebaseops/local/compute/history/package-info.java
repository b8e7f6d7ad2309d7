/// What a branch can be taken back to: kept write-ahead log, base backups and points in the past.
@NullMarked
package io.lakebaseops.local.compute.history;

import org.jspecify.annotations.NullMarked;

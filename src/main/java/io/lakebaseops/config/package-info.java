/// Configuration as a tree of records, connection profiles, and where secrets live.
@NullMarked
package io.lakebaseops.config;

import org.jspecify.annotations.NullMarked;

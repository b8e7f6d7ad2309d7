/// PostgreSQL's parser as WebAssembly, run inside the JVM.
@NullMarked
package io.lakebaseops.sqltext.parser;

import org.jspecify.annotations.NullMarked;

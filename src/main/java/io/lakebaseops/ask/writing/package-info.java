/// How results become sentences, tables and next steps.
@NullMarked
package io.lakebaseops.ask.writing;

import org.jspecify.annotations.NullMarked;

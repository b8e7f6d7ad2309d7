/// What a database looks like: its catalog as one typed picture, compared, and turned into DDL.
@NullMarked
package io.lakebaseops.schema;

import org.jspecify.annotations.NullMarked;

/// What a question names: objects of the server, times and numbers found in its words.
@NullMarked
package io.lakebaseops.ask.names;

import org.jspecify.annotations.NullMarked;

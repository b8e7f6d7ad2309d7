/// What a question asks for: the intents of the data files, and which of them fits.
@NullMarked
package io.lakebaseops.ask.meaning;

import org.jspecify.annotations.NullMarked;

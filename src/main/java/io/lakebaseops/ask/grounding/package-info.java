/// Whether a text of a language model stands: each figure, time and name in it must follow from the
/// results of the conversation. Knows results as JSON and no model.
@NullMarked
package io.lakebaseops.ask.grounding;

import org.jspecify.annotations.NullMarked;

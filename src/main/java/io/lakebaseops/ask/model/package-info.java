/// Answers that a language model words: what it is given, what it may call, what it may take, and
/// which of its sentences stand because the results of this conversation prove them.
@NullMarked
package io.lakebaseops.ask.model;

import org.jspecify.annotations.NullMarked;

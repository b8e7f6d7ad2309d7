/// Questions in plain words answered from read tools, named queries and the history, without a
/// language model: a question is understood as an intent with slots, the intent's plan is run, and
/// its typed results fill the answer.
@NullMarked
package io.lakebaseops.ask;

import org.jspecify.annotations.NullMarked;

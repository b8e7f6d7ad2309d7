/// What a question about a database is and what its answer holds, whoever asked and whoever
/// answers: screen, command, tool, language model.
@NullMarked
package io.lakebaseops.domain.answer;

import org.jspecify.annotations.NullMarked;

/// The Ask screen and its drawer: questions in plain words, their answers, and how they came about.
@NullMarked
package io.lakebaseops.console.ask;

import org.jspecify.annotations.NullMarked;

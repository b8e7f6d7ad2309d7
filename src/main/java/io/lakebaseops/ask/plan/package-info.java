/// What is read for an answer: the steps of an intent's plan and their results.
@NullMarked
package io.lakebaseops.ask.plan;

import org.jspecify.annotations.NullMarked;

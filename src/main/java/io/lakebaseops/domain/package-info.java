/// Records and sealed types every room shares: where a number comes from, findings, evidence,
/// plans.
@NullMarked
package io.lakebaseops.domain;

import org.jspecify.annotations.NullMarked;

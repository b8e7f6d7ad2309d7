/// The control plane over databricks-sdk-java; nothing else imports the SDK's postgres service.
@NullMarked
package io.lakebaseops.lakebase;

import org.jspecify.annotations.NullMarked;

/// Three small classes that Delta Kernel expects of Hadoop's shaded client, in place of that jar.
@NullMarked
package org.apache.hadoop.shaded.com.google.common.collect;

import org.jspecify.annotations.NullMarked;

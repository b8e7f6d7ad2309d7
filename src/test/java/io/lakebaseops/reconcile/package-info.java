/// Tables compared with their copies in Delta, on a real PostgreSQL and real Delta tables.
package io.lakebaseops.reconcile;

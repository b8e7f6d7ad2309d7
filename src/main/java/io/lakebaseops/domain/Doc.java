package io.lakebaseops.domain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// One sentence about a record component; becomes the `description` in the derived JSON schema.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Doc {
    String value();

    /// The value used when the input leaves it out, as JSON text; empty when there is none.
    String defaultValue() default "";
}

package io.lakebaseops.framework;

import io.lakebaseops.domain.Doc;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/// One component of an input record as JSON sees it: `dryRun` is `dry_run`.
///
/// @param defaultText JSON text, or plain text where the type is text; null when there is none
record InputField(
        String name,
        Type type,
        boolean nullable,
        @Nullable String description,
        @Nullable String defaultText) {

    static List<InputField> of(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(InputField::of).toList();
    }

    private static InputField of(RecordComponent component) {
        var doc = component.getAnnotation(Doc.class);
        return new InputField(
                snake(component.getName()),
                component.getGenericType(),
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                doc == null ? null : doc.value(),
                doc == null || doc.defaultValue().isEmpty() ? null : doc.defaultValue());
    }

    boolean required() {
        return !nullable && defaultText == null;
    }

    private static String snake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}

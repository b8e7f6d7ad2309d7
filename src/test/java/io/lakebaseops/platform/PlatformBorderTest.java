package io.lakebaseops.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What differs by operating system is said in one room, where its Windows way stands beside it.
final class PlatformBorderTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path ROOM = SOURCES.resolve("io/lakebaseops/platform");

    private static final Pattern OF_ONE_SYSTEM =
            Pattern.compile(
                    "PosixFilePermission|AclEntry|UnixDomainSocketAddress|java\\.lang\\.foreign"
                            + "|\"/(proc|bin|dev|tmp)\\b|\"unshare\"|\"os\\.name\"|\"XDG_"
                            + "|APPDATA|cmd\\.exe|\"(kill|chmod|cp|sh)\"");

    @Test
    void nothing_outside_the_room_is_of_one_operating_system() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (!file.startsWith(ROOM)) {
                    Files.readAllLines(file).stream()
                            .filter(line -> !line.strip().startsWith("//"))
                            .filter(line -> OF_ONE_SYSTEM.matcher(line).find())
                            .forEach(line -> found.add(file + ": " + line.strip()));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void the_pattern_finds_what_stands_in_the_room() throws IOException {
        var hits = new ArrayList<String>();
        for (var name : List.of("FilePermissions", "ServerAddress", "BootTime", "UserFolders")) {
            if (OF_ONE_SYSTEM.matcher(Files.readString(ROOM.resolve(name + ".java"))).find()) {
                hits.add(name);
            }
        }
        assertThat(hits).hasSize(4);
    }

    @Test
    void the_room_knows_nobody() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("io.lakebaseops.platform")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.lakebaseops.platform",
                        "java..",
                        "javax.net..",
                        "org.slf4j..",
                        "org.jspecify..")
                .because("every room may use it, also Local Lakebase, which shares nothing else")
                .check(
                        new ClassFileImporter()
                                .withImportOption(
                                        new com.tngtech.archunit.core.importer.ImportOption
                                                .DoNotIncludeTests())
                                .importPackages("io.lakebaseops.platform"));
    }
}

package io.lakebaseops.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

final class OwnerOnlyTest {
    /// The access control lists of Windows, and its paths.
    private static FileSystem windows() {
        return Jimfs.newFileSystem(
                Configuration.windows().toBuilder()
                        .setAttributeViews("basic", "owner", "dos", "acl")
                        .build());
    }

    private static List<AclEntry> rights(Path place) throws Exception {
        return Objects.requireNonNull(Files.getFileAttributeView(place, AclFileAttributeView.class))
                .getAcl();
    }

    private static void open(Path place, String... readers) throws Exception {
        var lookup = place.getFileSystem().getUserPrincipalLookupService();
        var entries = new java.util.ArrayList<AclEntry>();
        for (var reader : readers) {
            entries.add(
                    AclEntry.newBuilder()
                            .setType(AclEntryType.ALLOW)
                            .setPrincipal(lookup.lookupPrincipalByName(reader))
                            .setPermissions(AclEntryPermission.READ_DATA)
                            .build());
        }
        Objects.requireNonNull(Files.getFileAttributeView(place, AclFileAttributeView.class))
                .setAcl(entries);
    }

    @Test
    void on_windows_the_owner_and_the_user_alone_have_rights() throws Exception {
        try (var system = windows()) {
            var folder = system.getPath("C:\\data\\ours");
            OwnerOnly.makeFolder(folder);
            var user = System.getProperty("user.name");
            assertThat(rights(folder))
                    .allSatisfy(
                            entry -> {
                                assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
                                assertThat(entry.permissions())
                                        .isEqualTo(EnumSet.allOf(AclEntryPermission.class));
                                assertThat(entry.flags())
                                        .containsExactlyInAnyOrder(
                                                AclEntryFlag.FILE_INHERIT,
                                                AclEntryFlag.DIRECTORY_INHERIT);
                            })
                    .extracting(entry -> entry.principal().getName())
                    .containsExactly(Files.getOwner(folder).getName(), user);
            for (var file : List.of("created", "opened", "replaced")) {
                var place = folder.resolve(file);
                switch (file) {
                    case "created" -> OwnerOnly.createFile(place);
                    case "opened" -> OwnerOnly.open(place, StandardOpenOption.CREATE).close();
                    default -> PrivateFiles.replace(place, "text");
                }
                assertThat(rights(place))
                        .as(file)
                        .isNotEmpty()
                        .allSatisfy(entry -> assertThat(entry.flags()).isEmpty())
                        .extracting(entry -> entry.principal().getName())
                        .containsOnly(Files.getOwner(place).getName(), user);
            }
            assertThat(Files.readString(folder.resolve("replaced"))).isEqualTo("text");
        }
    }

    @Test
    void on_windows_who_may_not_read_the_home_is_a_stranger() throws Exception {
        try (var system = windows()) {
            var home = Files.createDirectories(system.getPath("C:\\Users\\ann"));
            open(home, "ann", "SYSTEM", "Administrators");
            var rights = new FilePermissions.Acl(home);
            var secret = Files.createFile(system.getPath("C:\\Users\\ann\\secret"));
            open(secret, "SYSTEM", "Administrators");
            assertThat(rights.othersMayRead(secret)).isFalse();
            open(secret, "SYSTEM", "Users");
            assertThat(rights.othersMayRead(secret)).isTrue();
            rights.close(secret, false);
            assertThat(rights.othersMayRead(secret)).isFalse();
        }
    }

    @Test
    void an_open_folder_is_closed_on_unix_and_on_windows(@TempDir Path here) throws Exception {
        try (var system = windows()) {
            var folder = Files.createDirectories(system.getPath("C:\\data"));
            open(folder, "Users");
            OwnerOnly.closedFolder(folder);
            assertThat(rights(folder))
                    .noneMatch(entry -> entry.principal().getName().equals("Users"));
        }
        try (var system =
                Jimfs.newFileSystem(
                        Configuration.unix().toBuilder()
                                .setAttributeViews("basic", "owner", "posix", "unix")
                                .build())) {
            var folder = Files.createDirectories(system.getPath("/data"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            OwnerOnly.closedFolder(folder);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            OwnerOnly.createFile(folder.resolve("f"));
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("f"))))
                    .isEqualTo("rw-------");
        }
        OwnerOnly.createFile(here.resolve("f"));
        assertThat(OwnerOnly.othersMayRead(here.resolve("f"))).isFalse();
    }
}

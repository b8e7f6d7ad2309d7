package io.lakebaseops.platform;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The access rights of a file system: POSIX modes, Windows access control lists, or none.
sealed interface FilePermissions {
    /// What a file or folder is to be made with.
    FileAttribute<?>[] atCreation(boolean folder);

    /// Leaves nobody but the owner a right to one that exists.
    void close(Path place, boolean folder) throws IOException;

    /// Whether it need not be closed once it was made with [#atCreation].
    boolean madeClosed();

    /// Whether somebody beside the owner may read it.
    boolean othersMayRead(Path file) throws IOException;

    static FilePermissions of(Path place) {
        var system = place.getFileSystem();
        var views = system.supportedFileAttributeViews();
        if (views.contains("posix")) {
            return new Posix();
        }
        if (!views.contains("acl")) {
            return new None();
        }
        boolean users = system.equals(FileSystems.getDefault());
        return new Acl(users ? Path.of(System.getProperty("user.home")) : null);
    }

    /// Modes 0600 and 0700.
    record Posix() implements FilePermissions {
        private static Set<PosixFilePermission> mode(boolean folder) {
            return PosixFilePermissions.fromString(folder ? "rwx------" : "rw-------");
        }

        @Override
        public FileAttribute<?>[] atCreation(boolean folder) {
            return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode(folder))};
        }

        @Override
        public void close(Path place, boolean folder) throws IOException {
            if (!Files.getPosixFilePermissions(place).equals(mode(folder))) {
                Files.setPosixFilePermissions(place, mode(folder));
            }
        }

        @Override
        public boolean madeClosed() {
            return true;
        }

        @Override
        public boolean othersMayRead(Path file) throws IOException {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        }
    }

    /// Lists of rights. What is made inherits those of its folder, also when it is made with a list
    /// of its own, so the list is set afterwards: that takes the inherited ones away. What an
    /// administrator makes is owned by the group of administrators, whose rights PostgreSQL gives
    /// up, so the user is named beside the owner.
    ///
    /// @param home of the user: whom the system lets read there (itself, administrators) is no
    ///     stranger; null in another file system
    record Acl(@Nullable Path home) implements FilePermissions {
        @Override
        public FileAttribute<?>[] atCreation(boolean folder) {
            return new FileAttribute<?>[0];
        }

        @Override
        public void close(Path place, boolean folder) throws IOException {
            var rights =
                    owners(place).stream()
                            .map(
                                    owner ->
                                            AclEntry.newBuilder()
                                                    .setType(AclEntryType.ALLOW)
                                                    .setPrincipal(owner)
                                                    .setPermissions(
                                                            EnumSet.allOf(AclEntryPermission.class))
                                                    .setFlags(flags(folder))
                                                    .build())
                            .toList();
            if (!view(place).getAcl().equals(rights)) {
                view(place).setAcl(rights);
            }
        }

        /// What is made in a folder of ours later is ours as well.
        private static Set<AclEntryFlag> flags(boolean folder) {
            return folder
                    ? EnumSet.of(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                    : EnumSet.noneOf(AclEntryFlag.class);
        }

        @Override
        public boolean madeClosed() {
            return false;
        }

        @Override
        public boolean othersMayRead(Path file) throws IOException {
            var readers = readers(file);
            readers.removeAll(owners(file));
            if (home != null && !readers.isEmpty() && Files.exists(home)) {
                readers.removeAll(readers(home));
            }
            return !readers.isEmpty();
        }

        private static Set<UserPrincipal> readers(Path place) throws IOException {
            var found = new HashSet<UserPrincipal>();
            for (var entry : view(place).getAcl()) {
                if (entry.type() == AclEntryType.ALLOW
                        && entry.permissions().contains(AclEntryPermission.READ_DATA)) {
                    found.add(entry.principal());
                }
            }
            return found;
        }

        private static List<UserPrincipal> owners(Path place) throws IOException {
            var owner = Files.getOwner(place);
            try {
                var user =
                        place.getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName(System.getProperty("user.name"));
                return user.equals(owner) ? List.of(owner) : List.of(owner, user);
            } catch (UserPrincipalNotFoundException e) { // of a domain that cannot be asked now
                return List.of(owner);
            }
        }

        private static AclFileAttributeView view(Path place) {
            return Objects.requireNonNull(
                    Files.getFileAttributeView(place, AclFileAttributeView.class),
                    "the file system has the view");
        }
    }

    /// FAT and the like, where everybody may read everything.
    record None() implements FilePermissions {
        @Override
        public FileAttribute<?>[] atCreation(boolean folder) {
            return new FileAttribute<?>[0];
        }

        @Override
        public void close(Path place, boolean folder) {}

        @Override
        public boolean madeClosed() {
            return true;
        }

        @Override
        public boolean othersMayRead(Path file) {
            return false;
        }
    }
}

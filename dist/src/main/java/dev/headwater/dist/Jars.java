package dev.headwater.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// Copies the command's jars without the natives of other platforms: these are 90 MB.
final class Jars {

    private static final String MAIN = "headwater.jar";

    private Jars() {}

    /// Copies `headwater.jar` and the jars that its manifest names; what else lies beside them is left over from
    /// earlier builds.
    /// @return the copies
    static List<Path> copy(Path from, Path to, Platform platform) throws IOException {
        List<Path> copies = new ArrayList<>();
        for (String name : names(from.resolve(MAIN))) {
            Path copy = to.resolve(name);
            Files.createDirectories(copy.getParent());
            copyJar(from.resolve(name), copy, platform);
            copies.add(copy);
        }
        return copies;
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = new ArrayList<>(List.of(MAIN));
            names.addAll(List.of(file.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" ")));
            return names;
        }
    }

    private static void copyJar(Path from, Path to, Platform platform) throws IOException {
        try (ZipFile jar = ZipFile.builder().setPath(from).get()) {
            if (hasOnlyNeeded(jar, platform)) {
                Files.copy(from, to);
                return;
            }
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(to)) {
                jar.copyRawEntries(out, entry -> platform.needs(entry.getName()));
            }
        }
    }

    private static boolean hasOnlyNeeded(ZipFile jar, Platform platform) {
        return Collections.list(jar.getEntries()).stream().allMatch(entry -> platform.needs(entry.getName()));
    }
}

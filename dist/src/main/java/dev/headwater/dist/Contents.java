package dev.headwater.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Fills the folder that becomes the archive: jars, launchers, licences, completion, man page. The same
/// input gives the same bytes.
final class Contents {

    private Contents() {}

    /// @param args the folder of the built command, the folder to fill (with `sbom/headwater.json` in it already), the
    ///             platform as ND4J's natives name it, the version
    /// @throws IllegalStateException when a library's licence is not permitted
    public static void main(String[] args) throws IOException {
        Path command = Path.of(args[0]);
        Path folder = Path.of(args[1]);
        List<Path> jars = Jars.copy(command, folder, Platform.named(args[2]));
        Licences.read(folder.resolve("sbom/headwater.json")).write(folder.resolve("licences"), jars);
        Launchers.write(Path.of("src/main/launcher"), folder.resolve("bin"));
        CommandPages.write(folder, args[3]);
    }
}

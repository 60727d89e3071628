package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.Clip;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds the recorded data below a folder, wherever in it they lie, at most four levels deep. Of several finds
/// the
/// one nearest to the folder counts, then the first by name.
///
/// @param root the folder, looked at only when data are asked for; a file or folder of data itself will do
public record DataFolder(Path root) {

    private static final int DEPTH = 4;

    /// PEMS-BAY: `pems-bay.h5`, else `pems-bay*.h5`, else the folder with its windows, `train.npz`, `val.npz` and
    /// `test.npz`.
    ///
    /// @throws InvalidInputException when it is absent
    public Path traffic() {
        return find(
                "pems-bay.h5, pems-bay*.h5 or a folder with train.npz, val.npz and test.npz",
                "pems-bay.h5 from the DCRNN repository (github.com/liyaguang/DCRNN)",
                List.of(
                        path -> name(path).equals("pems-bay.h5"),
                        path -> name(path).matches("pems-bay.*\\.h5"),
                        path -> holds(path, "train.npz", "val.npz", "test.npz")));
    }

    /// The Jena weather: `jena_climate_2009_2016.csv`, else `jena_climate_*.csv`.
    ///
    /// @throws InvalidInputException when it is absent
    public Path weather() {
        return find(
                "jena_climate_2009_2016.csv or jena_climate_*.csv",
                "jena_climate_2009_2016.csv.zip from storage.googleapis.com/tensorflow/tf-keras-datasets and unzip it",
                List.of(
                        path -> name(path).equals("jena_climate_2009_2016.csv"),
                        path -> name(path).matches("jena_climate_.*\\.csv")));
    }

    /// Speech Commands: `mini_speech_commands`, else any folder with folders of WAV files named `yes` and `no`.
    ///
    /// @throws InvalidInputException when it is absent
    public Path speech() {
        return find(
                "mini_speech_commands or another folder with folders of WAV files named yes and no",
                "mini_speech_commands.zip from storage.googleapis.com/download.tensorflow.org/data and unzip it",
                List.of(path -> name(path).equals("mini_speech_commands") && holdsWords(path), DataFolder::holdsWords));
    }

    /// The film reviews: `imdb_50k.csv.gz`, else `imdb_50k.csv`.
    ///
    /// @throws InvalidInputException when it is absent
    public Path reviews() {
        return find(
                "imdb_50k.csv.gz or imdb_50k.csv",
                "the Large Movie Review Dataset from ai.stanford.edu/~amaas/data/sentiment and make a CSV of it with the"
                        + " columns split, label, id, rating and text",
                List.of(
                        path -> name(path).equals("imdb_50k.csv.gz"),
                        path -> name(path).equals("imdb_50k.csv")));
    }

    /// @param wanted the kinds of find, the preferred one first
    private Path find(String what, String source, List<Predicate<Path>> wanted) {
        if (!Files.exists(root)) {
            throw new InvalidInputException("data folder " + root + ": no such folder");
        }
        List<Path> paths = paths();
        return wanted.stream()
                .flatMap(kind -> paths.stream().filter(kind))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "no " + what + " in " + root + " or " + DEPTH + " levels below it: get " + source));
    }

    /// All files and folders that are not hidden, the ones nearest to the root first.
    private List<Path> paths() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new Collector(root, found));
        } catch (IOException e) {
            throw InvalidInputException.unreadable("data folder " + root, root, e);
        }
        found.sort(Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder()));
        return found;
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Path> found;

        Collector(Path root, List<Path> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (name(folder).startsWith(".") && !folder.equals(root)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            found.add(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(file);
            return FileVisitResult.CONTINUE;
        }

        /// A folder that may not be read, or a link that leads round, hides nothing else.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static boolean holds(Path folder, String... files) {
        return Files.isDirectory(folder)
                && Arrays.stream(files).map(folder::resolve).allMatch(Files::isRegularFile);
    }

    private static boolean holdsWords(Path folder) {
        return holdsClips(folder.resolve("yes")) && holdsClips(folder.resolve("no"));
    }

    private static boolean holdsClips(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(DataFolder::name).anyMatch(file -> Clip.isNamed(file) && !file.startsWith("."));
        } catch (IOException e) {
            return false; // not to be read, so no find
        }
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}

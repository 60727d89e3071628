package dev.headwater.forecasting.model;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Models on disk: `ROOT/NETWORK/VERSION/model.zip`, immutable, and `ROOT/NETWORK/latest`, a file that names the newest
/// version (a plain file: not every system has links).
public final class ModelRegistry {

    private static final String MODEL = "model.zip";
    private static final String LATEST = "latest";

    private final Path root;

    public ModelRegistry(Path root) {
        this.root = root;
    }

    /// A version that was published.
    ///
    /// @param network name of the network
    /// @param version from 1
    /// @param file    the artefact
    /// @param latest  true for the newest one
    public record Entry(String network, int version, Path file, boolean latest) {}

    /// Publishes under the next free version: all or nothing.
    ///
    /// @return the model under its version, and where it lies
    public Published publish(ForecastModel model) {
        Path network = root.resolve(model.manifest().network().name());
        try {
            Files.createDirectories(network);
            Path folder = claim(network);
            ForecastModel versioned =
                    model.withVersion(Integer.parseInt(folder.getFileName().toString()));
            write(folder.resolve(MODEL), ModelFile.write(versioned));
            pointToNewest(network);
            return new Published(versioned, folder.resolve(MODEL));
        } catch (IOException e) {
            throw new InvalidInputException("models folder " + root + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// What publishing gave.
    ///
    /// @param model under the version it got
    /// @param file  the artefact
    public record Published(ForecastModel model, Path file) {}

    /// Creating a folder is atomic, so two publishers never get the same version.
    private static Path claim(Path network) throws IOException {
        for (int version = versions(network).stream().reduce(0, Math::max) + 1; ; version++) {
            try {
                return Files.createDirectory(network.resolve(Integer.toString(version)));
            } catch (FileAlreadyExistsException e) {
                // taken in between: the next one
            }
        }
    }

    /// Looks again after writing: of several publishers, the last one to write may not be the one with the newest.
    private static void pointToNewest(Path network) throws IOException {
        int written;
        do {
            written = versions(network).getLast();
            write(network.resolve(LATEST), (written + "\n").getBytes(StandardCharsets.US_ASCII));
        } while (written != versions(network).getLast());
    }

    /// A temporary file of the JDK's would be readable by its owner alone.
    private static void write(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".part");
        Files.write(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// All published versions, by network and version.
    public List<Entry> list() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> networks = Files.list(root)) {
            return networks.filter(Files::isDirectory)
                    .sorted()
                    .flatMap(network -> entries(network).stream())
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException("models folder " + root + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Entry> entries(Path network) {
        List<Integer> versions = versions(network);
        return versions.stream()
                .map(version -> new Entry(
                        network.getFileName().toString(),
                        version,
                        network.resolve(version.toString()).resolve(MODEL),
                        version.equals(versions.getLast())))
                .toList();
    }

    /// Complete versions in ascending order.
    private static List<Integer> versions(Path network) {
        try (Stream<Path> folders = Files.list(network)) {
            return folders.filter(folder -> folder.getFileName().toString().matches("[1-9][0-9]{0,8}"))
                    .filter(folder -> Files.exists(folder.resolve(MODEL)))
                    .map(folder -> Integer.valueOf(folder.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException("models folder " + network + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Loads a model from wherever a user points: the artefact itself, its folder, or a `latest` file.
    ///
    /// @throws InvalidInputException when there is none or it is damaged
    public static ForecastModel load(Path path) {
        return ModelFile.read(bytes(path), resolve(path).toString());
    }

    /// The bytes of an artefact, unchecked, found as by [#load(Path)].
    ///
    /// @throws InvalidInputException when there is none
    public static byte[] bytes(Path path) {
        Path file = resolve(path);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "model " + file + " cannot be read: no such file, or no permission; `headwater models list` shows"
                            + " what there is",
                    e);
        }
    }

    private static Path resolve(Path path) {
        if (Files.isDirectory(path)) {
            return path.resolve(Files.exists(path.resolve(LATEST)) ? latest(path.resolve(LATEST)) : MODEL);
        }
        if (path.endsWith(LATEST) && Files.isRegularFile(path)) {
            return path.resolveSibling(latest(path));
        }
        return path;
    }

    private static String latest(Path pointer) {
        try {
            return Files.readString(pointer).strip() + "/" + MODEL;
        } catch (IOException e) {
            throw new InvalidInputException(pointer + " cannot be read: " + e.getMessage(), e);
        }
    }
}

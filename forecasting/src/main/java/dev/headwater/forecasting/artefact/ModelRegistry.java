package dev.headwater.forecasting.artefact;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Models on disk: `ROOT/NETWORK/VERSION/model.zip`, immutable, and `ROOT/NETWORK/latest`, a file that names
/// the newest version (a plain file, because not every system has links). `ROOT/NETWORK/champion` names the
/// best version in the same way; `ROOT/NETWORK/VERSION/pinned` protects a version from removal.
public final class ModelRegistry {

    /// Folder used when none is given.
    public static final String DEFAULT_ROOT = "models";

    private static final String MODEL = "model.zip";
    private static final String LATEST = "latest";
    private static final String CHAMPION = "champion";
    private static final String PINNED = "pinned";
    private static final List<String> POINTERS = List.of(LATEST, CHAMPION);
    private static final int BUFFER = 1 << 16;
    private static final String VERSION = "[1-9][0-9]{0,8}";

    private final Path root;

    public ModelRegistry(Path root) {
        this.root = root;
    }

    /// A published version.
    ///
    /// @param network name of the network
    /// @param version from 1
    /// @param file    the artefact
    /// @param latest   whether it is the newest version
    /// @param champion whether it is the champion
    /// @param pinned   whether it is protected from removal
    public record Entry(String network, int version, Path file, boolean latest, boolean champion, boolean pinned) {

        /// Whether a clean-up keeps this version.
        public boolean isKept() {
            return latest || champion || pinned;
        }
    }

    /// Makes a newly published model the champion of its network if it beats the current one. Concurrent calls
    /// run one after the other, each comparing with the result of the previous one. Every model beats a
    /// champion that can no longer be read.
    ///
    /// @throws InvalidInputException when the registry cannot be written
    public ChampionVerdict promote(Published published) {
        String name = published.model().manifest().network().name();
        Path network = root.resolve(name);
        return RegistryLock.holding(network, () -> {
            ChampionVerdict verdict = verdict(published.model(), network.resolve(CHAMPION));
            if (verdict.promoted()) {
                pointTo(versionFolder(published.file()), CHAMPION);
            }
            return verdict;
        });
    }

    private static ChampionVerdict verdict(ForecastModel challenger, Path pointer) {
        if (!Files.exists(pointer)) {
            return ChampionVerdict.of(challenger, null);
        }
        try {
            return ChampionVerdict.of(challenger, load(pointer));
        } catch (InvalidInputException e) {
            return new ChampionVerdict(true, "the one before cannot be read: " + e.getMessage());
        }
    }

    /// The model to serve when the user names none: the network's champion, else its newest version; empty when
    /// there is none. Does not check that the model can be read.
    public Optional<Preferred> preferred(String network) {
        return preferences(network).stream().findFirst();
    }

    /// The models to serve when the user names none, in order of preference: when one cannot be read, try the
    /// next.
    public List<Preferred> preferences(String network) {
        Path champion = root.resolve(network).resolve(CHAMPION);
        Path latest = root.resolve(network).resolve(LATEST);
        List<Preferred> found = new ArrayList<>();
        if (Files.exists(champion)) {
            found.add(new Preferred(champion, "the champion"));
        }
        if (Files.exists(latest)) {
            found.add(new Preferred(latest, found.isEmpty() ? "the newest, for there is no champion" : "the newest"));
        }
        return List.copyOf(found);
    }

    /// A model that the user did not name.
    ///
    /// @param path   path of the pointer to it
    /// @param reason why it was chosen
    public record Preferred(Path path, String reason) {}

    /// Makes a published version the champion of its network.
    ///
    /// @param path the artefact, its folder or a pointer
    /// @return its version
    /// @throws InvalidInputException when it is not a valid model in a registry
    public static int makeChampion(Path path) {
        Path folder = versionFolder(path);
        int version = load(path).manifest().version();
        return RegistryLock.holding(requireNonNull(folder.getParent()), () -> {
            pointTo(folder, CHAMPION);
            return version;
        });
    }

    private static void pointTo(Path version, String pointer) throws IOException {
        byte[] name = (version.getFileName() + "\n").getBytes(StandardCharsets.US_ASCII);
        write(version.resolveSibling(pointer), out -> out.write(name));
    }

    /// Sets or removes the protection of a published version from clean-ups.
    ///
    /// @throws InvalidInputException when it is not a model in a registry
    public static void pin(Path path, boolean pinned) {
        Path marker = versionFolder(path).resolve(PINNED);
        try {
            if (pinned) {
                write(marker, out -> {});
            } else {
                Files.deleteIfExists(marker);
            }
        } catch (IOException e) {
            throw new InvalidInputException(marker + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// The folder `ROOT/NETWORK/VERSION` of a model in a registry.
    private static Path versionFolder(Path path) {
        Path file = resolve(path).toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null
                || !file.endsWith(MODEL)
                || !folder.getFileName().toString().matches(VERSION)
                || !Files.exists(file)) {
            throw new InvalidInputException("model " + path
                    + ": must be a version in a registry, such as models/pems-bay/3; `headwater models list` shows"
                    + " what there is");
        }
        return folder;
    }

    /// Versions that a clean-up would remove: all but the `keep` newest, the latest, the champion and the
    /// pinned ones.
    public List<Entry> removable(String network, int keep) {
        List<Entry> versions =
                list().stream().filter(entry -> entry.network().equals(network)).toList();
        return versions.stream()
                .limit(Math.max(0, versions.size() - keep))
                .filter(entry -> !entry.isKept())
                .toList();
    }

    /// Removes a version.
    public void remove(Entry entry) {
        try {
            Files.deleteIfExists(entry.file()); // first: without the artefact the folder no longer counts as a version
            Files.deleteIfExists(entry.file().getParent());
        } catch (IOException e) {
            throw new InvalidInputException("model " + entry.file() + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /// Publishes a model under the next free version, atomically.
    ///
    /// @return the model with its version, and its file
    /// @throws InvalidInputException when the registry cannot be written, or the artefact could not be read again
    public Published publish(ForecastModel model) {
        Path network = root.resolve(model.manifest().network().name());
        return RegistryLock.holding(network, () -> {
            Path folder = claim(network);
            ForecastModel versioned =
                    model.withVersion(Integer.parseInt(folder.getFileName().toString()));
            write(folder, versioned);
            pointTo(folder, LATEST);
            return new Published(versioned, folder.resolve(MODEL));
        });
    }

    /// Leaves nothing behind when it fails.
    private static void write(Path folder, ForecastModel model) throws IOException {
        try {
            write(folder.resolve(MODEL), out -> ModelFile.write(model, out));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /// Result of publishing.
    ///
    /// @param model the model with its new version
    /// @param file  the artefact
    public record Published(ForecastModel model, Path file) {}

    /// Creating a folder is atomic, so an older Headwater without the lock cannot get the same version.
    private static Path claim(Path network) throws IOException {
        for (int version = versions(network).stream().reduce(0, Math::max) + 1; ; version++) {
            try {
                return Files.createDirectory(network.resolve(Integer.toString(version)));
            } catch (FileAlreadyExistsException e) {
                // left by a publisher that died or that takes no lock: try the next version
            }
        }
    }

    /// Not a temporary file of the JDK, which only its owner could read.
    private static void write(Path file, Part.Content content) throws IOException {
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER)) {
                content.writeTo(out);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// All published versions, ordered by network and version.
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
            throw InvalidInputException.unreadable("models folder " + root, root, e);
        }
    }

    private static List<Entry> entries(Path network) {
        List<Integer> versions = versions(network);
        Path pointer = network.resolve(CHAMPION);
        String champion = Files.exists(pointer) ? pointedTo(pointer) : "";
        return versions.stream()
                .map(version -> entry(network, version, versions.getLast(), champion))
                .toList();
    }

    private static Entry entry(Path network, int version, int newest, String champion) {
        Path folder = network.resolve(Integer.toString(version));
        return new Entry(
                network.getFileName().toString(),
                version,
                folder.resolve(MODEL),
                version == newest,
                champion.equals(Integer.toString(version)),
                Files.exists(folder.resolve(PINNED)));
    }

    /// Complete versions, ascending.
    private static List<Integer> versions(Path network) {
        try (Stream<Path> folders = Files.list(network)) {
            return folders.filter(folder -> folder.getFileName().toString().matches(VERSION))
                    .filter(folder -> Files.exists(folder.resolve(MODEL)))
                    .map(folder -> Integer.valueOf(folder.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw InvalidInputException.unreadable("models folder " + network, network, e);
        }
    }

    /// Loads a model from the artefact itself, its folder, or a `latest` or `champion` file.
    ///
    /// @throws InvalidInputException when there is none or it is damaged
    public static ForecastModel load(Path path) {
        return ModelFile.read(artefact(path));
    }

    /// An artefact, unchecked; accepts the same paths as [#load(Path)].
    ///
    /// @throws InvalidInputException when there is none
    public static Artefact artefact(Path path) {
        Path file = resolve(path);
        try {
            return Artefact.in(file);
        } catch (IOException e) {
            String fault = String.valueOf(
                    InvalidInputException.unreadable("model " + file, file, e).getMessage());
            throw new InvalidInputException(fault + "; `headwater models list` shows what there is", e);
        }
    }

    private static Path resolve(Path path) {
        if (Files.isDirectory(path)) {
            Path latest = path.resolve(LATEST);
            return Files.exists(latest) ? path.resolve(pointedTo(latest)).resolve(MODEL) : path.resolve(MODEL);
        }
        if (POINTERS.stream().anyMatch(path::endsWith) && Files.isRegularFile(path)) {
            return path.resolveSibling(pointedTo(path)).resolve(MODEL);
        }
        return path;
    }

    /// The version that a pointer file names.
    private static String pointedTo(Path pointer) {
        try {
            return Files.readString(pointer).strip();
        } catch (IOException e) {
            throw InvalidInputException.unreadable(pointer.toString(), pointer, e);
        }
    }
}

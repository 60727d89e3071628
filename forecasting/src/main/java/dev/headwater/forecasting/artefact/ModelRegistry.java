package dev.headwater.forecasting.artefact;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
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

/// Models on disk: `ROOT/NETWORK/VERSION/model.zip`, immutable, and `ROOT/NETWORK/latest`, a file that names the
/// newest version (a plain file: not every system has links). `ROOT/NETWORK/champion` is the same for the version
/// that was found best; `ROOT/NETWORK/VERSION/pinned` says that a version is to stay.
public final class ModelRegistry {

    /// Its folder where none is named.
    public static final String DEFAULT_ROOT = "models";

    private static final String MODEL = "model.zip";
    private static final String LATEST = "latest";
    private static final String CHAMPION = "champion";
    private static final String PINNED = "pinned";
    private static final List<String> POINTERS = List.of(LATEST, CHAMPION);
    private static final String VERSION = "[1-9][0-9]{0,8}";

    private final Path root;

    public ModelRegistry(Path root) {
        this.root = root;
    }

    /// A version that was published.
    ///
    /// @param network name of the network
    /// @param version from 1
    /// @param file    the artefact
    /// @param latest   true for the newest one
    /// @param champion true for the one that was found best
    /// @param pinned   true when it is to stay
    public record Entry(String network, int version, Path file, boolean latest, boolean champion, boolean pinned) {

        /// Whether cleaning up leaves it alone.
        public boolean isKept() {
            return latest || champion || pinned;
        }
    }

    /// Makes a model that was just published the champion of its network if it beats the one there is. Of several that
    /// come at the same time, each is compared with what the one before left. A champion that cannot be read
    /// any more is beaten by every model.
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

    /// The model of a network to serve with where none is named: its champion, else its newest; empty when there is
    /// none. That it can be read is not looked at.
    public Optional<Preferred> preferred(String network) {
        return preferences(network).stream().findFirst();
    }

    /// The models of a network to serve with where none is named, the preferred one first: where that cannot be read,
    /// the next may.
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

    /// A model that was not asked for by name.
    ///
    /// @param path   of the pointer to it
    /// @param reason why it is this one
    public record Preferred(Path path, String reason) {}

    /// Makes a published version the champion of its network.
    ///
    /// @param path the artefact, its folder or a pointer
    /// @return its version
    /// @throws InvalidInputException when it is no sound model in a registry
    public static int makeChampion(Path path) {
        Path folder = versionFolder(path);
        int version = load(path).manifest().version();
        return RegistryLock.holding(requireNonNull(folder.getParent()), () -> {
            pointTo(folder, CHAMPION);
            return version;
        });
    }

    private static void pointTo(Path version, String pointer) throws IOException {
        write(version.resolveSibling(pointer), (version.getFileName() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// Says whether a published version is to stay when the registry is cleaned up.
    ///
    /// @throws InvalidInputException when it is no model in a registry
    public static void pin(Path path, boolean pinned) {
        Path marker = versionFolder(path).resolve(PINNED);
        try {
            if (pinned) {
                write(marker, new byte[0]);
            } else {
                Files.deleteIfExists(marker);
            }
        } catch (IOException e) {
            throw new InvalidInputException(marker + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// `ROOT/NETWORK/VERSION` of a model in a registry.
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

    /// What cleaning up would remove: all but the `keep` newest versions, the latest, the champion and those pinned.
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
            Files.deleteIfExists(entry.file()); // first: without it the folder is no version any more
            Files.deleteIfExists(entry.file().getParent());
        } catch (IOException e) {
            throw new InvalidInputException("model " + entry.file() + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /// Publishes under the next free version: all or nothing.
    ///
    /// @return the model under its version, and where it lies
    public Published publish(ForecastModel model) {
        Path network = root.resolve(model.manifest().network().name());
        return RegistryLock.holding(network, () -> {
            Path folder = claim(network);
            ForecastModel versioned =
                    model.withVersion(Integer.parseInt(folder.getFileName().toString()));
            write(folder.resolve(MODEL), ModelFile.write(versioned));
            pointTo(folder, LATEST);
            return new Published(versioned, folder.resolve(MODEL));
        });
    }

    /// What publishing gave.
    ///
    /// @param model under the version it got
    /// @param file  the artefact
    public record Published(ForecastModel model, Path file) {}

    /// Creating a folder is atomic, so that also an older Headwater, which takes no lock, never gets the same version.
    private static Path claim(Path network) throws IOException {
        for (int version = versions(network).stream().reduce(0, Math::max) + 1; ; version++) {
            try {
                return Files.createDirectory(network.resolve(Integer.toString(version)));
            } catch (FileAlreadyExistsException e) {
                // a publisher that died, or one that takes no lock: the next one
            }
        }
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

    /// Complete versions in ascending order.
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

    /// Loads a model from wherever a user points: the artefact itself, its folder, or a `latest` or
    /// `champion` file.
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

    /// The version that a pointer names.
    private static String pointedTo(Path pointer) {
        try {
            return Files.readString(pointer).strip();
        } catch (IOException e) {
            throw InvalidInputException.unreadable(pointer.toString(), pointer, e);
        }
    }
}

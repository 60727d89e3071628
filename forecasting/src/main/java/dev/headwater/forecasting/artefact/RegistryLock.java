package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// A lock on a network's folder in the registry: one change at a time among all threads and processes, also on
/// other machines that share the folder if its file system supports locks.
final class RegistryLock {

    private static final String FILE = ".lock"; // never deleted: otherwise two processes could lock different files
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>(); // file locks are per process

    private RegistryLock() {}

    /// A change made while the lock is held.
    @FunctionalInterface
    interface Change<T> {
        T make() throws IOException;
    }

    /// Waits for the lock on the network's folder, then makes the change.
    ///
    /// @param network the folder, created when missing
    /// @throws InvalidInputException when the folder cannot be written
    static <T> T holding(Path network, Change<T> change) {
        ReentrantLock here = HERE.computeIfAbsent(network.toAbsolutePath().normalize(), path -> new ReentrantLock());
        here.lock();
        try {
            Files.createDirectories(network);
            try (FileChannel file = FileChannel.open(
                            network.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                return change.make();
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    "models folder " + network.toAbsolutePath().getParent() + " cannot be written: " + e.getMessage(),
                    e);
        } finally {
            here.unlock();
        }
    }
}

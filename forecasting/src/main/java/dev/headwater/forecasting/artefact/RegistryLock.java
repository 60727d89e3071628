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

/// Lets one at a time change what a registry holds of a network, among all threads and processes of all machines that
/// share the folder, as far as its file system knows locks.
final class RegistryLock {

    private static final String FILE = ".lock"; // stays: removing it would let two hold different files
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>(); // the system's is one per process

    private RegistryLock() {}

    /// What is done while the lock is held.
    @FunctionalInterface
    interface Change<T> {
        T make() throws IOException;
    }

    /// Waits until nobody else changes the network's folder.
    ///
    /// @param network folder, made when it is missing
    /// @throws InvalidInputException when it cannot be written
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

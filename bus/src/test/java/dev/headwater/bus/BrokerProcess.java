package dev.headwater.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A broker in its own process, which tests can kill. Writes its address to a file and runs until its input
/// ends.
final class BrokerProcess {

    static final String TEMPORARY = "temporary";

    private BrokerProcess() {}

    /// @param args data folder, file for the address, `temporary` for a broker of that kind
    static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        boolean temporary = args.length > 2 && args[2].equals(TEMPORARY);
        try (EmbeddedBroker broker =
                temporary ? EmbeddedBroker.startTemporary(folder) : EmbeddedBroker.start(folder, 0)) {
            Path address = Path.of(args[1]);
            Path part = Files.writeString(Path.of(args[1] + ".part"), broker.bootstrapServers());
            Files.move(part, address, StandardCopyOption.ATOMIC_MOVE);
            while (System.in.read() >= 0) {
                // the parent never writes: wait for the end of the input
            }
        }
    }
}

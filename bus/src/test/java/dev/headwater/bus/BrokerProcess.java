package dev.headwater.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A broker in a process of its own, to be killed: writes its address to a file and runs until its input ends.
final class BrokerProcess {

    private BrokerProcess() {}

    /// @param args data folder, file for the address
    static void main(String[] args) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), 0)) {
            Path address = Path.of(args[1]);
            Path part = Files.writeString(Path.of(args[1] + ".part"), broker.bootstrapServers());
            Files.move(part, address, StandardCopyOption.ATOMIC_MOVE);
            while (System.in.read() >= 0) {
                // the parent never writes: its end is what is waited for
            }
        }
    }
}

package dev.headwater.bus;

import java.io.IOException;
import java.nio.file.Path;

/// A broker in a process of its own, to be killed: prints its address and runs until its input ends.
final class BrokerProcess {

    private BrokerProcess() {}

    static void main(String[] args) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), 0)) {
            System.out.println(broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // the parent never writes: its end is what is waited for
            }
        }
    }
}

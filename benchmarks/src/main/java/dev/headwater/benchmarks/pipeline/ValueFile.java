package dev.headwater.benchmarks.pipeline;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Values of forecasts in a file of a folder: their number, then each with its length before it.
final class ValueFile {

    private static final String NAME = "values";

    private ValueFile() {}

    static void write(Path folder, List<byte[]> values) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(NAME))))) {
            out.writeInt(values.size());
            for (byte[] value : values) {
                out.writeInt(value.length);
                out.write(value);
            }
        }
    }

    static List<byte[]> read(Path folder) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(NAME))))) {
            int count = in.readInt();
            List<byte[]> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(in.readNBytes(in.readInt()));
            }
            return values;
        }
    }
}

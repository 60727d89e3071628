package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of a model's zip, unchecked: in the heap when they are few, else mapped from their file, so that a
/// sensor's seasonal state is read where it lies. A mapping outlives the file's name and ends when nothing
/// refers to it any more; the file must not be changed meanwhile.
///
/// @param bytes  the zip
/// @param source what to call it in messages
public record Artefact(MemorySegment bytes, String source) {

    /// Files up to this size are read into the heap.
    private static final long FEW = 16 << 20;

    private static final int IDENTITY = 12; // digits

    public static Artefact of(byte[] bytes, String source) {
        return new Artefact(MemorySegment.ofArray(bytes), source);
    }

    /// The artefact in a file.
    ///
    /// @throws IOException when it cannot be read
    static Artefact in(Path file) throws IOException {
        if (Files.size(file) <= FEW) {
            return of(Files.readAllBytes(file), file.toString());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return mapped(channel, file.toString());
        }
    }

    /// The artefact that fills an open file; the channel may be closed afterwards.
    ///
    /// @throws IOException when it cannot be mapped
    public static Artefact mapped(FileChannel channel, String source) throws IOException {
        return new Artefact(channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()), source);
    }

    public long size() {
        return bytes.byteSize();
    }

    /// A copy of some of the bytes.
    public byte[] copy(long from, long to) {
        return bytes.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
    }

    /// SHA-256 of all bytes, lower-case hexadecimal.
    public String sha256() {
        return Sha256.of(bytes);
    }

    /// Whether the bytes are the same.
    public boolean isSameAs(Artefact other) {
        return bytes.mismatch(other.bytes) < 0;
    }

    /// Identity of the model in it: the first 12 digits of [#sha256()]. It tells apart models of the same name
    /// and version, such as those of two registries.
    public String identity() {
        return sha256().substring(0, IDENTITY);
    }

    InvalidInputException fault(String what) {
        return new InvalidInputException(source + ": " + what);
    }
}

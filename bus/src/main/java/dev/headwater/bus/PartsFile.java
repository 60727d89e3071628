package dev.headwater.bus;

import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Set;
import java.util.UUID;

/// A file into which the parts of an artefact are written, one behind the other. Deleted on close, which on Unix
/// means from the beginning: it has no name, and what is mapped stays readable.
final class PartsFile implements AutoCloseable {

    private static final long MOST = 0xffff_ffffL; // bytes of an artefact

    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private long bytes;
    private int count;

    private PartsFile(FileChannel channel) {
        this.channel = channel;
    }

    static PartsFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new PartsFile(FileChannel.open(
                folder.resolve(UUID.randomUUID() + ".part"),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)));
    }

    /// @return false when it is not the next part, or one too many
    boolean add(int part, byte[] value) throws IOException {
        if (part != count || bytes + value.length > MOST) {
            return false;
        }
        ByteBuffer left = ByteBuffer.wrap(value);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        digest.update(value);
        bytes += value.length;
        count++;
        return true;
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /// Whether all parts are there. Ends the file: nothing can be added.
    boolean fits(PartsHead head) {
        return count == head.parts()
                && bytes == head.bytes()
                && Sha256.of(digest).equals(head.sha256());
    }

    Artefact artefact(String source) throws IOException {
        return Artefact.mapped(channel, source);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

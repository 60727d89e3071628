package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ModelManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.common.KafkaException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// The files of a support bundle, and its zip. Every text in them is masked.
final class SupportBundle {

    /// A longer log would make the bundle too large for a bug report.
    static final int LOG_BYTES = 1 << 20;

    private static final String CONTENTS = "contents.json";

    private final Secrets secrets;
    private final JsonMapper json;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /// What could not be had.
    record LeftOut(String file, String why) {}

    /// What is in a bundle.
    ///
    /// @param created ISO-8601
    /// @param files   names in the zip
    record Contents(String created, List<String> files, List<LeftOut> leftOut) {}

    SupportBundle(Secrets secrets) {
        this.secrets = secrets;
        json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .addMixIn(ModelManifest.class, SupportFacts.WithoutRange.class)
                .addModule(new SimpleModule().addSerializer(String.class, new Masking(secrets)))
                .build();
    }

    private static final class Masking extends StdSerializer<String> {

        private final Secrets secrets;

        Masking(Secrets secrets) {
            super(String.class);
            this.secrets = secrets;
        }

        @Override
        public void serialize(String value, JsonGenerator out, SerializationContext context) {
            out.writeString(secrets.masked(value));
        }
    }

    /// Adds a file of JSON, or says why it is left out.
    void add(String file, Supplier<?> content) {
        try {
            files.put(file, json.writeValueAsBytes(content.get()));
        } catch (InvalidInputException | KafkaException e) {
            leaveOut(file, String.valueOf(e.getMessage()));
        }
    }

    void leaveOut(String file, String why) {
        leftOut.add(new LeftOut(file, secrets.maskedLine(why)));
    }

    /// Adds the last [#LOG_BYTES] of a log, from the begin of a line.
    ///
    /// @param masked what else is to be masked in a line
    void addLog(String file, Path log, UnaryOperator<String> masked) {
        try {
            String lines =
                    tail(log).lines().map(secrets::maskedLine).map(masked).collect(Collectors.joining("\n", "", "\n"));
            files.put(file, lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            leaveOut(
                    file,
                    String.valueOf(InvalidInputException.unreadable("log " + log, log, e)
                            .getMessage()));
        }
    }

    private static String tail(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - LOG_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate(LOG_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // until the end of the file
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }

    /// Writes the zip.
    ///
    /// @param created ISO-8601
    /// @throws InvalidInputException when the file exists, or cannot be written
    Contents write(Path zip, String created) {
        Contents contents = new Contents(created, List.copyOf(files.keySet()), List.copyOf(leftOut));
        files.put(CONTENTS, json.writeValueAsBytes(contents));
        try (OutputStream file = Files.newOutputStream(zip, StandardOpenOption.CREATE_NEW);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException("support bundle " + zip + ": must be a new file, found one", e);
        } catch (IOException e) {
            throw new InvalidInputException("support bundle " + zip + " cannot be written: " + e.getMessage(), e);
        }
        return contents;
    }
}

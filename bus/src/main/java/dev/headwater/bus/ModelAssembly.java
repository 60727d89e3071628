package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Puts the artefacts under a key, a network in one [ModelRole], together from the records of [Topics#MODELS],
/// taken in their order. Parts go to a file without a name in a folder: nothing is left there after a crash,
/// and the heap holds one part at a time. Not thread-safe.
public final class ModelAssembly implements AutoCloseable {

    private static final String DELETION = "a deletion, no model";

    private final String head; // key of the record that completes an artefact
    private final Path folder;
    private @Nullable PartsFile parts; // of the artefact whose head has not come yet
    private String fault = "";

    /// @param key    of the artefacts, see [ModelRole#key]
    /// @param folder for the artefacts that come in parts; created when it is needed
    public ModelAssembly(String key, Path folder) {
        this.head = key;
        this.folder = folder;
    }

    /// What a record under the key brought.
    public static final class Arrival {

        private final @Nullable Artefact artefact;
        private final String source;
        private final String fault;

        private Arrival(@Nullable Artefact artefact, String source, String fault) {
            this.artefact = artefact;
            this.source = source;
            this.fault = fault;
        }

        /// The artefact, unchecked.
        ///
        /// @throws InvalidInputException when there is none
        public Artefact artefact() {
            if (artefact == null) {
                throw new InvalidInputException(source + ": " + fault);
            }
            return artefact;
        }

        /// Whether the record withdraws the model of its key.
        public boolean isDeletion() {
            return fault.equals(DELETION);
        }

        /// Where it was found, for messages.
        public String source() {
            return source;
        }

        /// Bytes of the artefact; 0 when there is none.
        public long size() {
            return artefact == null ? 0 : artefact.size();
        }
    }

    /// Takes a record in.
    ///
    /// @return what it brought; null for a part, and for a record of another key
    public @Nullable Arrival take(@Nullable String key, long offset, byte @Nullable [] value) {
        if (head.equals(key)) {
            return arrival(value, Topics.MODELS + " offset " + offset);
        }
        OptionalInt part = key == null || value == null ? OptionalInt.empty() : PartsHead.part(key, head);
        if (part.isPresent() && value != null) {
            put(part.getAsInt(), value);
        }
        return null;
    }

    private Arrival arrival(byte @Nullable [] value, String source) {
        if (value == null) {
            return new Arrival(null, source, DELETION);
        }
        return PartsHead.of(value)
                .map(head -> complete(head, source))
                .orElseGet(() -> new Arrival(Artefact.of(value, source), source, ""));
    }

    /// Parts come in their order: when one does not continue those before it, they are of no use.
    private void put(int part, byte[] value) {
        try {
            if (part == 0) {
                drop();
                parts = PartsFile.in(folder);
            }
            if (parts != null && !parts.add(part, value)) {
                drop();
            }
        } catch (IOException e) {
            drop();
            fault = "its parts cannot be kept in " + folder + ": " + e.getMessage();
        }
    }

    private Arrival complete(PartsHead head, String source) {
        try {
            String found = parts == null ? "0 bytes" : parts.count() + " parts of " + parts.bytes() + " bytes";
            if (parts != null && parts.fits(head)) {
                return new Arrival(parts.artefact(source), source, "");
            }
            String expected = head.parts() + " parts of " + head.bytes() + " bytes with its SHA-256, found " + found;
            return new Arrival(null, source, fault.isEmpty() ? "must come in " + expected : fault);
        } catch (IOException e) {
            return new Arrival(null, source, "its parts cannot be read again: " + e.getMessage());
        } finally {
            drop();
        }
    }

    /// Drops the parts of an artefact that is not complete.
    private void drop() {
        fault = "";
        if (parts != null) {
            parts.close();
            parts = null;
        }
    }

    /// Forgets what came so far, to begin again with the topic's first record.
    public void reset() {
        drop();
    }

    @Override
    public void close() {
        drop();
    }
}

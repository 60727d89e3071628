package dev.headwater.ingest.reader;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Reads a file or folder of history, in any supported format; the first bytes tell which.
///
/// | given | read as |
/// |---|---|
/// | `pems-bay.h5`, `metr-la.h5` | table of pandas, sensors x time stamps |
/// | `.csv`, `.csv.gz` | wide (time stamp, one column per sensor), long (`time,sensor,<measure>...`) or of one station
/// (time stamp, one column per measure) |
/// | `.npz`, or a folder with `train.npz`, `val.npz`, `test.npz` | windows of the DCRNN protocol, joined to history |
///
/// Time stamps without an offset are the local clock of the network's zone, or of [ReadOptions#stampZone].
public final class DatasetReader {

    private static final int HEAD = 8;
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final byte[] ZIP = {'P', 'K'};

    private DatasetReader() {}

    /// Reads with [ReadOptions#DEFAULT].
    ///
    /// @throws InvalidInputException see [#read(Path, SensorNetwork, ReadOptions)]
    public static Dataset read(Path path, SensorNetwork network) {
        return read(path, network, ReadOptions.DEFAULT);
    }

    /// Reads all readings of a file or folder.
    ///
    /// @throws InvalidInputException when it is absent, empty, damaged, breaks a rule of its format, or has
    ///                               another interval; the message is one line with the file and, if known, the
    ///                               row, sensor and value found
    public static Dataset read(Path path, SensorNetwork network, ReadOptions options) {
        if (!Files.exists(path)) {
            throw new InvalidInputException(path + ": no such file or folder");
        }
        Source source = new Source(path, network, options);
        if (Files.isDirectory(path)) {
            return WindowArchive.read(source, windowFiles(path), options);
        }
        byte[] head = head(path);
        if (starts(head, HDF5)) {
            return PandasFile.read(source);
        }
        if (starts(head, ZIP)) {
            return WindowArchive.read(source, List.of(path), options);
        }
        requireText(path);
        return CsvDataset.read(source);
    }

    /// The instant of a time stamp, by the same rules as in files: `2017-05-01 00:00` by the clock of the zone,
    /// `2017-05-01T07:00Z` as stated, `2017-05-01` midnight.
    ///
    /// @param subject name of the value in messages, such as `start`
    /// @return milliseconds since 1970
    /// @throws InvalidInputException when `stamp` is not a time stamp
    public static long millis(String subject, String stamp, ZoneId zone) {
        try {
            return new StampClock(zone).millis(stamp, Long.MIN_VALUE);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidInputException(subject
                    + ": must be a time stamp such as 2017-01-31 23:55 or 2017-02-01T07:55:00Z, found "
                    + Faults.quote(stamp));
        }
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD);
            if (head.length == 0) {
                throw Faults.in(file, "is empty");
            }
            return head;
        } catch (IOException e) {
            throw InvalidInputException.unreadable(Faults.name(file), file, e);
        }
    }

    private static boolean starts(byte[] head, byte[] magic) {
        return Arrays.equals(magic, Arrays.copyOf(head, magic.length));
    }

    /// Refuses a file whose name says HDF5 or `.npz` but whose content does not; read as CSV, its error would
    /// mislead.
    private static void requireText(Path file) {
        String name = Faults.name(file);
        if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
            throw Faults.in(file, "not readable as HDF5: does not begin with its signature");
        }
        if (name.endsWith(".npz")) {
            throw Faults.in(file, "not readable as .npz: does not begin like a zip file");
        }
    }

    private static List<Path> windowFiles(Path folder) {
        List<Path> files = Stream.of("train.npz", "val.npz", "test.npz")
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
        if (files.size() != 3) {
            throw Faults.in(
                    folder,
                    "is a folder and must hold train.npz, val.npz and test.npz, found "
                            + files.stream().map(Faults::name).toList());
        }
        return files;
    }
}

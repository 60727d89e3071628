package dev.headwater.bus;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of the process when an embedded broker cannot go on. Kafka ends it by [Exit#halt(int)], which is one
/// for the whole process; its `resetHaltProcedure` is for tests, and leaves a procedure that only throws: the broker
/// then stays as a dead thing that holds its port and its folder.
final class BrokerFailure {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerFailure.class);
    private static final int FAILED = 1;
    private static final long MIB = 1 << 20;

    private BrokerFailure() {}

    /// While a broker starts, its caller decides: a halt becomes an exception.
    static void isForTheCaller() {
        procedure((status, message) -> {
            throw new IllegalStateException("the broker wanted to halt with status " + status);
        });
    }

    /// From now on the process ends at once, with one line. It does not wait for shutdown hooks: they would close a
    /// stream whose broker no longer answers.
    ///
    /// @param temporary whether the broker's data are deleted, since nobody else will
    static void endsTheProcess(Path dataDir, boolean temporary) {
        procedure((status, message) -> {
            LOG.error("the embedded broker ends with the process: data folder {} {}", dataDir, fault(dataDir));
            if (temporary) {
                delete(dataDir);
            }
            Runtime.getRuntime().halt(FAILED);
        });
    }

    private static void procedure(Exit.Procedure procedure) {
        Exit.setHaltProcedure(procedure);
        Exit.setExitProcedure(procedure);
    }

    private static String fault(Path dataDir) {
        String fault = WritableFolder.fault(dataDir);
        return fault == null
                ? "failed, " + freeMib(dataDir) + " MiB are free there; Kafka's own log says why"
                : "cannot be written: " + fault;
    }

    private static long freeMib(Path dataDir) {
        return dataDir.toFile().getUsableSpace() / MIB;
    }

    private static void delete(Path folder) {
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            LOG.error("temporary folder {} cannot be deleted: {}", folder, e.toString());
        }
    }
}

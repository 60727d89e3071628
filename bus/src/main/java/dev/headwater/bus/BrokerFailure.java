package dev.headwater.bus;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides how the process ends when an embedded broker fails. Kafka calls [Exit#halt(int)], whose procedure is
/// shared by the whole process. `resetHaltProcedure` is for tests: it sets a procedure that only throws, and a
/// dead broker would keep its port and its folder.
final class BrokerFailure {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerFailure.class);
    private static final int FAILED = 1;
    private static final long MIB = 1 << 20;

    private BrokerFailure() {}

    /// While a broker starts, a halt becomes an exception for the caller.
    static void isForTheCaller() {
        procedure((status, message) -> {
            throw new IllegalStateException("the broker wanted to halt with status " + status);
        });
    }

    /// From now on a broker failure ends the process at once, with one log line. It does not wait for shutdown
    /// hooks: they would close a stream whose broker no longer answers.
    ///
    /// @param temporary true to delete the broker's data, since nothing else will
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

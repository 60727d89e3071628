package dev.headwater.ingest.terminal;

import java.io.Console;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/// The terminal behind an output of this process, if there is one.
///
/// It asks the system directly. A library that opens the terminal also installs signal handlers; then Ctrl-C
/// ends the process without the JVM's shutdown hooks, and a training would lose its model.
public enum Terminal {
    OUT(1),
    ERR(2);

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;
    private static final String DUMB = "dumb";

    private final int descriptor;

    Terminal(int descriptor) {
        this.descriptor = descriptor;
    }

    /// True when the output is a terminal in which lines can be redrawn.
    public boolean isInteractive() {
        String type = System.getenv("TERM");
        return type != null && !type.equals(DUMB) && SystemCalls.isTerminal(descriptor);
    }

    /// The current number of columns; 80 without a terminal.
    public int columns() {
        return SystemCalls.size(descriptor).map(Size::columns).orElse(USUAL_COLUMNS);
    }

    /// The current number of rows; 24 without a terminal.
    public int rows() {
        return SystemCalls.size(descriptor).map(Size::rows).orElse(USUAL_ROWS);
    }

    private record Size(int rows, int columns) {}

    /// `isatty(3)` and `ioctl(2)` with `TIOCGWINSZ`; where the C library has none, as on Windows, the JDK's
    /// console.
    private static final class SystemCalls {

        private static final long TIOCGWINSZ_LINUX = 0x5413;
        private static final long TIOCGWINSZ_MAC = 0x40087468;
        private static final int WINSIZE_SHORTS = 4; // rows, columns, width and height in pixels

        private static final Optional<MethodHandle> IS_TERMINAL =
                find("isatty", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        private static final Optional<MethodHandle> CONTROL = find(
                "ioctl",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));

        private static Optional<MethodHandle> find(
                String name, FunctionDescriptor signature, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup().find(name).map(at -> linker.downcallHandle(at, signature, options));
        }

        static boolean isTerminal(int descriptor) {
            Console console = System.console();
            return IS_TERMINAL.map(call -> call(call, descriptor) == 1).orElse(console != null && console.isTerminal());
        }

        static Optional<Size> size(int descriptor) {
            return CONTROL.flatMap(call -> {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, WINSIZE_SHORTS);
                    int failed = call(call, descriptor, request(), size);
                    int rows = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 0));
                    int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
                    return failed != 0 || rows == 0 || columns == 0
                            ? Optional.empty()
                            : Optional.of(new Size(rows, columns));
                }
            });
        }

        private static long request() {
            boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
            return mac ? TIOCGWINSZ_MAC : TIOCGWINSZ_LINUX;
        }

        private static int call(MethodHandle function, Object... arguments) {
            try {
                return (int) function.invokeWithArguments(arguments);
            } catch (Throwable e) {
                throw new IllegalStateException("a call of the C library failed", e);
            }
        }
    }
}

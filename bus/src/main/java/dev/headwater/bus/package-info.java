/// The bus: topic names, the forms of values on them, client configuration, and a broker to run inside the process.
/// Nothing but this package names a topic or a field of a value.
@NullMarked
package dev.headwater.bus;

import org.jspecify.annotations.NullMarked;

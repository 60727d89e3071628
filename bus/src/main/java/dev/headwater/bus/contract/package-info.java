/// The contract of the topics with programs outside Headwater: who writes and reads them, and what their
/// records are.
@NullMarked
package dev.headwater.bus.contract;

import org.jspecify.annotations.NullMarked;

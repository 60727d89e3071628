/// Judges models on history: offline, and through a broker and the real topology, where the same figures must come out.
@NullMarked
package dev.headwater.backtest;

import org.jspecify.annotations.NullMarked;

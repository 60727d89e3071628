/// A replay of history with a change of some sensors in it: how intervals, alarms and errors take it.
@NullMarked
package dev.headwater.benchmarks.drift;

import org.jspecify.annotations.NullMarked;

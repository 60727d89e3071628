/// A web page fed by the topics of a network alone.
@NullMarked
package dev.headwater.dashboard;

import org.jspecify.annotations.NullMarked;

/// From the topics to the board.
@NullMarked
package dev.headwater.dashboard.feed;

import org.jspecify.annotations.NullMarked;

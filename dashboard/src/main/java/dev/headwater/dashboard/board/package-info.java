/// What the topics of a network say, kept for the page.
@NullMarked
package dev.headwater.dashboard.board;

import org.jspecify.annotations.NullMarked;

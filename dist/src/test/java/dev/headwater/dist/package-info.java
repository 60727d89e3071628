@NullMarked
package dev.headwater.dist;

import org.jspecify.annotations.NullMarked;

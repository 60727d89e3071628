@NullMarked
package dev.headwater.bus;

import org.jspecify.annotations.NullMarked;

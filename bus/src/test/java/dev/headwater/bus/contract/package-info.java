@org.jspecify.annotations.NullMarked
package dev.headwater.bus.contract;

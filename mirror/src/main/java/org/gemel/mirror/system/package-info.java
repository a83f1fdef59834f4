/**
 * The system calls a mirror needs, relative to held directory descriptors, with names as bytes.
 *
 * <p>{@code java.nio.file} is not used: it cannot keep a name that is not valid UTF-8, it resolves
 * whole paths (so a folder swapped for a symbolic link leads it astray), and it cannot set a
 * symbolic link's metadata.
 */
@NullMarked
package org.gemel.mirror.system;

import org.jspecify.annotations.NullMarked;

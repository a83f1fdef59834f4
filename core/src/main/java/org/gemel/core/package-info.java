/** The words of Gemel: sides, roles, modes, devices, findings. Nothing here reads or writes. */
@NullMarked
package org.gemel.core;

import org.jspecify.annotations.NullMarked;

/**
 * The folder of a facility: volumes, databases, devices, ports, and the material it begins with.
 */
@NullMarked
package org.gemel.demo.facility;

import org.jspecify.annotations.NullMarked;

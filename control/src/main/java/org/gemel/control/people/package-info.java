/**
 * People and scripts that use the control point: users with their passwords, sessions of a browser,
 * tokens of a script. No secret is ever stored in clear.
 */
@NullMarked
package org.gemel.control.people;

import org.jspecify.annotations.NullMarked;

/** The agent protocol: messages, certificates, enrolment. */
@NullMarked
package org.gemel.wire;

import org.jspecify.annotations.NullMarked;

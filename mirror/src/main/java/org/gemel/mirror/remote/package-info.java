/**
 * Targets that are reached by a protocol which knows paths and no descriptors. What they have in
 * common is {@link org.gemel.mirror.remote.RemoteTarget}; the walk that changes them is {@link
 * org.gemel.mirror.RemoteMirror}.
 */
@NullMarked
package org.gemel.mirror.remote;

import org.jspecify.annotations.NullMarked;

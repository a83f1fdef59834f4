package org.gemel.mirror.link;

import java.nio.ByteBuffer;

/**
 * A frame that came in.
 *
 * @param request the number of the request it belongs to
 * @param argument a number whose meaning depends on the type
 * @param payload good until the next frame is received
 * @param hash of the payload
 */
record Frame(FrameType type, int request, long argument, ByteBuffer payload, long hash) {}

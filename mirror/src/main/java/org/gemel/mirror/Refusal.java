package org.gemel.mirror;

import java.util.Optional;

/**
 * Why a pass held back.
 *
 * @param reason what was found, what was wanted, what to do
 * @param flag the option that names the harm and permits it; empty where nothing does
 */
public record Refusal(String reason, Optional<String> flag) {}

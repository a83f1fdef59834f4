package org.gemel.control.api;

/** Who asks: a person by log-in or a script by token. */
public record Principal(String name, boolean administrator) {}

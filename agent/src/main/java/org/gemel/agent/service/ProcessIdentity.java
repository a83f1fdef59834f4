package org.gemel.agent.service;

/**
 * One process and no other. Numbers are given out again; number and start time together are not, as
 * long as the machine is up. Start times are in the kernel's ticks since boot, which no change of
 * the clock moves.
 */
record ProcessIdentity(long pid, long startTicks) {}

/** A statement that is not run, since it is not known to mean here what it means in the warehouse; the message says why. */
export class StatementRefused extends Error {}
